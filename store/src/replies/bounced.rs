//! A reply that the mail server took and that came back: a delivery report proves that it reached nobody.
//!
//! Nothing is sent again because of a report: the case waits among the undeliverable ones for a person, as it does
//! when the server refuses the reply at once. The door calls this, in the transaction that takes the report in.

use caseconsult_core::domain::{
    case::CaseEvent,
    enhanced_status::EnhancedStatus,
    event::Actor,
    ids::{CaseId, ReplyId},
    outcome::Cause,
};

use crate::{
    Clock, StoreError, Tx,
    cases::advance::{Beside, advance_with, locked},
    db::both::both,
    events, precedents,
    row::{Column, to_json},
};

/// What a report proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounced {
    /// What came back.
    pub(crate) reply: ReplyId,
    /// The case that it answers.
    pub(crate) case: CaseId,
    /// No later reply of the case was approved: the asker has no answer.
    pub(crate) is_last: bool,
    /// Why, when the report says so.
    pub(crate) status: Option<EnhancedStatus>,
}

/// Marks the try that took the reply to the server, and brings the case before a person if the reply was its last
/// word. A case that has moved on (the asker wrote again, a reviewer is at it) keeps its state; its history tells.
pub(crate) async fn record(tx: &mut Tx, clock: &Clock, bounced: &Bounced) -> Result<(), StoreError> {
    mark_attempt(tx, bounced.reply).await?;
    precedents::discount(tx, bounced.reply).await?;
    let event = CaseEvent::Bounced { reply: bounced.reply, status: bounced.status };
    let case = locked(tx, bounced.case).await?;
    let has_left = case.state.reply().is_none_or(|reply| reply == bounced.reply);
    if bounced.is_last && has_left {
        let beside = Beside { claim: None, retry: Some((None, cause(bounced.status))) };
        match advance_with(tx, clock, &case, &event, Actor::Machine, beside).await {
            // Refused before anything was written.
            Err(StoreError::NotAllowed(_)) => {}
            advanced => return advanced.map(|_| ()),
        }
    }
    let detail = to_json(&event, Column("events", "detail"))?;
    events::add(tx, clock, case.id, Actor::Machine, event.name(), &detail).await
}

fn cause(status: Option<EnhancedStatus>) -> Cause {
    let why = status.map_or_else(String::new, |status| format!(" (status {status}: {})", status.subject()));
    Cause::new(format!(
        "the reply came back undelivered{why}; reach the asker another way, or correct what is wrong and send it again"
    ))
}

/// The last try: an earlier one that was deferred handed nothing over.
async fn mark_attempt(tx: &mut Tx, reply: ReplyId) -> Result<(), StoreError> {
    const MARK: &str = "UPDATE attempts SET outcome = 'bounced' WHERE reply_id = $1 \
                        AND outcome IN ('sent', 'uncertain') \
                        AND number = (SELECT MAX(number) FROM attempts WHERE reply_id = $1)";
    both!(tx.connection(), conn => {
        sqlx::query(MARK).bind(reply.to_string()).execute(conn).await.map(|_| ())?;
    });
    Ok(())
}
