//! The kinds of question of a mail, and of a case, each with the words that speak for it.

use serde::{Deserialize, Serialize};

use super::{
    hits::Hits,
    name::{Kind, Sort},
    no_question, told_apart,
    words::Text,
};
use crate::{
    domain::mention::Place,
    draft::{brief::Mail, masking},
    extract::Reading,
};

/// At most so many reasons are kept of a kind: those that weigh most.
const MOST_REASONS: usize = 6;

/// A kind that is asked, and why it is thought so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The kind.
    pub kind: Kind,
    /// What the mail is instead of a question; for K0 alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// What speaks for it, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Words of the mail that speak for a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In lower case, with identifiers masked.
    pub words: String,
    /// How much; below nought it speaks against.
    pub points: i32,
}

/// The kinds of one mail, in the order of the taxonomy. K0 stands alone. Empty when nothing tells the kind.
///
/// The sender's own words count; when they ask nothing, so do those that are quoted or forwarded below them.
#[must_use]
pub fn of_mail(reading: &Reading) -> Vec<Asked> {
    let own = Text::of(reading, &[Place::Subject, Place::New]);
    let hits = Hits::of(&own);
    if let Some(found) = no_question::read(&own, &hits) {
        let reasons = found.words.into_iter().map(|(words, points)| reason(&words, points)).collect();
        return vec![Asked { kind: Kind::K0, sort: Some(found.sort), reasons: weightiest(reasons) }];
    }
    if hits.kinds().any(|kind| hits.hold_a_question(kind)) {
        return named(&hits, &own);
    }
    let all = Text::of(reading, &[Place::Subject, Place::New, Place::Quoted, Place::Forwarded]);
    named(&Hits::of(&all), &all)
}

/// The kinds of a case: those of its first mail, and those that later mails ask besides. It is K0 only when no mail
/// asks anything else.
#[must_use]
pub fn of_case(mails: &[Mail<'_>]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for asked in mails.iter().flat_map(|mail| of_mail(mail.reading)) {
        if !all.iter().any(|known| known.kind == asked.kind) {
            all.push(asked);
        }
    }
    if all.iter().any(|asked| asked.kind != Kind::K0) {
        all.retain(|asked| asked.kind != Kind::K0);
    }
    all.sort_by_key(|asked| asked.kind);
    all
}

fn named(hits: &Hits, text: &Text) -> Vec<Asked> {
    let asked = |kind: Kind| {
        let reasons = hits.of_kind(kind).iter().map(|hit| reason(&hit.words, hit.points())).collect();
        Asked { kind, sort: None, reasons: weightiest(reasons) }
    };
    told_apart::kinds(hits, text).into_iter().map(asked).collect()
}

fn reason(words: &str, points: i32) -> Reason {
    Reason { words: masking::mask(words).0, points }
}

fn weightiest(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.retain(|reason| reason.points != 0);
    reasons.sort_by_key(|reason| -reason.points.abs());
    reasons.truncate(MOST_REASONS);
    reasons
}
