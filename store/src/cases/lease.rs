//! A worker's hold on a step of a case. It is what makes a doubled bell harmless: who comes second gets nothing.

use std::time::Duration;

use caseconsult_core::domain::{case::Step, event::Actor, ids::CaseId, instant::Instant, outcome::Cause};

use super::row::{Case, CaseRow, case_columns};
use crate::{
    Clock, Db, StoreError,
    db::{
        both::{On, both},
        text::storable,
    },
    events,
    queue::job::{Bell, ring, take_down},
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

/// Cases that nobody has tried yet, in the order of their mails.
macro_rules! take_ready {
    ($lock:literal) => {
        concat!(
            "UPDATE cases SET lease_owner = $1, lease_until = $2, attempts = attempts + 1, version = version + 1 \
             WHERE id IN (SELECT id FROM cases WHERE state = $3 AND attempts = 0 AND lease_until IS NULL \
             AND next_try_at IS NULL ORDER BY received_at LIMIT $4",
            $lock,
            ") RETURNING ",
            case_columns!()
        )
    };
}

/// Takes the lease on a step of this case and, with it, on other cases that wait for the same step: at most
/// `limit` in all, the oldest first. Their bells are taken down, since this answers them. A case that failed
/// before is left to its own bell, so that it cannot take others down with it.
///
/// # Errors
/// When the database does not answer. An empty list means that the case is somebody else's, or has moved on.
pub async fn lease_ready(
    db: &Db,
    clock: &Clock,
    id: CaseId,
    step: Step,
    owner: &str,
    length: Duration,
    limit: usize,
) -> Result<Vec<Case>, StoreError> {
    let Lease::Taken(first) = lease(db, clock, id, step, owner, length).await? else { return Ok(Vec::new()) };
    let mut leased = vec![*first];
    let others = i64::try_from(limit).unwrap_or(i64::MAX).saturating_sub(1);
    if others < 1 || leased.iter().any(|case| case.attempts > 1) {
        return Ok(leased);
    }
    let now = clock.now();
    let [untried, _] = states(step);
    let mut tx = db.begin().await?;
    let take = match tx.connection() {
        On::Sqlite(_) => take_ready!(""),
        On::Postgres(_) => take_ready!(" FOR UPDATE SKIP LOCKED"),
    };
    let rows: Vec<CaseRow> = both!(tx.connection(), conn => {
        sqlx::query_as(take)
            .bind(owner)
            .bind(now.plus(length).micros())
            .bind(untried)
            .bind(others)
            .fetch_all(conn)
            .await?
    });
    let others = rows.into_iter().map(Case::try_from).collect::<Result<Vec<_>, _>>()?;
    let keys: Vec<String> = others.iter().map(|case| Bell::new(step, case.id, case.version - 1, None).key).collect();
    take_down(&mut tx, step, &keys).await?;
    tx.commit().await?;
    leased.extend(others);
    Ok(leased)
}

/// Prolongs a lease that `owner` still has; false when it is no longer theirs. It goes by the owner and not by the
/// case's version, which a further mail of the asker may have changed meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_lease(
    db: &Db,
    clock: &Clock,
    id: CaseId,
    owner: &str,
    length: Duration,
) -> Result<bool, StoreError> {
    const RENEW: &str =
        "UPDATE cases SET lease_until = $3 WHERE id = $1 AND lease_owner = $2 AND lease_until IS NOT NULL";
    let renewed = both!(db.writer(), pool => {
        sqlx::query(RENEW)
            .bind(id.to_string())
            .bind(owner)
            .bind(clock.now().plus(length).micros())
            .execute(pool)
            .await?
            .rows_affected()
    });
    Ok(renewed == 1)
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
