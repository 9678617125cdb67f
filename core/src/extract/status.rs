//! What the text says about a code: asked about, billed, denied, deleted, ruled out, or of another time.
//!
//! It looks at the words between one mention and the next, within a sentence, and never decides whether something is
//! a code. `read` calls it once all mentions are known; each byte is looked at a bounded number of times.

use crate::domain::mention::{Mention, Status};

/// How far from a code its words are looked for, in bytes.
const REACH: usize = 120;

const NEGATED: [&str; 9] = ["not", "never", "no", "without", "instead", "rather", "isn't", "don't", "nor"];
const DELETED: [&str; 12] = [
    "deleted",
    "discontinued",
    "retired",
    "obsolete",
    "terminated",
    "gone",
    "replaces",
    "replaced",
    "expired",
    "inactivated",
    "sunset",
    "invalid",
];
const DENIED: [&str; 16] = [
    "denied",
    "denies",
    "deny",
    "denying",
    "denial",
    "rejected",
    "rejects",
    "rejecting",
    "bundled",
    "bundles",
    "unpaid",
    "refused",
    "refuse",
    "recouped",
    "disallowed",
    "bounced",
];
const BILLED: [&str; 15] = [
    "billed",
    "bill",
    "bills",
    "billing",
    "submitted",
    "submit",
    "charged",
    "reported",
    "coded",
    "sent",
    "filed",
    "posted",
    "rebilled",
    "resubmitted",
    "paid",
];
const HISTORICAL: [&str; 7] = ["previously", "formerly", "historically", "earlier", "prior", "archived", "old"];
/// Words of a question or a plan: what is asked about is not billed yet.
const ASKING: [&str; 12] = ["can", "could", "should", "would", "may", "how", "do", "does", "is", "to", "if", "whether"];
/// What makes a participle speak of the code before it: "was denied".
const LINKING: [&str; 12] =
    ["is", "was", "were", "are", "got", "gets", "get", "been", "being", "keeps", "keep", "came"];
/// What may follow a participle that speaks of the code before it.
const CLOSING: [&str; 9] = ["as", "because", "for", "by", "with", "why", "when", "since", "again"];

/// Says for each mention what the text says about it. Mentions are sorted by where they stand.
pub(super) fn tell(text: &str, mentions: &mut [Mention]) {
    let gaps: Vec<Gap<'_>> = (0..=mentions.len()).map(|at| Gap::between(text, mentions, at)).collect();
    let mut before: Option<Status> = None;
    for (mention, gap) in mentions.iter_mut().zip(&gaps) {
        before = gap.of_next().or(before.filter(|_| gap.goes_on));
        mention.status = before.unwrap_or_default();
    }
    let mut after: Option<Status> = None;
    for (mention, gap) in mentions.iter_mut().zip(gaps.iter().skip(1)).rev() {
        after = gap.of_last().or(after.filter(|_| gap.is_list));
        if let Some(after) = after.filter(|_| mention.status != Status::Negated) {
            mention.status = after;
        }
    }
}

/// The words between two mentions, or before the first and behind the last.
struct Gap<'a> {
    /// What is left of the sentence of the mention before it.
    last: &'a str,
    /// What begins the sentence of the mention behind it.
    next: &'a str,
    /// No sentence ends in it.
    goes_on: bool,
    /// It is marks, "and", "or".
    is_list: bool,
}

impl<'a> Gap<'a> {
    fn between(text: &'a str, mentions: &[Mention], at: usize) -> Self {
        let start = at.checked_sub(1).and_then(|last| mentions.get(last)).map_or(0, |last| last.span.end);
        let end = mentions.get(at).map_or(text.len(), |next| next.span.start);
        let first = floor(text, (start + REACH).min(end));
        let second = floor(text, end.saturating_sub(REACH).max(start));
        let last = text.get(start..first).unwrap_or_default();
        let next = text.get(second..end).unwrap_or_default();
        let last = ends(last).next().map_or(last, |end| last.get(..end).unwrap_or_default());
        let begun = ends(next).last().and_then(|end| next.get(end + 1..));
        let goes_on = begun.is_none() && end.saturating_sub(start) <= REACH;
        let is_list = goes_on && words(next).all(|word| matches!(word, "and" | "or" | "the") || word.len() <= 2);
        Self { last, next: begun.unwrap_or(next), goes_on, is_list }
    }

