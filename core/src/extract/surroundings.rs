//! What stands around a candidate: what it is called, which words are near, what the text there speaks of.
//!
//! It says what is there; what that weighs for a code system is said in the file of that system.

use super::{
    coding::Coding,
    ground::{Ground, blanks_only},
    label::{Label, label},
    scan::Kind,
    words::Cue,
};
use crate::domain::{code::CodeSystem, mention::Place, span::Span};

/// What stands around a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    pub(super) label: Option<Label>,
    /// Words of billing or coding within [`NEAR`] bytes.
    pub(super) billing_near: bool,
    /// Words of what is done to patients within [`NEAR`] bytes.
    pub(super) clinical_near: bool,
    /// Words of diagnosis within [`NEAR`] bytes.
    pub(super) diagnosis_near: bool,
    pub(super) coding: Coding,
    pub(super) place: Place,
    /// Right behind a word like "did", "use", "with".
    pub(super) done: bool,
    /// Neither a count of what follows nor the number of what is named before: "is 20610 bilateral?".
    pub(super) free: bool,
    /// So on one side at least.
    pub(super) half_free: bool,
    /// Right behind a capitalised word that no rule knows: a town, a person.
    pub(super) after_name: bool,
}

/// Words that far away belong to the same thought.
const NEAR: usize = 60;
/// How many kept words each way are looked at.
const NEAR_WORDS: usize = 8;

impl Surroundings {
    /// Of the tokens `first..=last`, which are the candidate at `span`.
    pub(super) fn of(ground: &Ground<'_>, first: usize, last: usize, span: Span, coding: Coding) -> Self {
        let mut around = Self {
            label: glued_label(ground, first, span).or_else(|| label(ground, first)),
            billing_near: false,
            clinical_near: false,
            diagnosis_near: false,
            coding,
            place: ground.place(span.start),
            done: is_done(ground, span),
            free: is_free(ground, last, span) == (true, true),
            half_free: match (is_free(ground, last, span), coding) {
                ((before, behind), Coding::Silent) => before || behind,
                ((before, _), _) => before,
            },
            after_name: after_name(ground, first, span),
        };
        for index in (0..first).rev().take(NEAR_WORDS) {
            if span.start.saturating_sub(ground.span(index).end) > NEAR || !around.take_in(ground, index) {
                break;
            }
        }
        for index in (last + 1..ground.tokens.len()).take(NEAR_WORDS) {
            if ground.span(index).start.saturating_sub(span.end) > NEAR || !around.take_in(ground, index) {
                break;
            }
        }
        around
    }

    /// Looks at a word near; false when nothing behind it counts.
    fn take_in(&mut self, ground: &Ground<'_>, index: usize) -> bool {
        match ground.kind(index) {
            None | Some(Kind::Stop) => return false,
            Some(Kind::Cue(Cue::Diagnosis)) => self.diagnosis_near = true,
            Some(Kind::Cue(Cue::System(system))) => {
                self.diagnosis_near |= matches!(system, CodeSystem::Icd10Cm | CodeSystem::Icd9Cm);
                self.billing_near = true;
            }
            Some(Kind::Cue(Cue::Billing | Cue::Coding | Cue::Modifier | Cue::Procedure)) => {
                self.billing_near = true;
            }
            Some(Kind::Cue(Cue::Clinical)) => self.clinical_near = true,
            _ => {}
        }
        true
    }
}

/// "CPT99213": the label is in the same word.
fn glued_label(ground: &Ground<'_>, first: usize, span: Span) -> Option<Label> {
    let token = ground.span(first);
    let prefix = ground.text().get(token.start..span.start).filter(|prefix| !prefix.is_empty())?;
    match super::phrasebook::cue(prefix.as_bytes())? {
        Cue::System(system) => Some(Label::System(system)),
        Cue::Code => Some(Label::Code),
        Cue::Procedure => Some(Label::Procedure),
        Cue::Diagnosis => Some(Label::Diagnosis),
        _ => None,
    }
}

/// Words right before what was done, used or billed.
const DOING: [&str; 20] = [
    "did",
    "do",
    "does",
    "doing",
    "done",
    "performed",
    "perform",
    "performing",
    "use",
    "used",
    "using",
    "got",
    "add",
    "added",
    "report",
    "submit",
    "submitted",
    "chose",
    "picked",
    "charge",
];

