//! Ages of 90 and more; younger ages may be told (45 CFR 164.514(b)(2)(i)(C)).

use super::{
    found::Confidence::{Certain, Likely},
    ground::Ground,
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
};

const OLD: [&str; 12] = ["year", "years", "yr", "yrs", "yo", "y", "yof", "yom", "year-old", "birthday", "jahre", "F"];
const CUES: [&str; 6] = ["age", "aged", "ages", "turned", "turning", "turns"];

/// "ninety-four years old", "a centenarian"; a number read aloud, "ninety six three seven two", is no age.
fn is_spelled(ground: &Ground<'_>, index: usize) -> bool {
    let years = (index + 1..index + 4).any(|at| ground.is(at, &["year", "years", "yo", "birthday"]));
    ground.is(index, &SPELLED) && (years || !ground.is(index, &["ninety"]))
}

/// Ages in words.
const SPELLED: [&str; 5] = ["ninety", "nineties", "nonagenarian", "centenarian", "supercentenarian"];

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    SPELLED.to_vec()
}

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if hits.free(index) && ground.roles(index).any(Roles::CUE) && is_spelled(ground, index) {
            hits.take(ground, (index, index), Identifier::Age, Certain, "an age over 89");
            continue;
        }
        let Some(age) = age(ground, index).filter(|_| hits.free(index)) else { continue };
        if age < 90 {
            going_on(ground, hits, index);
            continue;
        }
        let joined = matches!(ground.after(index), " " | "-" | "");
        let told = is_told(ground, index);
        let comma = ground.before(index) == ", "
            && (stops(ground.after(index)) || ground.is(index + 1, &["and", "with", "who", "in", "from"]));
        let bracket = ground.before(index) == " (" && ground.after(index).starts_with(')');
        let listed = (comma || bracket) && after_name(ground, index);
        if told || joined && is_old(ground, index) || glued(ground, index) {
            let last = of_age(ground, index);
            hits.take(ground, (index, last), Identifier::Age, Certain, "an age over 89");
        } else if is_said(ground, index) || listed {
            hits.take(ground, (index, index), Identifier::Age, Likely, "it may be an age over 89");
        }
    }
}

/// "age 91", "age of 94", "age: 97", "will be 90".
fn is_told(ground: &Ground<'_>, index: usize) -> bool {
    let before = |back: usize, words: &[&str]| index.checked_sub(back).is_some_and(|at| ground.is(at, words));
    ground.after(index).starts_with('+') || before(1, &CUES) || before(1, &["of", "is"]) && before(2, &["age"])
}

/// "89 going on 90".
fn going_on(ground: &Ground<'_>, hits: &mut Hits, index: usize) {
    let words = ground.is(index + 1, &["going"]) && ground.is(index + 2, &["on"]);
    if words && ground.number(index + 3) == Some(90) {
        hits.take(ground, (index, index + 3), Identifier::Age, Certain, "an age over 89");
    }
}

fn age(ground: &Ground<'_>, index: usize) -> Option<u32> {
    let digits = ground.str(index).bytes().take_while(u8::is_ascii_digit).count();
    let age = if matches!(digits, 2 | 3) { ground.str(index).get(..digits)?.parse().ok()? } else { return None };
    (89..=120).contains(&age).then_some(age)
}

fn is_old(ground: &Ground<'_>, index: usize) -> bool {
    let next = index + 1;
    if ground.is(next, &["y", "yr", "yrs"]) {
        return true;
    }
    ground.is(next, &OLD[..2]) && (ground.is(next + 1, &["old", "of"]) || stops(ground.after(next)))
        || ground.is(next, &["yo", "yof", "yom", "birthday"])
}

/// `92yo`, `95F`.
fn glued(ground: &Ground<'_>, index: usize) -> bool {
    let ending = ground.str(index).trim_start_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    matches!(ending.as_str(), "yo" | "yr" | "yrs" | "y" | "yof" | "yom" | "m")
}

/// The words "y/o", "yrs", "years of age" belong to it.
fn of_age(ground: &Ground<'_>, index: usize) -> usize {
    let next = index + 1;
    if ground.is(next, &["y"]) && ground.is(next + 1, &["o"]) {
        return next + 1;
    }
    if ground.is(next, &["years"]) && ground.is(next + 1, &["of"]) && ground.is(next + 2, &["age"]) {
        return next + 2;
    }
    if ground.is(next, &["yo", "yrs", "yr"]) { next } else { index }
}

/// "She is 95.", "died at 101."
fn is_said(ground: &Ground<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    let person = before
        .checked_sub(1)
        .is_some_and(|at| ground.is(at, &["he", "she", "patient", "mother", "father", "who", "pt", "husband", "wife"]));
    let is = ground.is(before, &["is", "was", "now", "be"]) && person
        || ground.is(before, &["he", "she"]) && matches!(ground.before(index), "'s " | "’s ");
    let died = ground.is(before, &["at"])
        && (2..=8)
            .filter_map(|back| index.checked_sub(back))
            .any(|at| ground.is(at, &["died", "dies", "passed", "death"]));
    (is || died)
        && ground.before(index).ends_with(' ')
        && (stops(ground.after(index)) || ground.is(index + 1, &["and"]))
}

fn stops(gap: &str) -> bool {
    gap.is_empty() || gap.starts_with(['.', ',', ';', ')', '\n', '?'])
}

/// A name stands before the comma.
fn after_name(ground: &Ground<'_>, index: usize) -> bool {
    index
        .checked_sub(1)
        .and_then(|before| ground.word(before))
        .is_some_and(|word| word.is_capital() && !word.roles.any(Roles::PLAIN) || word.roles.any(Roles::PERSON))
}