    /// What it says of the mention behind it: "denied 99213", "not 99214", "instead of 99214".
    fn of_next(&self) -> Option<Status> {
        let said: Vec<&str> = words(self.next).collect();
        let mut found = None;
        for (at, word) in said.iter().enumerate() {
            let status = of_word(word);
            let near = said.len() - at <= 3;
            found = match status {
                Some(Status::Negated) if near => Some(Status::Negated),
                Some(Status::Negated) | None => found,
                // "was denied" speaks of what came before, if anything did.
                Some(_) if self.goes_on && at.checked_sub(1).and_then(|link| said.get(link)).is_some_and(links) => {
                    found
                }
                // "can we bill 99213" asks.
                Some(Status::Billed) if said.iter().take(at).any(|one| is_in(&ASKING, one)) => found,
                other => other,
            };
        }
        found
    }

    /// What it says of the mention before it: "was denied", "denied as inclusive", "is gone".
    fn of_last(&self) -> Option<Status> {
        let said: Vec<&str> = words(self.last).collect();
        let mut linked = false;
        for (at, word) in said.iter().enumerate().take(8) {
            linked |= is_in(&LINKING, word);
            // "96372 replaces 90772": the other one is gone.
            let other = word.eq_ignore_ascii_case("replaces");
            let Some(status) = of_word(word).filter(|status| *status != Status::Negated && !other) else { continue };
            let closed = said.get(at + 1).is_none_or(|next| is_in(&CLOSING, next) || next.len() <= 2);
            let asked = said.first().is_some_and(|first| is_in(&ASKING, first) && !is_in(&LINKING, first));
            return (linked || closed && at <= 2 && self.last.len() > word.len()).then_some(status).filter(|_| !asked);
        }
        None
    }
}

fn of_word(word: &str) -> Option<Status> {
    // Every word beside a code is asked about, and few begin like one that says something.
    if !matches!(word.as_bytes(), [first, _, ..] if b"bcdefghinoprstuwaBCDEFGHINOPRSTUWA".contains(first)) {
        return None;
    }
    match word {
        _ if is_in(&NEGATED, word) => Some(Status::Negated),
        _ if is_in(&DELETED, word) => Some(Status::Deleted),
        _ if is_in(&DENIED, word) => Some(Status::Denied),
        _ if is_in(&HISTORICAL, word) => Some(Status::Historical),
        _ if is_in(&BILLED, word) => Some(Status::Billed),
        _ => None,
    }
}

/// Whether a participle behind it speaks of the code before it.
fn links(word: &&str) -> bool {
    is_in(&LINKING, word) || word.eq_ignore_ascii_case("be")
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|one| word.eq_ignore_ascii_case(one))
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty())
}

/// Where sentences end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let next = bytes.get(at + 1);
        let stop = matches!(byte, b'?' | b'!' | b';')
            || *byte == b'.' && next.is_none_or(u8::is_ascii_whitespace)
            || *byte == b'\n' && next == Some(&b'\n');
        stop.then_some(at)
    })
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::{
        extract::{Nothing, mentions},
        mail::search_text::SearchText,
    };

    #[test]
    fn the_words_around_say_what_became_of_a_code() {
        for (text, expected) in [
            ("Can I bill CPT 20610 with CPT 99213?", "asked asked"),
            ("We billed CPT 20610-RT and CPT 99213.", "billed billed"),
            ("CPT 20610 was denied as bundled. Is CPT 20611 right?", "denied asked"),
            ("Medicare denied CPT 20610, CPT 99213 and CPT 77002", "denied denied denied"),
            ("We billed CPT 20610, and CPT 99213 was denied.", "billed denied"),
            ("Use CPT 99213, not CPT 99214", "asked negated"),
            ("CPT 99213 instead of CPT 99214", "asked negated"),
            ("CPT 90782 was deleted; CPT 96372 replaces it", "deleted asked"),
            ("Previously CPT 99201, now?", "historical"),
        ] {
            let found = mentions(&SearchText::plain(text), &Nothing);
            let statuses: Vec<_> = found.iter().map(|one| one.status.as_str()).collect();
            assert_eq!(statuses.join(" "), expected, "{text}");
        }
    }
}
