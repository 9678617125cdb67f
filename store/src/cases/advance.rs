//! The one way in which a case's state is written: the state that follows, its history, the approval that no
//! longer counts and the bell for the next step, in the caller's transaction.

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, HoldReason, Step},
    event::Actor,
    ids::{CaseId, ReplyId, UserId},
    instant::Instant,
    outcome::Cause,
};

use super::{
    row::{Case, CaseRow, case_columns},
    transition::follow,
};
use crate::{
    Clock, Db, StoreError, Tx,
    db::{both::both, text::storable},
    events, precedents,
    queue::job::{Bell, ring},
    row::{Column, to_json},
};

/// What a transition may set besides the state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// The reviewer's claim; without one, that of the state's reviewer stays.
    pub(crate) claim: Option<(UserId, Instant)>,
    /// The same step again, not before then (at once when none); its tries go on being counted.
    pub(crate) retry: Option<(Option<Instant>, Cause)>,
}

/// Inside a transaction: writes what follows from `event` where the case still has the version it was read with,
/// adds the history line, ends the step's lease and tries, and rings the bell of the step that is owed now.
/// A case that is being sent keeps its lease: the worker that sends it is still at it.
///
/// # Errors
/// [`StoreError::Conflict`] when the version has moved on, [`StoreError::NotAllowed`] and [`StoreError::Stale`]
/// when the event has no place in the case's state. Nothing has changed then.
pub async fn advance(
    tx: &mut Tx,
    clock: &Clock,
    case: &Case,
    event: &CaseEvent,
    actor: Actor,
) -> Result<Case, StoreError> {
    advance_with(tx, clock, case, event, actor, Beside::default()).await
}

/// The same in a transaction of its own.
///
/// # Errors
/// As [`advance`].
pub async fn advance_now(
    db: &Db,
    clock: &Clock,
    case: &Case,
    event: &CaseEvent,
    actor: Actor,
) -> Result<Case, StoreError> {
    let mut tx = db.begin().await?;
    let case = advance(&mut tx, clock, case, event, actor).await?;
    tx.commit().await?;
    Ok(case)
}

const WRITE: &str = concat!(
    "UPDATE cases SET state = $3, detail = $4, version = version + 1, stale = $5, updated_at = $6, \
     claimed_by = $7, claimed_until = $8, \
     lease_owner = CASE WHEN $9 THEN lease_owner END, lease_until = CASE WHEN $9 THEN lease_until END, \
     attempts = $10, next_try_at = $11, last_cause = $12 WHERE id = $1 AND version = $2 RETURNING ",
    case_columns!()
);

/// [`advance`], with what the transition sets besides the state.
pub(crate) async fn advance_with(
    tx: &mut Tx,
    clock: &Clock,
    case: &Case,
    event: &CaseEvent,
    actor: Actor,
    beside: Beside,
) -> Result<Case, StoreError> {
    let to = follow(case, event)?;
    let sending = matches!(to.state, CaseState::Sending { .. });
    let same_step = sending || (beside.retry.is_some() && to.state.step() == Some(Step::Deliver));
    let (next_try_at, cause) = match (beside.retry, event) {
        (Some((at, cause)), _) => (at.filter(|_| same_step), Some(cause)),
        (None, CaseEvent::Held { reason: HoldReason::GivenUp { cause } }) => (None, Some(cause.clone())),
        (None, _) => (None, None),
    };
    let claim = match &to.state {
        CaseState::InReview { reviewer } => beside.claim.or(case.claim).filter(|(who, _)| who == reviewer),
        _ => None,
    };
    let detail = to_json(&to.state, Column("cases", "detail"))?;
    let rows: Vec<CaseRow> = both!(tx.connection(), conn => {
        sqlx::query_as(WRITE)
            .bind(case.id.to_string())
            .bind(case.version)
            .bind(to.state.name())
            .bind(storable(&detail).as_ref())
            .bind(to.stale)
            .bind(clock.now().micros())
            .bind(claim.map(|(who, _)| who.to_string()))
            .bind(claim.map(|(_, until)| until.micros()))
            .bind(sending)
            .bind(if same_step { i64::from(case.attempts) } else { 0 })
            .bind(next_try_at.map(Instant::micros))
            .bind(cause.as_ref().map(|cause| storable(cause.as_str()).into_owned()))
            .fetch_all(conn)
            .await?
    });
    let written = Case::try_from(rows.into_iter().next().ok_or(StoreError::Conflict)?)?;

    events::add(tx, clock, case.id, actor, event.name(), &to_json(event, Column("events", "detail"))?).await?;
    if to.late_follow_up {
        let late = CaseEvent::FollowedUp;
        events::add(tx, clock, case.id, Actor::Machine, late.name(), &to_json(&late, Column("events", "detail"))?)
            .await?;
    }
    if let Some(reply) = to.withdrawn {
        withdraw(tx, reply).await?;
    }
    if let (CaseEvent::SendAccepted | CaseEvent::FoundSent { .. }, Some(reply)) = (event, case.state.reply()) {
        precedents::count(tx, clock, reply).await?;
    }
    if let Some(step) = written.state.step().filter(|_| !sending) {
        ring(tx, clock, &[Bell::new(step, case.id, written.version, next_try_at)]).await?;
    }
    Ok(written)
}

/// Reads a case and keeps others from changing it until the transaction ends. (SQLite has no `FOR UPDATE`, and
/// needs none; an update that changes nothing locks the row on both.)
pub(crate) async fn locked(tx: &mut Tx, id: CaseId) -> Result<Case, StoreError> {
    const LOCK: &str = concat!("UPDATE cases SET version = version WHERE id = $1 RETURNING ", case_columns!());
    let rows: Vec<CaseRow> =
        both!(tx.connection(), conn => sqlx::query_as(LOCK).bind(id.to_string()).fetch_all(conn).await?);
    rows.into_iter().next().ok_or(StoreError::NotFound("case"))?.try_into()
}

async fn withdraw(tx: &mut Tx, reply: ReplyId) -> Result<(), StoreError> {
    const WITHDRAW: &str = "UPDATE replies SET withdrawn = TRUE WHERE id = $1";
    both!(tx.connection(), conn => sqlx::query(WITHDRAW).bind(reply.to_string()).execute(conn).await.map(|_| ())?);
    Ok(())
}
