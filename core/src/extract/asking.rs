//! The words around a lone modifier, as they are written: those that ask for one, point at it, or say where it goes.
//!
//! [`super::lone`] asks here and weighs the answers. Nothing here decides, and nothing looks further than a line.

use super::ground::{Ground, is_dash};

/// Words right before a modifier that ask for one; "a" and "the" may stand between.
pub(super) const WANTING: [&str; 48] = [
    "need", "needs", "needed", "needing", "add", "adds", "added", "adding", "append", "appends", "appended", "use",
    "uses", "used", "using", "put", "puts", "want", "wants", "wanted", "with", "w", "without", "attach", "require",
    "requires", "carry", "carries", "versus", "vs", "re", "drop", "remove", "instead", "missing", "forgot", "try",
    "under", "get", "gets", "between", "lacks", "lacking", "prefer", "prefers", "accept", "accepts", "expects",
];
/// Words that point at what follows.
pub(super) const POINTING: [&str; 19] = [
    "it", "a", "an", "the", "is", "does", "do", "or", "and", "was", "would", "should", "as", "also", "from", "to",
    "so", "of", "not",
];
/// Words behind a modifier that ask whether it is right.
pub(super) const QUESTIONING: [&str; 24] = [
    "needed",
    "missing",
    "right",
    "apply",
    "applies",
    "required",
    "correct",
    "instead",
    "versus",
    "vs",
    "necessary",
    "ok",
    "okay",
    "appropriate",
    "help",
    "work",
    "works",
    "enough",
    "allowed",
    "honest",
    "valid",
    "fix",
    "better",
    "acceptable",
];
/// Words behind a modifier that say where it goes.
pub(super) const PLACING: [&str; 12] =
    ["on", "to", "for", "or", "and", "be", "as", "when", "with", "if", "too", "also"];

/// Words that say that a code has, lacks or needs the modifier behind them.
const CARRYING: [&str; 36] = [
    "with", "w", "o", "without", "needs", "need", "needed", "has", "have", "had", "having", "take", "takes", "get",
    "gets", "got", "carry", "carries", "require", "requires", "using", "use", "used", "under", "plus", "lacks", "lack",
    "lacking", "missing", "want", "wants", "add", "adding", "dash", "hyphen", "minus",
];
/// Words that may stand between a code and its modifier, in either order.
const LINKING: [&str; 46] = [
    "should",
    "would",
    "could",
    "can",
    "must",
    "may",
    "might",
    "be",
    "been",
    "do",
    "does",
    "did",
    "it",
    "not",
    "only",
    "just",
    "also",
    "both",
    "still",
    "then",
    "as",
    "sent",
    "out",
    "go",
    "goes",
    "went",
    "going",
    "appended",
    "attached",
    "added",
    "needed",
    "required",
    "allowed",
    "ok",
    "okay",
    "right",
    "correct",
    "appropriate",
    "onto",
    "on",
    "to",
    "get",
    "bill",
    "billed",
    "the",
    "placed",
];

/// What the words of a gap say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// That they go on to a modifier.
    GoesOn,
    /// That a code has a modifier, or lacks or needs it.
    Carries,
}

/// Whether a word says that a code has, lacks or needs a modifier.
pub(super) fn carries(word: &str) -> bool {
    CARRYING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// What the words of a gap say; none when one of them turns to something else. Marks alone go on.
pub(super) fn links(gap: &str) -> Option<Link> {
    let mut said = Link::GoesOn;
    for word in gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if carries(word) {
            said = Link::Carries;
        } else if !LINKING.iter().any(|one| word.eq_ignore_ascii_case(one)) {
            return None;
        }
    }
    Some(said)
}

/// Further words that may follow two letters that are a modifier.
pub(super) const TELLING: [&str; 16] = [
    "is", "was", "does", "do", "because", "since", "but", "here", "there", "both", "anymore", "at", "in", "by",
    "instead", "modifier",
];

/// "24 is the wrong modifier".
pub(super) fn is_called_one(ground: &Ground<'_>, last: usize) -> bool {
    let behind = ground.line_after(ground.span(last).end, 40);
    let words = behind.trim_start_matches(['"', '”', '\'', ')']).split_whitespace();
    let mut words = words.map(|word| word.trim_end_matches(|c: char| !c.is_alphabetic()));
    let is = matches!(words.next(), Some("is" | "was" | "isn't" | "would"));
    is && words.take(4).any(|word| matches!(word, "modifier" | "mod"))
}

/// 25 goes "to the E/M", "on the visit", though no code of one stands there.
pub(super) fn goes_on_visit(ground: &Ground<'_>, last: usize) -> bool {
    let behind = ground.line_after(ground.span(last).end, 24).to_ascii_lowercase();
    let words = behind.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    let mut words =
        words.skip_while(|word| matches!(*word, "to" | "on" | "the" | "an" | "a" | "our" | "all" | "every" | "office"));
    let placed = matches!(word_after(ground, last), "on" | "to" | "with");
    placed && matches!(words.next(), Some("e/m" | "em" | "e&m" | "visit" | "visits" | "claim" | "line"))
}

/// Whether what follows two letters can follow a modifier: a mark, or a word that says where it goes. "AV fistula" and
/// "SN 5008" go on otherwise.
pub(super) fn goes_on(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    let joined = ground.char_at(end).is_some_and(is_dash) && ground.char_at(end + 1).is_some_and(char::is_alphanumeric);
    let word = word_after(ground, index);
    let told = PLACING.iter().chain(&TELLING).any(|one| word.eq_ignore_ascii_case(one));
    let blank = ground.char_at(end).is_some_and(|c| c == ' ');
    !joined && (!blank || told || !ground.char_at(end + 1).is_some_and(char::is_alphanumeric))
}

/// "25?", "59 needed".
pub(super) fn asks_about(ground: &Ground<'_>, index: usize) -> bool {
    let word = word_after(ground, index);
    let question =
        ground.line_after(ground.span(index).end, 4).trim_start_matches(['"', ')', ' ', '\'']).starts_with('?');
    question || QUESTIONING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// The word right behind token `index`.
pub(super) fn word_after<'a>(ground: &Ground<'a>, index: usize) -> &'a str {
    let line = ground.line_after(ground.span(index).end, 24);
    let Some(rest) = line.strip_prefix(' ') else { return "" };
    rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// The two words right before `at`, the nearer first; empty at the beginning of a sentence.
pub(super) fn words_before<'a>(ground: &Ground<'a>, at: usize) -> (&'a str, &'a str) {
    let text = ground.text();
    let back = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let end = before
            .trim_end_matches([' ', '\u{A0}', '/', '-', '\u{2010}', '\u{2011}', '\u{2013}', '"', '“', '(', '='])
            .len();
        (at - end <= 4).then_some(end)
    };
    let Some(end) = back(at) else { return ("", "") };
    let near = ground.word_before(end, 16);
    let far = if near.is_empty() { None } else { back(end - near.len()) };
    (near, far.map_or("", |end| ground.word_before(end, 16)))
}
