//! What is found in one text, beside its labels.

use std::fmt::Write as _;

use super::tally::Tally;
use crate::{
    catalog,
    domain::span::Span,
    extract::{Reading, tests::corpus::text::Text},
    identifier::{Found, lexicon, of_reading},
    mail::search_text::SearchText,
};

/// Words that a label may hold and that identify nobody.
const GENERAL: [&str; 25] = [
    "mr", "mrs", "ms", "dr", "md", "dpm", "sgt", "sister", "reverend", "captain", "señor", "papa", "doc", "abuela",
    "baby", "girl", "boy", "the", "at", "estate", "of", "jr", "in", "a", "and",
];
/// Kinds that are numbers: of their labels the words with digits count.
const NUMBERS: [&str; 13] =
    ["ZIP", "PHONE", "FAX", "SSN", "MRN", "MEMBER", "ACCOUNT", "LICENCE", "VEHICLE", "DEVICE", "IP", "OTHER", "AGE"];

/// A text with what was found in it.
pub(super) struct Scored<'t> {
    text: &'t Text,
    found: Vec<Found>,
    /// Labelled codes, and how many of them something masks.
    codes: (usize, usize),
}

impl<'t> Scored<'t> {
    pub(super) fn of(text: &'t Text) -> Self {
        let reading = Reading::of(&SearchText::plain(text.plain.as_str()), catalog::starter(), None);
        assert_eq!(reading.text, text.plain, "{}: the text that is searched is another one", text.name);
        let found = of_reading(&reading, &[]);
        let masked = text.labels.iter().filter(|code| found.iter().any(|one| one.span.overlaps(code.span))).count();
        Self { text, found, codes: (text.labels.len(), masked) }
    }

    fn is_whole(&self, kind: &str, span: Span) -> bool {
        words(&self.text.plain, kind, span).iter().all(|word| self.found.iter().any(|one| one.span.contains(*word)))
    }

    fn is_found(&self, span: Span) -> bool {
        self.found.iter().any(|one| one.span.overlaps(span))
    }

    fn is_right(&self, one: &Found) -> bool {
        self.text.identifiers.iter().any(|(_, span)| span.overlaps(one.span))
    }

    pub(super) fn count(&self, tally: &mut Tally) {
        for (kind, span) in &self.text.identifiers {
            let row = tally.kinds.entry(kind.clone()).or_default();
            row.labels += 1;
            row.found += usize::from(self.is_found(*span));
            row.whole += usize::from(self.is_whole(kind, *span));
        }
        tally.texts += 1;
        tally.masks += self.found.len();
        tally.right += self.found.iter().filter(|one| self.is_right(one)).count();
        tally.codes += self.codes.0;
        tally.masked_codes += self.codes.1;
    }

    /// What was missed, cut short, or masked without need.
    pub(super) fn misses(&self) -> String {
        let mut out = String::new();
        let (text, name) = (&self.text.plain, &self.text.name);
        for (kind, span) in &self.text.identifiers {
            if !self.is_whole(kind, *span) {
                let what = if self.is_found(*span) { "part " } else { "missed" };
                let _ = writeln!(out, "{name} {what} {kind} {:?}", span.of(text));
            }
        }
        for one in self.found.iter().filter(|one| !self.is_right(one)) {
            let _ = writeln!(out, "{name} false {:?} {:?}: {}", one.identifier, one.span.of(text), one.reason);
        }
        out
    }
}

/// The words of a label that must be masked.
fn words(text: &str, kind: &str, span: Span) -> Vec<Span> {
    let (mut words, mut start) = (Vec::new(), None);
    let ends = span.of(text).char_indices().map(|(at, c)| (at, c.is_alphanumeric())).chain([(span.len(), false)]);
    for (at, is_letter) in ends {
        match (is_letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Span::new(span.start + from, span.start + at));
                start = None;
            }
            _ => {}
        }
    }
    words.retain(|word| {
        let word = word.of(text);
        let state = kind == "ADDRESS" && word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let number = !NUMBERS.contains(&kind) || word.bytes().any(|byte| byte.is_ascii_digit());
        // README: titles and states excepted. The program leaves "Illinois", "RN" and "Mr." visible.
        let general = match kind {
            "NAME" => lexicon::is_title(word),
            "ADDRESS" => lexicon::is_state_name(word),
            _ => false,
        };
        number && !state && !general && !GENERAL.contains(&word.to_lowercase().as_str())
    });
    words
}
