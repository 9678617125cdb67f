//! Telephone and fax numbers, in the American form with any marks, and international ones behind a plus.

use super::{
    found::Confidence,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
};
use crate::domain::span::Span;

const PHONE: [&str; 20] = [
    "phone",
    "ph",
    "p",
    "tel",
    "telephone",
    "t",
    "cell",
    "mobile",
    "m",
    "call",
    "called",
    "reach",
    "direct",
    "office",
    "main",
    "home",
    "dial",
    "number",
    "o",
    "c",
];
const FAX: [&str; 6] = ["fax", "fx", "f", "facsimile", "faxed", "efax"];
/// How far back the word that says what it is may stand.
const BACK: usize = 6;

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    while index < ground.len() {
        let Some((first, last, certain)) = number(ground, hits, index) else {
            // "ask for Jo, ext. 4471"
            let alone = ground.is(index, &["ext", "extn", "extension"])
                && (3..=5).contains(&ground.digits(index + 1))
                && matches!(ground.after(index), " " | ". " | "." | ": " | " #")
                && hits.all_free(index, index + 1);
            if alone {
                hits.take(ground, (index, index + 1), Identifier::Phone, Confidence::Likely, "an extension");
            }
            index += 1;
            continue;
        };
        let last = second(ground, hits, extension(ground, last));
        let identifier = if is_fax(ground, first) { Identifier::Fax } else { Identifier::Phone };
        let mut span = ground.span(first, last);
        // The bracket and the plus before it belong to the number.
        let before = ground.before(first);
        let lead = before.chars().rev().take_while(|c| matches!(c, '(' | '+')).count();
        span.start -= lead;
        let confidence = if certain { Confidence::Certain } else { Confidence::Likely };
        hits.take_span((first, last), Span::new(span.start, span.end), identifier, confidence, "its form");
        index = last + 1;
    }
}

/// The number that begins with word `index`: its first and last word, and whether its form alone shows it.
fn number(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<(usize, usize, bool)> {
    if ground.digits(index) == 0 || !hits.free(index) || joined_before(ground, index) {
        return None;
    }
    // "+1 …", "1-…"
    let plus = ground.before(index).ends_with('+');
    if ground.str(index) == "1" && (plus || ground.after(index) == "-" || ground.after(index) == " (") {
        let (_, last) = american(ground, hits, index + 1)?;
        return Some((index, last, true));
    }
    if plus {
        let last = (index..index + 6)
            .take_while(|at| *at == index || joins(ground.before(*at)) && ground.digits(*at) > 0)
            .last()?;
        let digits: usize = (index..=last).map(|at| ground.digits(at)).sum();
        return (8..=15).contains(&digits).then_some((index, last, true));
    }
    let (first, last) = american(ground, hits, index)?;
    Some((first, last, true))
}

/// `214-555-0142`, `(214) 555-0142`, `(214)5550142`, `555-0142` with its word, ten digits with theirs.
fn american(ground: &Ground<'_>, hits: &Hits, index: usize) -> Option<(usize, usize)> {
    let digits = |at: usize| if hits.free(at) { ground.digits(at) } else { 0 };
    let bracketed = ground.before(index).ends_with('(');
    let ends = |last: usize| !goes_on(ground, last);
    if digits(index) == 3 && joins(ground.after(index)) {
        let same_kind = |last: usize| ground.after(index).contains(')') == bracketed && ends(last);
        if digits(index + 1) == 3 && joins(ground.after(index + 1)) && digits(index + 2) == 4 && same_kind(index + 2) {
            return Some((index, index + 2));
        }
        if bracketed && digits(index + 1) == 7 && same_kind(index + 1) {
            return Some((index, index + 1));
        }
        let short = matches!(ground.after(index), "-" | "." | " ") && digits(index + 1) == 4 && ends(index + 1);
        let called = ground.str(index) == "555" || ground.after(index) != " " && cue_before(ground, index, &PHONE, 3);
        return (short && called).then_some((index, index + 1));
    }
    let called = || cue_before(ground, index, &PHONE, 3) || cue_before(ground, index, &FAX, 3);
    // "614 5550117", "6145550117"
    let seven = digits(index) == 3 && digits(index + 1) == 7 && matches!(ground.after(index), " " | "-" | ".");
    if seven && ends(index + 1) {
        return Some((index, index + 1));
    }
    let ten = digits(index) == 10 && ends(index) || digits(index) == 7 && ground.str(index).starts_with("555");
    (ten && called()).then_some((index, index))
}

fn joins(gap: &str) -> bool {
    matches!(gap, "-" | "." | " " | ") " | ")" | "/" | ")-" | " - " | "–" | "‑" | "\u{a0}" | "/ " | " . ")
}

fn joined_before(ground: &Ground<'_>, index: usize) -> bool {
    index > 0
        && matches!(ground.before(index), "-" | "." | "/" | "–")
        && ground.word(index - 1).is_some_and(|word| word.has_digit())
}

/// A national drug code or a longer number goes on with a dash and more digits.
fn goes_on(ground: &Ground<'_>, last: usize) -> bool {
    matches!(ground.after(last), "-" | ".") && ground.word(last + 1).is_some_and(|word| word.has_digit())
        || ground.after(last) == "/" && !matches!(ground.digits(last + 1), 0 | 3 | 4)
}

/// `555-0117/0118`, `555-0117 or -0118`: the last four digits of a second line.
fn second(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
    let next = last + 1;
    let year = |at: usize| ground.number(at).is_some_and(|year| (1900..2100).contains(&year));
    if ground.after(last) == "/" && ground.digits(next) == 4 && hits.free(next) && !goes_on(ground, next) {
        return next;
    }
    let or = ground.is(next, &["or", "and"]) && ground.after(last) == " " && ground.digits(next + 1) == 4;
    if or && hits.free(next + 1) && (ground.after(next).ends_with('-') || !year(next + 1) && ground.digits(last) == 4) {
        return next + 1;
    }
    last
}

/// `ext 22`, `x4471`.
fn extension(ground: &Ground<'_>, last: usize) -> usize {
    let near = ground.after(last).len() <= 3 && !ground.after(last).contains('\n');
    if near && ground.is(last + 1, &["ext", "extension", "x", "extn"]) && ground.digits(last + 2) > 0 {
        return last + 2;
    }
    let word = ground.str(last + 1);
    let glued =
        word.strip_prefix(['x', 'X']).is_some_and(|rest| rest.len() >= 2 && rest.bytes().all(|b| b.is_ascii_digit()));
    if near && glued { last + 1 } else { last }
}

fn is_fax(ground: &Ground<'_>, first: usize) -> bool {
    for back in 1..=BACK {
        let Some(at) = first.checked_sub(back) else { return false };
        if ground.word(at).map(|word| word.line) != ground.word(first).map(|word| word.line) {
            return false;
        }
        if ground.is(at, &FAX) {
            return true;
        }
        if ground.digits(at) >= 3 || ground.shape(at) == Some(Shape::Initial) || ground.is(at, &PHONE) {
            return false;
        }
    }
    false
}

fn cue_before(ground: &Ground<'_>, index: usize, cues: &[&str], back: usize) -> bool {
    (1..=back).filter_map(|back| index.checked_sub(back)).any(|at| ground.is(at, cues))
}
