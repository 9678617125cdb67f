//! A reviewer's hold on a case: a lease that lapses by itself when the browser is closed, and that another may
//! take over knowingly. Only its holder may approve.

use std::time::Duration;

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState},
    event::Actor,
    ids::{CaseId, UserId},
};

use super::{
    advance::{Beside, advance_with, locked},
    row::Case,
};
use crate::{Clock, Db, StoreError, Tx, db::both::both, events};

/// Claims a case that waits for a reviewer (drafted or undeliverable, or in review with a lapsed claim), or renews
/// one's own claim. Another's live claim is taken over only on request.
///
/// # Errors
/// [`StoreError::Conflict`] when another reviewer holds it; [`StoreError::NotAllowed`] in other states.
pub async fn claim(
    db: &Db,
    clock: &Clock,
    id: CaseId,
    by: UserId,
    length: Duration,
    take_over: bool,
) -> Result<Case, StoreError> {
    let now = clock.now();
    let until = now.plus(length);
    let mut tx = db.begin().await?;
    let case = locked(&mut tx, id).await?;
    let live = case.claim.filter(|(_, until)| *until > now);
    let case = match (&case.state, live) {
        (CaseState::InReview { .. }, Some((holder, _))) if holder != by && !take_over => {
            return Err(StoreError::Conflict);
        }
        (CaseState::InReview { reviewer }, _) if *reviewer == by => {
            set_until(&mut tx, id, by, until.micros()).await?;
            Case { claim: Some((by, until)), ..case }
        }
        _ => {
            let beside = Beside { claim: Some((by, until)), retry: None };
            advance_with(&mut tx, clock, &case, &CaseEvent::Claimed { by }, Actor::User(by), beside).await?
        }
    };
    tx.commit().await?;
    Ok(case)
}

/// Renews one's claim, while typing. The case's version stays: an open page is not out of date because of it.
///
/// # Errors
/// [`StoreError::Conflict`] when the case is no longer in this reviewer's hands.
pub async fn renew_claim(db: &Db, clock: &Clock, id: CaseId, by: UserId, length: Duration) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let case = locked(&mut tx, id).await?;
    if !matches!(case.state, CaseState::InReview { reviewer } if reviewer == by) {
        return Err(StoreError::Conflict);
    }
    set_until(&mut tx, id, by, clock.now().plus(length).micros()).await?;
    tx.commit().await
}

async fn set_until(tx: &mut Tx, id: CaseId, by: UserId, until: i64) -> Result<(), StoreError> {
    const SET: &str = "UPDATE cases SET claimed_by = $2, claimed_until = $3 WHERE id = $1";
    both!(tx.connection(), conn => {
        sqlx::query(SET).bind(id.to_string()).bind(by.to_string()).bind(until).execute(conn).await?;
    });
    Ok(())
}

/// The reviewer has read the participant's new mail: the case is no longer stale, and may be approved.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn follow_up_read(db: &Db, clock: &Clock, id: CaseId, by: UserId) -> Result<(), StoreError> {
    const CLEAR: &str = "UPDATE cases SET stale = FALSE, version = version + 1, updated_at = $2 WHERE id = $1";
    let mut tx = db.begin().await?;
    let case = locked(&mut tx, id).await?;
    if case.stale {
        both!(tx.connection(), conn => {
            sqlx::query(CLEAR).bind(id.to_string()).bind(clock.now().micros()).execute(conn).await?;
        });
        events::add(&mut tx, clock, id, Actor::User(by), "follow_up_read", "{}").await?;
    }
    tx.commit().await
}
