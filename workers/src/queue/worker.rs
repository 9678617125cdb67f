//! An apalis worker for one step, on either database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use apalis::prelude::{BackendExt as _, Monitor, ParallelizeExt as _, WorkerBuilder, WorkerBuilderExt as _};
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use caseconsult_store::Db;

use super::{
    Work,
    answer::{Desk, answer},
    bell::Bell,
    payload::{Payload, PayloadCodec},
};

/// How often a worker says that it lives, and looks for jobs of workers that do not.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Heartbeats that a worker may miss before its jobs are given to others: together a minute.
const MISSED: usize = 12;

/// The longest pause before a worker that ended is started again.
const LONGEST_PAUSE: u64 = 30;

/// Adds the worker of a step to the monitor.
///
/// One job at a time is fetched (`batch_size(1)`): while fetched jobs wait in apalis's buffer it neither sends
/// heartbeats nor notes what is done. Jobs are not marked as running (`lock_tasks`), since our leases say so.
pub(super) fn hire<W: Work>(monitor: Monitor, desk: Desk<W>, bell: Bell) -> Monitor {
    let desk = Arc::new(desk);
    let name = names(&desk.context.node, W::STEP.queue());
    let every = desk.settings.poll_every.max(Duration::from_millis(250));
    let concurrency = desk.settings.concurrency.max(1);
    macro_rules! hire {
        ($storage:ident, $config:path, $pool:expr) => {{
            let pool = $pool.clone();
            let config = <$config>::default()
                .queue(W::STEP.queue())
                .batch_size(1)
                .lock_tasks(false)
                .heartbeat_interval(HEARTBEAT)
                .missed_heartbeats(MISSED);
            monitor.register(move |restarts| {
                WorkerBuilder::new(name(restarts))
                    .backend(
                        $storage::<Payload>::new(&pool)
                            .with_config(config.clone())
                            .with_codec(PayloadCodec)
                            .before_start(move |_| pause(restarts))
                            .poll_with_strategy(bell.listen(every)),
                    )
                    .concurrency(concurrency)
                    .data(Arc::clone(&desk))
                    .parallelize(tokio::spawn)
                    .build(answer::<W>)
            })
        }};
    }
    match &desk.context.db {
        Db::Sqlite { write, .. } => hire!(SqliteStorage, apalis_sqlite::Config, write),
        Db::Postgres { pool, .. } => hire!(PostgresStorage, apalis_postgres::Config, pool),
    }
}

/// A name that no worker ever had: of this process, this start, this queue and this restart. Under an old name a
/// new worker would keep the jobs of its dead namesake locked.
fn names(node: &str, queue: &'static str) -> impl Fn(usize) -> String + Send + Sync + 'static {
    static STARTS: AtomicU64 = AtomicU64::new(0);
    let prefix = format!("{node}:{queue}:{}", STARTS.fetch_add(1, Ordering::Relaxed));
    move |restarts| format!("{prefix}:{restarts}")
}

/// A worker ends with any error of the database. It is started again at once the first time, and then with
/// growing pauses, so that a database that is down is not stormed.
async fn pause<E>(restarts: usize) -> Result<(), E> {
    let seconds = u64::try_from(restarts).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    Ok(())
}
