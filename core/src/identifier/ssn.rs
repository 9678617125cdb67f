//! Social security numbers, and the beneficiary numbers that Medicare made of them or put in their place.

use super::{
    found::Confidence,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
};

const CUES: [&str; 7] = ["ssn", "ss", "social", "ssns", "socials", "soc", "itin"];
/// What may stand between the cue and the number.
const BETWEEN: [&str; 24] = [
    "security", "sec", "xxx", "xx", "x", "of", "number", "no", "nr", "num", "last", "four", "digits", "4", "is", "was",
    "ending", "in", "ends", "end", "with", "for", "his", "her",
];

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    CUES.into_iter().chain(["last"]).collect()
}

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !hits.free(index) {
            continue;
        }
        if let Some(last) = beneficiary(ground, index) {
            hits.take(
                ground,
                (index, last),
                Identifier::HealthPlan,
                Confidence::Certain,
                "the form of a Medicare number",
            );
        } else if is_masked(ground, index) {
            let first = (index.saturating_sub(2)..index).find(|at| is_crossed(ground, *at)).unwrap_or(index);
            let first = if hits.all_free(first, index) { first } else { index };
            hits.take(ground, (first, index), Identifier::Ssn, Confidence::Certain, "its form");
        } else if let Some((last, identifier)) = in_groups(ground, index) {
            if hits.all_free(index, last) {
                hits.take(ground, (index, last), identifier, Confidence::Certain, "its form");
            }
        } else if ground.roles(index).any(Roles::CUE) && ground.is(index, &CUES) {
            after_cue(ground, hits, index);
        } else if ground.roles(index).any(Roles::CUE) && ground.is(index, &["last"]) || ground.str(index) == "last4" {
            last_four(ground, hits, index);
        }
    }
}

/// `***-**-5127`, `xxx-xx-0344`, `###-##-1120`: four digits whose first five are crossed out.
fn is_masked(ground: &Ground<'_>, index: usize) -> bool {
    if ground.digits(index) != 4 {
        return false;
    }
    let gap = ground.before(index);
    let marks = gap.chars().filter(|c| matches!(c, '*' | '#' | '•' | '●')).count();
    let crossed = gap.ends_with(['-', ' ', '–', '*', '#', '•', '●']) && marks >= 4 && !gap.contains('\n');
    let joined = |at: usize| matches!(ground.before(at), "-" | " " | "–" | "");
    crossed
        || joined(index)
            && index >= 2
            && ground.str(index - 1).len() == 2
            && is_crossed(ground, index - 1)
            && is_crossed(ground, index - 2)
            && joined(index - 1)
        || joined(index) && index >= 1 && is_crossed(ground, index - 1) && ground.str(index - 1).len() == 5
}

/// `xxx`, `XX`
fn is_crossed(ground: &Ground<'_>, index: usize) -> bool {
    ground.str(index).len() >= 2 && ground.str(index).bytes().all(|byte| matches!(byte, b'x' | b'X'))
}

/// `078-05-1120`; with blanks or full stops too. A letter behind it makes it the old claim number of Medicare.
fn in_groups(ground: &Ground<'_>, index: usize) -> Option<(usize, Identifier)> {
    let gap = ground.after(index);
    let dashed = matches!(gap, "-" | "–" | "‑" | "." | "/" | " - ") && ground.after(index + 1) == gap;
    let spaced = gap == " " && ground.after(index + 1) == " ";
    let joined = matches!(ground.before(index), "-" | "." | "/");
    if ground.digits(index) != 3 || ground.digits(index + 1) != 2 || joined || !(dashed || spaced) {
        return None;
    }
    let last = index + 2;
    let goes_on = matches!(ground.after(last), "-" | "/") && ground.word(last + 1).is_some_and(|word| word.has_digit());
    let word = ground.str(last);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, word.len()) {
        (4, 4) if ground.after(last) == "-" && ground.shape(last + 1) == Some(Shape::Initial) => {
            Some((last + 1, Identifier::HealthPlan))
        }
        (4, 4) if !goes_on => Some((last, Identifier::Ssn)),
        (4, 5 | 6) if dashed => Some((last, Identifier::HealthPlan)),
        _ => None,
    }
}

/// A Medicare beneficiary identifier, by the places that CMS gives letters and digits; with dashes or without.
fn beneficiary(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    let fits = |text: &[u8]| {
        let [one, two, three, four, five, six, seven, eight, nine, ten, eleven] = text else { return false };
        let digit = u8::is_ascii_digit;
        let either = |byte: u8| letter(byte) || byte.is_ascii_digit();
        (b'1'..=b'9').contains(one)
            && letter(*two)
            && either(*three)
            && digit(four)
            && letter(*five)
            && either(*six)
            && digit(seven)
            && letter(*eight)
            && letter(*nine)
            && digit(ten)
            && digit(eleven)
    };
    if ground.shape(index) != Some(Shape::Mixed) {
        return None;
    }
    let word = ground.str(index);
    if word.len() == 11 {
        return fits(word.as_bytes()).then_some(index);
    }
    let dash = |at: usize| matches!(ground.after(at), "-" | "–" | " ");
    let [four, three, rest] = [word, ground.str(index + 1), ground.str(index + 2)];
    if four.len() != 4 || three.len() != 3 || rest.len() != 4 || !dash(index) || !dash(index + 1) {
        return None;
    }
    fits([four, three, rest].concat().as_bytes()).then_some(index + 2)
}

/// `SSN 078051120`, "SSN last four 4410".
fn after_cue(ground: &Ground<'_>, hits: &mut Hits, cue: usize) {
    let mut at = cue + 1;
    while at <= cue + 6 && ground.is(at, &BETWEEN) && !(ground.is(at, &["4"]) && ground.digits(at + 1) == 0) {
        at += 1;
    }
    if ground.after(at - 1).contains('\n') {
        return;
    }
    let mut last = at;
    while last < at + 2 && matches!(ground.after(last), " " | "-") && ground.digits(last + 1) > 0 && hits.free(last + 1)
    {
        last += 1;
    }
    let digits: usize = (at..=last).map(|at| ground.digits(at)).sum();
    // "social 2024" is no number
    let year = last == at && digits == 4 && ground.is(cue, &["social", "ss", "soc"]) && at == cue + 1;
    if matches!(digits, 4 | 9)
        && hits.all_free(at, last)
        && !(year && ground.number(at).is_some_and(|year| (1900..2100).contains(&year)))
    {
        hits.take(ground, (at, last), Identifier::Ssn, Confidence::Certain, "the word before it");
    }
}

/// "last four 4410", "last4 3391".
fn last_four(ground: &Ground<'_>, hits: &mut Hits, cue: usize) {
    let mut at = cue + 1;
    if ground.is(cue, &["last"]) {
        if !ground.is(at, &["four", "4"]) {
            return;
        }
        at += 1;
    }
    while ground.is(at, &["digits", "is", "of", "ssn", "social", "the", "her", "his", "security", "number"]) {
        at += 1;
    }
    if ground.digits(at) == 4 && hits.free(at) && !ground.after(at - 1).contains('\n') {
        hits.take(ground, (at, at), Identifier::Ssn, Confidence::Certain, "the word before it");
    }
}
