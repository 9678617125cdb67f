//! What an operator wants to know of rules that can be read: which have expired or soon will, which say the same twice,
//! which no case can ever meet, and which the guard would stop. None of it keeps the program from starting.

use std::fmt;

use jiff::{ToSpan as _, civil::Date};

use super::{book::HouseBook, rule::HouseRule, values::Values};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::address::EmailAddress,
    draft::guard::{self, Finding, GuardInput, Rule},
};

/// How long before its last day a rule is named.
const SOON_DAYS: i64 = 30;

/// One thing worth looking at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// `house-rules.toml, line 12`.
    pub place: String,
    /// The rule or snippet: `rule billing-07`.
    pub what: String,
    /// What is to be said of it.
    pub why: Why,
}

/// What is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is not used any more.
    Expired(Date),
    /// It will not be used after this day, which is near.
    ExpiresSoon(Date),
    /// It is not used before this day.
    NotYet(Date),
    /// Another rule says the same of the same cases.
    SameAs(String),
    /// No case can meet its condition.
    Never(String),
    /// The guard has something against its words, in every reply.
    Guarded(String),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what, why } = self;
        match why {
            Why::Expired(until) => {
                write!(f, "{what} expired on {until} and is not used: renew its until, or take it out ({place})")
            }
            Why::ExpiresSoon(until) => {
                write!(f, "{what} expires on {until}: renew its until if it still holds ({place})")
            }
            Why::NotYet(from) => write!(f, "{what} is not used before {from} ({place})"),
            Why::SameAs(other) => {
                write!(f, "{what} says the same of the same cases as {other}: take one out ({place})")
            }
            Why::Never(reason) => write!(f, "{what} can never hold: {reason} ({place})"),
            Why::Guarded(message) => write!(f, "{what} has words that the guard objects to: {message} ({place})"),
        }
    }
}

impl HouseBook {
    /// What is worth looking at on this day, in the order of the files.
    #[must_use]
    pub fn doubts(&self, today: Date) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for (at, rule) in self.rules().iter().enumerate() {
            let doubt = |why| Doubt { place: place(&rule.file, rule.line), what: format!("rule {}", rule.id), why };
            doubts.extend(validity(rule.from, Some(rule.until), today).map(doubt));
            let earlier = self.rules().iter().take(at).find(|other| says_the_same(rule, other));
            doubts.extend(earlier.map(|other| doubt(Why::SameAs(other.id.to_string()))));
            doubts.extend(never_holds(rule).map(|reason| doubt(Why::Never(reason))));
            let words = rule.statement.filled(&Values::default());
            doubts.extend(objections(&words).into_iter().map(|message| doubt(Why::Guarded(message))));
        }
        for one in self.snippets() {
            let what = format!("snippet {:?}", one.name);
            let doubt = |why| Doubt { place: place(&one.file, one.line), what: what.clone(), why };
            doubts.extend(validity(None, one.until, today).map(doubt));
            let words = one.text.filled(&Values::default());
            doubts.extend(objections(&words).into_iter().map(|message| doubt(Why::Guarded(message))));
        }
        doubts
    }
}

fn place(file: &str, line: usize) -> String {
    format!("{file}, line {line}")
}

fn validity(from: Option<Date>, until: Option<Date>, today: Date) -> Option<Why> {
    if let Some(until) = until {
        if until < today {
            return Some(Why::Expired(until));
        }
        if until <= today.saturating_add(SOON_DAYS.days()) {
            return Some(Why::ExpiresSoon(until));
        }
    }
    from.filter(|from| today < *from).map(Why::NotYet)
}

fn says_the_same(rule: &HouseRule, other: &HouseRule) -> bool {
    let share_a_day =
        rule.from.is_none_or(|from| from <= other.until) && other.from.is_none_or(|from| from <= rule.until);
    share_a_day && rule.when == other.when && rule.statement == other.statement
}

/// Also a rule that speaks only of services after its own last day: nobody asks about them while it is valid.
fn never_holds(rule: &HouseRule) -> Option<String> {
    let later = rule.when.service.filter(|service| rule.until < service.from);
    let later = later.map(|service| format!("it is for services from {}, and expires on {}", service.from, rule.until));
    rule.when.never_holds().or(later)
}

/// What the guard says of these words whatever the case: what may identify somebody, and promises of payment. Codes are
/// judged on the date of service of each case, and not here.
fn objections(words: &str) -> Vec<String> {
    let (shelf, desk) = (Shelf::default(), Desk::default());
    let Ok(anybody) = EmailAddress::parse("asker@example.test") else { return Vec::new() };
    let about = GuardInput {
        shelf: &shelf,
        desk: &desk,
        on: Date::ZERO,
        date_known: false,
        sources: &[],
        payer: None,
        asker: Some(&anybody),
        recipient: &anybody,
    };
    let lasting = |found: &Finding| matches!(found.rule, Rule::Identifier | Rule::PaymentPromise);
    guard::check(words, &about).into_iter().filter(lasting).map(|found| found.message).collect()
}
