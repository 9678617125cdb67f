//! The earlier replies for a case: which, why, in what words, and what has changed since.
//!
//! Two customers' mails never meet: of another asker's case a reviewer is shown the masked question and the masked reply,
//! and nothing here reaches a draft.

use std::collections::HashSet;

use caseconsult_core::{
    catalog::Edition,
    domain::code::{Code, CodeSystem},
    draft::{
        Facts, Wanted,
        source::{Origin, Source},
    },
    precedent::{Change, Likeness, Now, Shared, Terms, changes, shown},
};
use caseconsult_store::{
    Db, StoreError,
    cases::Case,
    catalogue,
    precedents::{self, Precedent},
};
use jiff::civil::Date;
use serde::Serialize;

use super::Held;

/// Earlier replies that are shown.
pub const SHOWN: usize = 5;
/// With less in common a reply is not shown.
const LEAST: f32 = 0.12;

/// An earlier reply as it is shown, on the page and as JSON.
#[derive(Debug, Serialize)]
pub struct Answered {
    /// The earlier case.
    pub case: String,
    /// The day on which it was sent.
    pub sent: Date,
    /// Whether the same address asked.
    pub same_asker: bool,
    /// How much of what this case asks they have in common, in hundredths.
    pub likeness: u32,
    /// What.
    pub shared: Shared,
    /// The question as it was understood, masked.
    pub question: Option<String>,
    /// The short answer, masked.
    pub answer: String,
    /// The whole reply, masked.
    pub reply: String,
    /// The editions that it went by, with their days.
    pub editions: Vec<String>,
    /// What has changed since.
    pub changes: Vec<Told>,
    /// Whether it is not known what the reply went by, so that nothing can be said of changes.
    pub unknown: bool,
}

/// A change in words.
#[derive(Debug, Serialize)]
pub struct Told {
    /// In words.
    pub words: String,
    /// Whether what the reply said may be wrong now.
    pub is_grave: bool,
    /// The same for programs.
    #[serde(flatten)]
    pub change: Change,
}

/// Looks for replies to questions like this case's. `facts` are those of its draft; without them its date of service is
/// not known, and the day on which it came in stands in.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn look(
    held: &Held,
    db: &Db,
    case: &Case,
    terms: &Terms,
    facts: Option<&Facts>,
) -> Result<Vec<Answered>, StoreError> {
    // A few more than are shown: some may have come back since.
    let mut likely = held.find(db, terms, case.id, SHOWN * 2).await?;
    likely.retain(|likeness| likeness.score >= LEAST);
    if likely.is_empty() {
        return Ok(Vec::new());
    }
    let replies: Vec<_> = likely.iter().map(|likeness| likeness.reply).collect();
    let stored = precedents::of(db, &replies).await?;
    let mut found: Vec<Found> = likely.iter().filter_map(|likeness| Found::of(*likeness, &stored)).collect();
    found.truncate(SHOWN);

    let on = facts.map_or_else(|| case.received_at.date(), |facts| facts.date.first());
    let codes: HashSet<(CodeSystem, Code)> = found.iter().flat_map(Found::codes).collect();
    let codes: Vec<(CodeSystem, Code)> = codes.into_iter().collect();
    let shelf = catalogue::shelf(db, &codes).await?;
    let wanted = Wanted::for_codes(codes.iter().map(|(system, code)| (*system, code)), vec![on]);
    let desk = catalogue::desk(db, &wanted.tables, &wanted.keys, &wanted.days).await?;
    let live = catalogue::editions(db).await?;
    let editions: &[Edition] = &live;
    let now = Now { on, shelf: &shelf, desk: &desk, editions };
    Ok(found.into_iter().map(|found| found.shown(case, terms, &now)).collect())
}

/// A likely reply with what is stored of it.
struct Found<'a> {
    likeness: Likeness,
    stored: &'a Precedent,
    facts: Option<Facts>,
}

impl<'a> Found<'a> {
    fn of(likeness: Likeness, stored: &'a [Precedent]) -> Option<Self> {
        let stored = stored.iter().find(|stored| stored.reply == likeness.reply)?;
        Some(Self { likeness, stored, facts: serde_json::from_str(&stored.facts).ok() })
    }

    /// All codes that it went by or named.
    fn codes(&self) -> impl Iterator<Item = (CodeSystem, Code)> {
        let listed = self.facts.iter().flat_map(|facts| &facts.lines).map(|line| (line.system, line.code.clone()));
        listed.chain(self.stored.terms.advised.iter().cloned())
    }

    fn shown(self, case: &Case, terms: &Terms, now: &Now<'_>) -> Answered {
        let Self { likeness, stored, facts } = self;
        let names = [stored.asker_name.as_str()];
        let days = facts.as_ref().map_or(&[][..], |facts| facts.date.days.as_slice());
        let reply = shown::masked(&stored.body, &names, days);
        let question = facts.as_ref().and_then(|facts| facts.question.asked.as_deref());
        let told = facts.as_ref().map_or_else(Vec::new, |facts| changes(facts, &stored.terms.advised, now));
        let sources = facts.iter().flat_map(|facts| &facts.sources);
        Answered {
            case: stored.tag.to_string(),
            sent: stored.at.date(),
            same_asker: stored.asker.is_some() && stored.asker == case.asker,
            likeness: hundredths(likeness.score),
            shared: Shared::between(terms, &stored.terms),
            question: question.map(|question| shown::masked(question, &names, days)),
            answer: shown::short_answer(&reply),
            reply,
            // With the days that an edition answers for, or the last day of a house rule.
            editions: sources.map(cited).collect(),
            changes: told
                .into_iter()
                .map(|change| Told { words: change.to_string(), is_grave: change.is_grave(), change })
                .collect(),
            unknown: facts.is_none(),
        }
    }
}

fn cited(source: &Source) -> String {
    match &source.origin {
        Origin::Edition(edition) => format!("{} ({})", source.name, edition.effective),
        Origin::House(rule) => format!("{}, valid until {}", source.name, rule.until),
    }
}

fn hundredths(score: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    let hundredths = (score.clamp(0.0, 1.0) * 100.0).round() as u32;
    hundredths
}
