//! Ringing again where a bell was lost, and sweeping up after apalis. Any node may call it at any time, usually
//! every half minute; it never changes a case.
//!
//! Bells get lost: a worker dies after it took a job, apalis leaves a row `Running` for ever, a notice does not
//! arrive. The case still says what it is owed, so all of that costs delay and no mail.

use std::time::Duration;

use caseconsult_core::domain::{case::CaseState, ids::CaseId, instant::Instant};

use super::job::{Bell, ring};
use crate::{
    Clock, Db, StoreError,
    db::{both::both, postgres, sqlite},
    row::Column,
};

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Bells rung again.
    pub rung: u64,
    /// Rows of finished or stranded jobs deleted.
    pub deleted: u64,
    /// Rows of dead workers deleted.
    pub workers: u64,
}

/// A case that changed a moment ago has its bell still on the way.
const SETTLING: Duration = Duration::from_secs(5);
/// A job that was taken this long ago, and whose case is not leased, is nobody's any more.
const JOB_WINDOW: Duration = Duration::from_secs(60);
/// Finished rows are kept this long. They slow apalis's queue down on SQLite.
const FINISHED: Duration = Duration::from_secs(60);
/// A worker without a heartbeat for this long is dead; apalis beats every 5 seconds with our settings.
const WORKER_DEAD: Duration = Duration::from_secs(600);
/// The most bells of one round, and the most rows of one DELETE.
const BELLS: i64 = 1_000;
const CHUNK: i64 = 5_000;

/// The step that a case in a work state owes, as SQL.
macro_rules! step_of_state {
    () => {
        "CASE c.state WHEN 'received' THEN 'extract' WHEN 'extracted' THEN 'draft' ELSE 'deliver' END"
    };
}

/// The same rules for each database, around its names and its way of writing a time that is bound as seconds.
macro_rules! statements {
    ($jobs:literal, $workers:literal, $time:literal) => {
        Statements {
            lost: concat!(
                "SELECT c.id, c.detail, c.version FROM cases c ",
                "WHERE c.state IN ('received', 'extracted', 'approved', 'sending') ",
                "AND (c.lease_until IS NULL OR c.lease_until <= $1) ",
                "AND (c.next_try_at IS NULL OR c.next_try_at <= $1) AND c.updated_at <= $2 ",
                "AND (c.lease_until IS NOT NULL OR c.id || ':' || ",
                step_of_state!(),
                " NOT IN (",
                "SELECT substr(idempotency_key, 1, 37 + length(job_type)) FROM ",
                $jobs,
                " WHERE idempotency_key IS NOT NULL AND run_at <= ",
                $time,
                "$3) ",
                "AND (status = 'Pending' OR (status IN ('Queued', 'Running') AND lock_at > ",
                $time,
                "$4))))) ",
                "ORDER BY c.received_at LIMIT $5"
            ),
            finished: concat!(
                "DELETE FROM ",
                $jobs,
                " WHERE id IN (SELECT id FROM ",
                $jobs,
                " WHERE status IN ('Done', 'Failed', 'Killed') AND done_at <= ",
                $time,
                "$1) LIMIT $2)"
            ),
            stranded: concat!(
                "DELETE FROM ",
                $jobs,
                " WHERE status IN ('Queued', 'Running') AND lock_at <= ",
                $time,
                "$1) ",
                "AND lock_by IN (SELECT id FROM ",
                $workers,
                " WHERE last_seen <= ",
                $time,
                "$1)) ",
                "AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = substr(idempotency_key, 1, 36) ",
                "AND c.state IN ('received', 'extracted', 'approved', 'sending') AND job_type = ",
                step_of_state!(),
                ")"
            ),
            workers: concat!(
                "DELETE FROM ",
                $workers,
                " WHERE last_seen <= ",
                $time,
                "$1) ",
                "AND NOT EXISTS (SELECT 1 FROM ",
                $jobs,
                " j WHERE j.lock_by = ",
                $workers,
                ".id)"
            ),
        }
    };
}

struct Statements {
    lost: &'static str,
    finished: &'static str,
    stranded: &'static str,
    workers: &'static str,
}