fn is_done(ground: &Ground<'_>, span: Span) -> bool {
    let Some(end) = span.start.checked_sub(1).filter(|end| ground.char_at(*end) == Some(' ')) else { return false };
    let near = ground.word_before(end, 12);
    let article = matches!(near, "a" | "an" | "the");
    let word = if article { ground.word_before(end.saturating_sub(near.len() + 1), 12) } else { near };
    DOING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Words behind which a code stands as a name does; behind a noun a number would be its number.
const BEFORE: [&str; 54] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "about",
    "of",
    "for",
    "with",
    "on",
    "re",
    "or",
    "and",
    "not",
    "is",
    "are",
    "was",
    "were",
    "does",
    "do",
    "did",
    "can",
    "could",
    "should",
    "would",
    "had",
    "has",
    "have",
    "got",
    "get",
    "need",
    "needs",
    "needed",
    "than",
    "then",
    "include",
    "includes",
    "order",
    "ordered",
    "order",
    "approved",
    "requested",
    "use",
    "using",
    "vs",
    "versus",
    "if",
    "when",
    "like",
    "both",
    "only",
    "performed",
    "between",
];
/// Words that follow a code and never what a number counts.
const AFTER: [&str; 98] = [
    "is", "was", "were", "are", "be", "can", "could", "should", "would", "does", "do", "did", "and", "or", "with",
    "for", "on", "to", "by", "as", "if", "when", "per", "not", "need", "needs", "require", "requires", "include",
    "includes", "included", "paid", "pays", "pay", "denied", "denies", "deny", "covered", "bundled", "billed",
    "allowed", "done", "same", "today", "again", "only", "please", "ever", "then", "but", "versus", "vs", "you", "we",
    "they", "he", "she", "i", "it", "that", "which", "goes", "went", "go", "came", "comes", "come", "had", "has",
    "have", "will", "would", "got", "gets", "took", "takes", "won't", "didn't", "doesn't", "isn't", "wasn't",
    "because", "since", "after", "before", "until", "so", "too", "also", "once", "twice", "without", "under", "no",
    "becomes", "became", "stays", "myself",
];

/// Whether what stands before it, and what stands behind it, lets it stand as a name does.
fn is_free(ground: &Ground<'_>, last: usize, span: Span) -> (bool, bool) {
    let listed = |list: &[&str], word: &str| list.iter().any(|one| word.eq_ignore_ascii_case(one));
    let before = ground.before(span.start, 24);
    let end = span.start - (before.len() - before.trim_end_matches([' ', '\u{A0}', '"', '(', '\'']).len());
    let behind = match ground.char_before(end) {
        None => true,
        Some(c) if c.is_alphabetic() => listed(&BEFORE, ground.word_before(end, 16)),
        Some(c) => matches!(c, '\n' | '\r' | '\t' | '.' | ',' | ':' | ';' | '!' | '?' | '-' | '*' | '•' | '>'),
    };
    let line = ground.line_after(ground.span(last).end, 24);
    let word = line.trim_start_matches([' ', '\u{A0}']);
    let spaced = word.len() < line.len();
    let ahead = match word.chars().next() {
        None => true,
        Some(c) if c.is_alphabetic() => {
            spaced && listed(&AFTER, word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default())
        }
        Some(c) if matches!(c, '.' | ',' | ':' | '-' | '/') => {
            !word[c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric())
        }
        Some(c) => matches!(c, '?' | '!' | ';' | ')' | '"' | '(' | '&' | '+'),
    };
    (behind, ahead)
}

fn after_name(ground: &Ground<'_>, first: usize, span: Span) -> bool {
    if span.start != ground.span(first).start || !ground.char_before(span.start).is_some_and(char::is_whitespace) {
        return false;
    }
    let before = ground.text().get(..span.start).unwrap_or_default();
    let end = before.char_indices().rev().take(3).take_while(|(_, c)| c.is_whitespace()).last().map_or(0, |(at, _)| at);
    let known = first.checked_sub(1).is_some_and(|index| ground.span(index).end == end);
    let word = ground.word_before(end, 24);
    let mut letters = word.chars();
    !known
        && !BEFORE.iter().any(|one| word.eq_ignore_ascii_case(one))
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && ground.gap(end, span.start).is_some_and(blanks_only)
}
