//! The reply with a model's wording in it, when the guard has nothing against it that it does not have against the reply
//! without. The guard has the last word: one new finding, of whatever weight, and the wording is not taken.

use super::{refusal::Refusal, written::Wording};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::address::EmailAddress,
    draft::{
        facts::Facts,
        guard::{self, GuardInput, Rule, Severity},
        reply::compose,
        templates::Templates,
    },
};

/// A reply and the facts that it is made from, the wording among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// The reply's source text.
    pub body: String,
    /// With the wording.
    pub facts: Facts,
}

/// The reply to the case of these facts in this wording. `ruled` is the reply without it.
///
/// # Errors
/// [`Refusal::Guard`] with the first rule that the wording breaks, [`Refusal::NotComposed`] when the templates fail.
pub fn worded(
    templates: &Templates,
    facts: &Facts,
    ruled: &str,
    wording: Wording,
    shelf: &Shelf,
    desk: &Desk,
) -> Result<Worded, Refusal> {
    let facts = Facts { wording: Some(wording), ..facts.clone() };
    let body = compose(templates, &facts).map_err(|_| Refusal::NotComposed)?;
    let Ok(anybody) = EmailAddress::parse("asker@example.test") else { return Err(Refusal::NotComposed) };
    let about = GuardInput::of_draft(&facts, shelf, desk, &anybody);
    let before: Vec<(Rule, Severity, String)> =
        guard::check(ruled, &about).into_iter().map(|found| (found.rule, found.severity, found.message)).collect();
    let new = guard::check(&body, &about).into_iter().find(|found| {
        !before.iter().any(|(rule, severity, message)| {
            (*rule, *severity) == (found.rule, found.severity) && *message == found.message
        })
    });
    match new {
        Some(found) => Err(Refusal::Guard(found.rule)),
        None => Ok(Worded { body, facts }),
    }
}