const SQLITE: Statements = statements!("Jobs", "Workers", "(");
const POSTGRES: Statements = statements!("apalis.jobs", "apalis.workers", "to_timestamp(");

/// Rings again for cases that owe a step and have no live job, deletes finished and stranded jobs and dead
/// workers, and renews the planner's statistics on SQLite. On PostgreSQL one node at a time does so; another gets
/// a zero result at once.
///
/// # Errors
/// When the database does not answer. What was done until then stays done.
pub async fn reconcile(db: &Db, clock: &Clock) -> Result<Reconciled, StoreError> {
    let (statements, lock) = match db {
        Db::Sqlite { .. } => (SQLITE, None),
        Db::Postgres { pool, .. } => {
            let mut tx = pool.begin().await?;
            let only_one: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)")
                .bind(postgres::lock::RECONCILE)
                .fetch_one(&mut *tx)
                .await?;
            if !only_one {
                return Ok(Reconciled::default());
            }
            (POSTGRES, Some(tx))
        }
    };
    let now = clock.now();
    let rung = ring_again(db, clock, &statements, now).await?;
    let mut deleted = 0;
    loop {
        let round = both!(db.writer(), pool => {
            sqlx::query(statements.finished)
                .bind(now.minus(FINISHED).seconds())
                .bind(CHUNK)
                .execute(pool)
                .await?
                .rows_affected()
        });
        deleted += round;
        if round < CHUNK.unsigned_abs() {
            break;
        }
    }
    let dead = now.minus(WORKER_DEAD).seconds();
    let (stranded, workers) = both!(db.writer(), pool => {
        let stranded = sqlx::query(statements.stranded).bind(dead).execute(pool).await?.rows_affected();
        (stranded, sqlx::query(statements.workers).bind(dead).execute(pool).await?.rows_affected())
    });
    if let Db::Sqlite { write, .. } = db {
        sqlite::advise_planner(&mut *write.acquire().await?).await?;
    }
    // Dropped, it would be let go a little later, and a round that comes at once would find it taken.
    if let Some(lock) = lock {
        lock.rollback().await?;
    }
    Ok(Reconciled { rung, deleted: deleted + stranded, workers })
}

async fn ring_again(db: &Db, clock: &Clock, statements: &Statements, now: Instant) -> Result<u64, StoreError> {
    let lost: Vec<(String, String, i64)> = both!(db.reader(), pool => {
        sqlx::query_as(statements.lost)
            .bind(now.micros())
            .bind(now.minus(SETTLING).micros())
            .bind(now.plus(SETTLING).seconds())
            .bind(now.minus(JOB_WINDOW).seconds())
            .bind(BELLS)
            .fetch_all(pool)
            .await?
    });
    let mut bells = Vec::new();
    for (id, detail, version) in lost {
        let case: CaseId = Column("cases", "id").read(&id)?;
        let state: CaseState = Column("cases", "detail").json(&detail)?;
        if let Some(step) = state.step() {
            // The first bell's key may still stand in the queue, on a finished row.
            let key = format!("{case}:{step}:{version}:r{}", now.seconds().div_euclid(60));
            bells.push(Bell { step, case, key, at: None });
        }
    }
    if bells.is_empty() {
        return Ok(0);
    }
    let mut tx = db.begin().await?;
    let rung = ring(&mut tx, clock, &bells).await?;
    tx.commit().await?;
    Ok(rung)
}

/// How many cases owe a step now or are being worked on; those that wait for a later try are not counted. When it
/// is 0, the workers are idle.
///
/// # Errors
/// When the database does not answer.
pub async fn owed(db: &Db, clock: &Clock) -> Result<u64, StoreError> {
    const OWED: &str = "SELECT COUNT(*) FROM cases WHERE state IN ('received', 'extracted', 'approved', 'sending') \
                        AND (next_try_at IS NULL OR next_try_at <= $1 OR lease_until > $1)";
    let now = clock.now().micros();
    let count: i64 = both!(db.reader(), pool => sqlx::query_scalar(OWED).bind(now).fetch_one(pool).await?);
    Ok(count.unsigned_abs())
}
