//! What every page of a signed-in person shows around its content.

use caseconsult_core::domain::user::Role;
use serde::Serialize;

use super::{context::WebContext, session::SignedIn};

/// Name, role and form token, and what just happened.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Frame {
    name: String,
    is_admin: bool,
    has_outbox: bool,
    form_token: String,
    notice: Option<&'static str>,
}

impl Frame {
    /// The frame for this person; `done` is the code that a redirect carried.
    pub(super) fn new(context: &WebContext, who: &SignedIn, done: Option<&str>) -> Self {
        Self {
            name: who.user.name.clone(),
            is_admin: who.user.role == Role::Admin,
            has_outbox: context.outbox_folder.is_some(),
            form_token: who.form_token.clone(),
            notice: done.and_then(notice),
        }
    }
}

/// What a redirect says was done. Only these codes appear in URLs, never words.
fn notice(done: &str) -> Option<&'static str> {
    Some(match done {
        "approved" => "Approved. The reply is on its way.",
        "approved-next" => "Approved, the reply is on its way. This is the next waiting case.",
        "approved-last" => "Approved, the reply is on its way. No further case is waiting.",
        "claimed" => "The case is yours. Typing keeps it so.",
        "closed" => "Closed. Nothing was sent.",
        "found" => "Recorded as sent.",
        "held" => "Held.",
        "next" => "The oldest waiting case is yours.",
        "none" => "No case is waiting.",
        "again" => "The same reply will be sent again.",
        "awaiting" => "Waiting for the asker. The next mail in the thread brings the case back.",
        "accepted" => "Accepted. A new draft is being made with the code.",
        "put-back" => "Put back. A new draft is being made without the code.",
        "read" => "Noted. The draft can be approved.",
        "redraft" => "A new draft is being made from all mails of the case.",
        "released" => "Released. The case goes through the queue again.",
        "returned" => "Returned to the queue. Your text is kept.",
        "rules-words" => "The draft is in the rules’ own words again. The model’s version is kept.",
        "models-words" => "The draft is in the model’s words. The rules’ version is kept.",
        "saved" => "Saved.",
        "withdrawn" => "The approval was withdrawn. Nothing was sent.",
        "account-added" => "The account was added.",
        "account-disabled" => "The account was disabled, and signed out everywhere.",
        "account-enabled" => "The account was enabled.",
        _ => return None,
    })
}
