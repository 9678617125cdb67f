//! A job's payload and key, and ringing the bell inside our transactions.
//!
//! The rows are inserted here and not through apalis's `push_tasks`: on PostgreSQL that one ends the caller's
//! transaction when the key exists already, and its time comes from another clock than the queue's.

use caseconsult_core::domain::{case::Step, ids::CaseId, instant::Instant};
use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;
use ulid::Ulid;

use super::rings;
use crate::{
    Clock, StoreError, Tx,
    db::both::{On, both},
    row::{Column, to_json},
};

/// A job's payload: ids only, and never another shape. A payload that apalis cannot decode ends its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseJob {
    /// The case to look at.
    pub case_id: CaseId,
}

/// One bell to ring.
#[derive(Debug)]
pub(crate) struct Bell {
    pub(crate) step: Step,
    pub(crate) case: CaseId,
    /// The queue takes one job for each key, for as long as the job's row exists.
    pub(crate) key: String,
    /// Not before; at once without.
    pub(crate) at: Option<Instant>,
}

impl Bell {
    /// The bell for the step that a case of this version owes.
    pub(crate) fn new(step: Step, case: CaseId, version: i64, at: Option<Instant>) -> Self {
        Self { step, case, key: format!("{case}:{step}:{version}"), at }
    }
}

/// Inserts a job inside our transaction; `at` delays it. A key that the queue has already is no error on either
/// database, and no second job. Whoever fails at the job decides itself when it is tried again, so `max_attempts`
/// is 1.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(
    tx: &mut Tx,
    clock: &Clock,
    step: Step,
    case: CaseId,
    key: &str,
    at: Option<Instant>,
) -> Result<(), StoreError> {
    ring(tx, clock, &[Bell { step, case, key: key.to_owned(), at }]).await.map(|_| ())
}

/// Rings many bells with few statements; returns how many were new.
pub(crate) async fn ring(tx: &mut Tx, clock: &Clock, bells: &[Bell]) -> Result<u64, StoreError> {
    // The queue counts whole seconds: rounded up, or a job would start before the case's own `next_try_at`.
    // Without a time of ours the column takes the queue's own present, which its index and its notice go by.
    let (head, at, now) = match tx.connection() {
        On::Sqlite(_) => (
            "INSERT INTO Jobs (id, job_type, job, max_attempts, idempotency_key, run_at) ",
            "COALESCE(",
            ", CAST(strftime('%s', 'now') AS INTEGER))",
        ),
        On::Postgres(_) => (
            "INSERT INTO apalis.jobs (id, job_type, job, max_attempts, idempotency_key, run_at) ",
            "COALESCE(to_timestamp(",
            "::double precision), now())",
        ),
    };
    let here = matches!(tx.connection(), On::Sqlite(_));
    let mut rung = 0;
    for bells in bells.chunks(500) {
        let rows = bells
            .iter()
            .map(|bell| {
                let payload = to_json(&CaseJob { case_id: bell.case }, Column("jobs", "job"))?;
                let seconds =
                    bell.at.map(|at| at.micros().div_euclid(1_000_000) + i64::from(at.micros() % 1_000_000 != 0));
                Ok((bell, payload.into_bytes(), seconds))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new(head);
            query.push_values(rows, |mut row, (bell, payload, seconds)| {
                row.push_bind(id(clock))
                    .push_bind(bell.step.queue())
                    .push_bind(payload)
                    .push("1")
                    .push_bind(bell.key.clone())
                    .push(at)
                    .push_bind_unseparated(seconds)
                    .push_unseparated(now);
            });
            query.push(" ON CONFLICT DO NOTHING");
            rung += query.build().execute(&mut *conn).await?.rows_affected();
        });
    }
    if here {
        bells.iter().filter(|bell| bell.at.is_none()).for_each(|bell| rings::rung(bell.step));
    }
    Ok(rung)
}

/// Takes down bells that nobody has answered yet and that have been answered with others. One that a worker holds
/// already is left to it: the worker will find nothing to do.
pub(crate) async fn take_down(tx: &mut Tx, step: Step, keys: &[String]) -> Result<(), StoreError> {
    if keys.is_empty() {
        return Ok(());
    }
    let head = match tx.connection() {
        On::Sqlite(_) => "DELETE FROM Jobs WHERE status = 'Pending' AND job_type = ",
        On::Postgres(_) => "DELETE FROM apalis.jobs WHERE status = 'Pending' AND job_type = ",
    };
    both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new(head);
        query.push_bind(step.queue()).push(" AND idempotency_key IN (");
        let mut list = query.separated(", ");
        for key in keys {
            list.push_bind(key.clone());
        }
        query.push(")");
        query.build().execute(conn).await?;
    });
    Ok(())
}

/// apalis takes nothing but ULIDs for ids; a `UUIDv7` has their layout, 48 bits of time before the random ones.
fn id(clock: &Clock) -> String {
    Ulid::from_bytes(clock.id().into_bytes()).to_string()
}
