//! What a person decides when the mail server left it open whether a reply arrived, or refused it.
//!
//! No machine resends in doubt. A person looks into the asker's thread or asks the server's operator, and then types
//! the case's tag, so that one click in the wrong window does not send a patient's case twice.

use caseconsult_core::domain::{case::CaseEvent, event::Actor, ids::UserId, tag::CaseTag};
use caseconsult_store::cases::{self, Case};

use super::{Desk, ReviewError};

/// What was found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The reply did arrive.
    Sent,
    /// It did not: the same bytes are to be sent again, under the same Message-ID.
    NotSent,
}

/// Ends the doubt.
///
/// # Errors
/// [`ReviewError::NotSaid`] unless `typed` is the case's tag; otherwise as every step.
pub async fn resolve(desk: &Desk, case: &Case, by: UserId, finding: Finding, typed: &str) -> Result<Case, ReviewError> {
    if CaseTag::read(typed).as_ref() != Some(&case.tag) {
        return Err(ReviewError::NotSaid("type the case's tag to confirm"));
    }
    desk.refuse_if_taken(case, by)?;
    let event = match finding {
        Finding::Sent => CaseEvent::FoundSent { by },
        Finding::NotSent => CaseEvent::SendAgain { by },
    };
    Ok(cases::advance_now(&desk.db, &desk.clock, case, &event, Actor::User(by)).await?)
}
