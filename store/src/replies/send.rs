//! A try to send: committed, on the disk, before the mail server is spoken to, and its end committed after. A try
//! without an end is one whose process died; nobody knows then whether the mail went out, and it is never sent
//! again without a person.

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, apply},
    digest::Digest,
    event::Actor,
    ids::{AttemptId, ReplyId},
    instant::Instant,
    outcome::{Cause, SendOutcome},
};

use crate::{
    Clock, Db, StoreError, Tx,
    cases::{
        Case,
        advance::{Beside, advance, advance_with, locked},
    },
    db::{both::both, text::storable},
    row::Column,
};

/// Commits the try and the case's `Sending`, before anything is handed to the mail server; the deliver lease stays
/// with the worker. `case` is what the lease gave.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has moved on, [`StoreError::NotAllowed`] when it is not approved or the
/// approval was withdrawn, [`StoreError::Damaged`] when the stored bytes are not those that were approved. Nothing
/// may be sent then.
pub async fn start_sending(db: &Db, clock: &Clock, case: &Case) -> Result<(Case, AttemptId), StoreError> {
    let attempt = AttemptId::new(clock.id());
    let started = CaseEvent::SendingStarted { attempt };
    let mut tx = db.begin_durable().await?;
    let next = advance(&mut tx, clock, case, &started, Actor::Machine).await?;
    let reply = next.state.reply().ok_or(StoreError::NotFound("reply"))?;
    let (bytes, sha256, withdrawn) = approved_bytes(&mut tx, reply).await?;
    if withdrawn {
        // No state allows the sending of a reply that was taken back; say so in the words of one that does not.
        apply(&CaseState::Drafted, &started)?;
    }
    if Digest::of(&bytes).as_str() != sha256 {
        return Err(Column("replies", "sha256").damaged());
    }
    add_attempt(&mut tx, clock, reply, attempt).await?;
    tx.commit().await?;
    Ok((next, attempt))
}

async fn approved_bytes(tx: &mut Tx, reply: ReplyId) -> Result<(Vec<u8>, String, bool), StoreError> {
    const BYTES: &str = "SELECT bytes, sha256, withdrawn FROM replies WHERE id = $1";
    let row = both!(tx.connection(), conn => {
        sqlx::query_as(BYTES).bind(reply.to_string()).fetch_optional(conn).await?
    });
    row.ok_or(StoreError::NotFound("reply"))
}

async fn add_attempt(tx: &mut Tx, clock: &Clock, reply: ReplyId, attempt: AttemptId) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO attempts (id, reply_id, number, started_at) \
                       SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3 FROM attempts WHERE reply_id = $2";
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(attempt.to_string())
            .bind(reply.to_string())
            .bind(clock.now().micros())
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Commits how a try ended, the case's next state and its history, on the disk when it returns. `Later` and
/// `Stopped` are tried again at `retry_at` (at once when none), their tries counted on; `Sent` asks for a copy in
/// the Sent folder when `wants_copy`.
///
/// A mail that the asker sent while the reply was on its way has changed the case's version, and must not make us
/// forget that the reply went out. So it is the try that counts here, not the version that `case` has.
///
/// # Errors
/// [`StoreError::Conflict`] when this try was ended by somebody else.
pub async fn finish_sending(
    db: &Db,
    clock: &Clock,
    case: &Case,
    attempt: AttemptId,
    outcome: &SendOutcome,
    retry_at: Option<Instant>,
    wants_copy: bool,
) -> Result<Case, StoreError> {
    let mut tx = db.begin_durable().await?;
    let present = locked(&mut tx, case.id).await?;
    let CaseState::Sending { reply, attempt: present_attempt } = present.state else {
        return Err(StoreError::Conflict);
    };
    if present_attempt != attempt {
        return Err(StoreError::Conflict);
    }
    end_attempt(&mut tx, clock, attempt, outcome).await?;
    let (event, retry) = match outcome {
        SendOutcome::Sent { .. } => (CaseEvent::SendAccepted, None),
        SendOutcome::Later { .. } => (CaseEvent::SendDeferred, Some("the mail server asked to try again later")),
        SendOutcome::Stopped { .. } => {
            (CaseEvent::SendDeferred, Some("no mail can be sent: see the delivery settings"))
        }
        SendOutcome::Refused { .. } => (CaseEvent::SendRefused, None),
        SendOutcome::Uncertain { .. } => (CaseEvent::SendInDoubt, None),
    };
    if event == CaseEvent::SendAccepted {
        mark_sent(&mut tx, clock, reply, wants_copy).await?;
    }
    let beside = Beside { claim: None, retry: retry.map(|cause| (retry_at, Cause::new(cause))) };
    let next = advance_with(&mut tx, clock, &present, &event, Actor::Machine, beside).await?;
    tx.commit().await?;
    Ok(next)
}

/// Takes an approved reply out of the way before any try to send it: its bytes or its text must not leave. The case
/// waits among the undeliverable ones, with the cause, for a reviewer.
///
/// # Errors
/// [`StoreError::Conflict`] and [`StoreError::NotAllowed`] when the case has moved on.
pub async fn refuse(db: &Db, clock: &Clock, case: &Case, cause: &Cause) -> Result<Case, StoreError> {
    let mut tx = db.begin().await?;
    let beside = Beside { claim: None, retry: Some((None, cause.clone())) };
    let next = advance_with(&mut tx, clock, case, &CaseEvent::SendRefused, Actor::Machine, beside).await?;
    tx.commit().await?;
    Ok(next)
}

async fn end_attempt(tx: &mut Tx, clock: &Clock, attempt: AttemptId, outcome: &SendOutcome) -> Result<(), StoreError> {
    const END: &str = "UPDATE attempts SET ended_at = $2, outcome = $3, reply_text = $4 \
                       WHERE id = $1 AND ended_at IS NULL";
    let ended = both!(tx.connection(), conn => {
        sqlx::query(END)
            .bind(attempt.to_string())
            .bind(clock.now().micros())
            .bind(outcome.as_str())
            .bind(storable(outcome.reply()).as_ref())
            .execute(conn)
            .await?
            .rows_affected()
    });
    if ended == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

async fn mark_sent(tx: &mut Tx, clock: &Clock, reply: ReplyId, wants_copy: bool) -> Result<(), StoreError> {
    const SENT: &str = "UPDATE replies SET sent_at = $2, sent_copy = $3 WHERE id = $1";
    both!(tx.connection(), conn => {
        sqlx::query(SENT)
            .bind(reply.to_string())
            .bind(clock.now().micros())
            .bind(if wants_copy { "pending" } else { "none" })
            .execute(conn)
            .await?;
    });
    Ok(())
}
