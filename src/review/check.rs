//! What the guard finds in a text that is about to leave, with the catalogue's word on every code in it.

use caseconsult_core::{
    domain::address::EmailAddress,
    draft::{
        Facts,
        guard::{self, Finding, GuardInput},
    },
};
use caseconsult_store::{StoreError, cases::Case, catalogue, drafts};

use super::Desk;

/// The findings in `body`, in the order of the text. Codes are judged on the date of service that the case's facts
/// state; without facts, on the day its first mail came in.
///
/// # Errors
/// When the database fails.
pub async fn findings(desk: &Desk, case: &Case, body: &str) -> Result<Vec<Finding>, StoreError> {
    let draft = drafts::latest(&desk.db, case.id).await?;
    let facts: Option<Facts> = draft.and_then(|draft| serde_json::from_str(&draft.facts).ok());
    let shelf = catalogue::shelf(&desk.db, &guard::codes_in(body)).await?;
    // A case without a usable sender has nobody to answer: the guard says so, whoever stands in as recipient.
    let recipient: &EmailAddress = case.asker.as_ref().unwrap_or(&desk.own_address);
    let about = GuardInput {
        shelf: &shelf,
        on: facts.as_ref().map_or_else(|| case.received_at.date(), |facts| facts.date.first()),
        date_known: facts.as_ref().is_some_and(|facts| facts.date.known()),
        asker: case.asker.as_ref(),
        recipient,
    };
    Ok(guard::check(body, &about))
}
