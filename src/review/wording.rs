//! Whose words a draft is in: the rules', or a model's where an operator has asked for one. Both are kept as versions; choosing
//! puts one of them on top again, with a line in the history that says who chose.

use caseconsult_core::{
    domain::ids::UserId,
    draft::{Facts, wording::Wording},
};
use caseconsult_store::{
    StoreError,
    cases::Case,
    drafts::{self, Draft, MODEL_CHOSEN, NOT_WORDED, RULES_CHOSEN, WORDED},
    events::{self, Event},
};

use serde::Deserialize;

use super::{Desk, ReviewError};

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The rules' own.
    Rules,
    /// The model's.
    Model,
}

/// How a model phrased this draft; none when the rules did.
#[must_use]
pub fn of_draft(draft: &Draft) -> Option<Wording> {
    let facts: Facts = serde_json::from_str(&draft.facts).ok()?;
    facts.wording
}

/// What a reviewer may choose in place of the newest draft, by the history of the case: nothing when no model phrased its
/// last draft.
#[must_use]
pub fn offered(events: &[Event], is_worded: bool) -> Option<Words> {
    let last = |what: &str| events.iter().filter(|event| event.what == what).map(|event| event.at).max();
    let is_of_the_last_draft = last(WORDED)? >= last("drafted")?;
    is_of_the_last_draft.then_some(if is_worded { Words::Rules } else { Words::Model })
}

/// Why a model's wording was not taken, when that is what the line tells.
#[must_use]
pub fn reason(event: &Event) -> Option<String> {
    #[derive(Deserialize)]
    struct Detail {
        reason: String,
    }
    (event.what == NOT_WORDED).then(|| serde_json::from_str::<Detail>(&event.detail).ok())?.map(|detail| detail.reason)
}

/// Puts the machine's draft in these words on top.
///
/// # Errors
/// [`ReviewError::NotClaimed`] or [`ReviewError::Taken`] without a live claim; [`ReviewError::NotSaid`] when there is no
/// such draft; [`ReviewError::Changed`].
pub async fn choose(desk: &Desk, case: &Case, by: UserId, words: Words) -> Result<(), ReviewError> {
    desk.demand_claim(case, by)?;
    let events = events::of_case(&desk.db, case.id).await?;
    let versions = drafts::versions(&desk.db, case.id).await?;
    let machines = || versions.iter().rev().filter(|draft| draft.author.is_none());
    let is_in = |draft: &&Draft| of_draft(draft).is_some() == (words == Words::Model);
    let is_worded = versions.last().is_some_and(|newest| of_draft(newest).is_some());
    let wanted = match (offered(&events, is_worded), machines().find(is_in)) {
        (Some(offered), Some(draft)) if offered == words => draft.version,
        _ => return Err(ReviewError::NotSaid("there is no draft in other words than these")),
    };
    let what = match words {
        Words::Rules => RULES_CHOSEN,
        Words::Model => MODEL_CHOSEN,
    };
    match drafts::choose(&desk.db, &desk.clock, case, by, wanted, what).await {
        Err(StoreError::NotClaimed) => Err(ReviewError::NotClaimed),
        done => Ok(done?),
    }
}
