//! What the guard finds in a text that is about to leave: the one place where its input is put together, so that what
//! a reviewer is told at approval and what is looked at before sending cannot differ. It decides nothing. Called by
//! [`crate::objection`] and by the review pages.

use caseconsult_core::{
    domain::address::EmailAddress,
    draft::{
        Facts, Wanted,
        guard::{self, Finding, GuardInput},
    },
};
use caseconsult_store::{Db, StoreError, cases::Case, catalogue, drafts};

/// The findings in `body`, in the order of the text, when it would go to `recipient`. Codes are judged on the date of
/// service that the case's facts state; without facts, on the day its first mail came in.
///
/// # Errors
/// When the database does not answer.
pub async fn findings(db: &Db, case: &Case, body: &str, recipient: &EmailAddress) -> Result<Vec<Finding>, StoreError> {
    let draft = drafts::latest(db, case.id).await?;
    let facts: Option<Facts> = draft.and_then(|draft| serde_json::from_str(&draft.facts).ok());
    let on = facts.as_ref().map_or_else(|| case.received_at.date(), |facts| facts.date.first());
    let codes = guard::codes_in(body);
    // Those of the case too: a licensed text of theirs is one whether or not the reply names its code.
    let of_case = facts.iter().flat_map(|facts| &facts.lines).map(|line| (line.system, line.code.clone()));
    let shelved: Vec<_> = codes.iter().cloned().chain(of_case).collect();
    let shelf = catalogue::shelf(db, &shelved).await?;
    let wanted = Wanted::for_codes(codes.iter().map(|(system, code)| (*system, code)), vec![on]);
    let desk = catalogue::desk(db, &wanted.tables, &wanted.keys, &wanted.days).await?;
    let about = GuardInput {
        shelf: &shelf,
        desk: &desk,
        on,
        date_known: facts.as_ref().is_some_and(|facts| facts.date.known()),
        sources: facts.as_ref().map_or(&[][..], |facts| facts.sources.as_slice()),
        payer: facts.as_ref().and_then(|facts| facts.stated.payer),
        asker: case.asker.as_ref(),
        recipient,
    };
    Ok(guard::check(body, &about))
}
