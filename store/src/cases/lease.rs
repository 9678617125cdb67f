//! A worker's hold on a step of a case. It is what makes a doubled bell harmless: who comes second gets nothing.

use std::time::Duration;

use caseconsult_core::domain::{case::Step, event::Actor, ids::CaseId, instant::Instant, outcome::Cause};

use super::row::{Case, CaseRow, case_columns};
use crate::{
    Clock, Db, StoreError,
    db::{both::both, text::storable},
    events,
    queue::job::{Bell, ring},
};

/// What asking for a lease gives.
#[derive(Debug)]
pub enum Lease {
    /// The worker has it, and its try is counted in `attempts`.
    Taken(Box<Case>),
    /// Somebody else has it, its time has not come, or the case moved on: nothing to do.
    NotOurs,
}

/// The queue's clock and ours may differ by this much, in microseconds, before a delayed job finds that its time
/// has not come.
const GRACE: i64 = 1_000_000;

/// The states in which a worker owes each step, as two names. A case that is being sent whose lease has run out
/// is leased for delivery too: the worker then finds a try without an end, and must not send again.
const fn states(step: Step) -> [&'static str; 2] {
    match step {
        Step::Extract => ["received", "received"],
        Step::Draft => ["extracted", "extracted"],
        Step::Deliver => ["approved", "sending"],
    }
}

/// Takes the lease on a step for `length`: nobody else works on it until then. `owner` names the process. The
/// worker hands the case it is given back to whatever commits its result, which is refused when the lease ran out
/// and somebody else took it.
///
/// # Errors
/// When the database does not answer. Not getting the lease is no error.
pub async fn lease(
    db: &Db,
    clock: &Clock,
    id: CaseId,
    step: Step,
    owner: &str,
    length: Duration,
) -> Result<Lease, StoreError> {
    const TAKE: &str = concat!(
        "UPDATE cases SET lease_owner = $4, lease_until = $5, attempts = attempts + 1, version = version + 1 \
         WHERE id = $1 AND state IN ($2, $3) AND (lease_until IS NULL OR lease_until <= $6) \
         AND (next_try_at IS NULL OR next_try_at <= $7) RETURNING ",
        case_columns!()
    );
    let now = clock.now();
    let [one, other] = states(step);
    let rows: Vec<CaseRow> = both!(db.writer(), pool => {
        sqlx::query_as(TAKE)
            .bind(id.to_string())
            .bind(one)
            .bind(other)
            .bind(owner)
            .bind(now.plus(length).micros())
            .bind(now.micros())
            .bind(now.micros() + GRACE)
            .fetch_all(pool)
            .await?
    });
    match rows.into_iter().next() {
        Some(row) => Ok(Lease::Taken(Box::new(row.try_into()?))),
        None => Ok(Lease::NotOurs),
    }
}

/// Gives the lease back after a failure, for a later try of the same step: when and why, the history line and the
/// delayed job, in one transaction.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has moved on.
pub async fn retry_at(
    db: &Db,
    clock: &Clock,
    case: &Case,
    step: Step,
    at: Instant,
    cause: &Cause,
) -> Result<(), StoreError> {
    const GIVE_BACK: &str = "UPDATE cases SET lease_owner = NULL, lease_until = NULL, next_try_at = $3, \
                             last_cause = $4, updated_at = $5, version = version + 1 WHERE id = $1 AND version = $2";
    let mut tx = db.begin().await?;
    let given_back = both!(tx.connection(), conn => {
        sqlx::query(GIVE_BACK)
            .bind(case.id.to_string())
            .bind(case.version)
            .bind(at.micros())
            .bind(storable(cause.as_str()).as_ref())
            .bind(clock.now().micros())
            .execute(conn)
            .await?
            .rows_affected()
    });
    if given_back != 1 {
        return Err(StoreError::Conflict);
    }
    let detail = serde_json::json!({ "step": step, "again_at": at, "cause": cause }).to_string();
    events::add(&mut tx, clock, case.id, Actor::Machine, "step_failed", &detail).await?;
    ring(&mut tx, clock, &[Bell::new(step, case.id, case.version + 1, Some(at))]).await?;
    tx.commit().await
}
