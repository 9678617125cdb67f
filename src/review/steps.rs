//! The steps of a case that a reviewer decides, other than claiming and approving.
//!
//! Each takes the case as the reviewer saw it: when it has moved on since, nothing happens and
//! [`ReviewError::Changed`] says so. While a colleague's claim is live, all of them are refused.

use caseconsult_core::domain::{
    case::{CaseEvent, HoldReason},
    event::Actor,
    ids::UserId,
};
use caseconsult_store::cases::{self, Case};

use super::{Desk, ReviewError};

/// A step with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Back to the queue, for another reviewer.
    Return,
    /// Parked, with a note for whoever finds it there.
    Hold {
        /// Why.
        note: String,
    },
    /// Out of Held or Ignored, and through the queue again.
    Release,
    /// A new draft from all mails of the case.
    Redraft,
    /// The approval is taken back, before sending began.
    Withdraw,
    /// The reply asked for facts; the next mail of the thread brings the case back.
    AwaitAsker,
    /// Ended without a further mail.
    Close,
}

/// Takes the step.
///
/// # Errors
/// When a colleague has the case, when it has moved on, when its state does not allow the step, or when a hold has
/// no note.
pub async fn take(desk: &Desk, case: &Case, by: UserId, step: Step) -> Result<Case, ReviewError> {
    desk.refuse_if_taken(case, by)?;
    let event = match step {
        Step::Return => CaseEvent::Returned { by },
        Step::Hold { note } => {
            let note: String = note.trim().chars().take(500).collect();
            if note.is_empty() {
                return Err(ReviewError::NotSaid("say in a few words why the case is held"));
            }
            CaseEvent::Held { reason: HoldReason::ByReviewer { note } }
        }
        Step::Release => CaseEvent::Released { by },
        Step::Redraft => CaseEvent::RedraftWanted { by },
        Step::Withdraw => CaseEvent::ApprovalWithdrawn { by },
        Step::AwaitAsker => CaseEvent::AskerAwaited { by },
        Step::Close => CaseEvent::Closed { by },
    };
    Ok(cases::advance_now(&desk.db, &desk.clock, case, &event, Actor::User(by)).await?)
}

/// The reviewer has read the mail that came after the draft was made; the draft can be approved again.
///
/// # Errors
/// When a colleague has the case.
pub async fn follow_up_read(desk: &Desk, case: &Case, by: UserId) -> Result<(), ReviewError> {
    desk.refuse_if_taken(case, by)?;
    Ok(cases::follow_up_read(&desk.db, &desk.clock, case.id, by).await?)
}
