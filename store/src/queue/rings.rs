//! Hearing at once that a bell was rung. A worker that hears nothing still looks every so often, so a ring may be
//! lost here; it is only sooner.
//!
//! PostgreSQL tells every process (apalis's trigger notifies on each insert). SQLite has no such way between
//! processes, so there only rings of this process are heard.

use std::sync::LazyLock;

use caseconsult_core::domain::case::Step;
use serde::Deserialize;
use sqlx::postgres::PgListener;
use tokio::sync::watch;

use crate::{Db, StoreError};

/// How many bells of each step this process rang on SQLite. Of any database: hearing a ring of another one costs
/// a look in vain.
static RUNG: LazyLock<watch::Sender<[u64; 3]>> = LazyLock::new(|| watch::Sender::new([0; 3]));

/// The channel that apalis's trigger notifies.
const CHANNEL: &str = "apalis::job::insert";

/// Notes a ring on SQLite, before its transaction commits: a worker that looks waits for the one writer anyway.
pub(crate) fn rung(step: Step) {
    RUNG.send_modify(|counts| {
        if let Some(count) = counts.get_mut(place(step)) {
            *count += 1;
        }
    });
}

const fn place(step: Step) -> usize {
    match step {
        Step::Extract => 0,
        Step::Draft => 1,
        Step::Deliver => 2,
    }
}

/// The rings of a database, from now on.
#[derive(Debug)]
pub struct Rings(Source);

#[derive(Debug)]
enum Source {
    Here { counts: watch::Receiver<[u64; 3]>, heard: [u64; 3] },
    Server(Box<PgListener>),
}

impl Rings {
    /// Listens. On PostgreSQL this keeps a connection of its own.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn listen(db: &Db) -> Result<Self, StoreError> {
        Ok(Self(match db {
            Db::Sqlite { .. } => {
                let mut counts = RUNG.subscribe();
                let heard = *counts.borrow_and_update();
                Source::Here { counts, heard }
            }
            Db::Postgres { pool, .. } => {
                let mut listener = PgListener::connect_with(pool).await?;
                listener.listen(CHANNEL).await?;
                Source::Server(Box::new(listener))
            }
        }))
    }

    /// The step whose bell was rung next. Many rings may be heard as one. A lost connection is made again; what
    /// was rung meanwhile is not heard.
    ///
    /// # Errors
    /// When the connection cannot be made again.
    pub async fn next(&mut self) -> Result<Step, StoreError> {
        #[derive(Deserialize)]
        struct Notice {
            job_type: String,
        }
        loop {
            let queue = match &mut self.0 {
                Source::Here { counts, heard } => {
                    let now = *counts.borrow_and_update();
                    if let Some(step) =
                        Step::ALL.into_iter().find(|step| now.get(place(*step)) != heard.get(place(*step)))
                    {
                        if let (Some(heard), Some(now)) = (heard.get_mut(place(step)), now.get(place(step))) {
                            *heard = *now;
                        }
                        return Ok(step);
                    }
                    // The sender is never dropped.
                    let _ = counts.changed().await;
                    continue;
                }
                Source::Server(listener) => {
                    let notice = listener.recv().await?;
                    serde_json::from_str::<Notice>(notice.payload()).map(|notice| notice.job_type)
                }
            };
            if let Some(step) = queue.ok().and_then(|queue| Step::ALL.into_iter().find(|step| step.queue() == queue)) {
                return Ok(step);
            }
        }
    }
}
