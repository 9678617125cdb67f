//! Ages in words: "ninety-four", "in her nineties", "a hundred and two years old".

use super::{
    cue::{CUES, GOES_ON, IS, WHO},
    number::stops,
};
use crate::identifier::ground::Ground;

/// Ages in words.
const SPELLED: [&str; 9] = [
    "ninety",
    "nineties",
    "nonagenarian",
    "centenarian",
    "supercentenarian",
    "nonagenarians",
    "centenarians",
    "ninetieth",
    "nonogenarian",
];
const ONES: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The words that a closer look begins at.
pub(in crate::identifier) fn cues() -> Vec<&'static str> {
    [&SPELLED[..], &["hundred"]].concat()
}

/// "ninety-four years old", "a centenarian", "one hundred and two years old"; a number read aloud, "ninety six three
/// seven two", and "ninety days" are no ages.
pub(super) fn spelled(ground: &Ground<'_>, index: usize) -> Option<(usize, usize)> {
    let years = |from: usize| {
        (from..from + 2).any(|at| ground.is(at, &["year", "years", "yo", "yr", "yrs", "birthday", "old"]))
    };
    if ground.is(index, &SPELLED[1..]) && !ground.is(index + 1, &["day", "percentile"]) {
        return Some((index, index));
    }
    if ground.is(index, &["hundred"]) {
        let one = index > 0 && ground.is(index - 1, &["one", "a"]);
        let mut last = index + usize::from(ground.is(index + 1, &["and"]));
        last = if ground.is(last + 1, &ONES) || ground.is(last + 1, &["ten"]) { last + 1 } else { index };
        let before = |words: &[&str]| index > 1 && ground.is(index - 2, words);
        let person =
            before(&["is", "was", "turned", "turning", "turns", "nearly", "almost", "pushing", "past", "age", "aged"]);
        return (one && (years(last + 1) || person && stops(ground.after(last)))).then_some((index - 1, last));
    }
    if !ground.is(index, &SPELLED[..1]) {
        return None;
    }
    let one = matches!(ground.after(index), "-" | " " | "‑" | "–") && ground.is(index + 1, &ONES);
    let last = index + usize::from(one);
    if ground.is(last + 1, &["something", "ish", "plus", "odd"]) && ground.after(last).len() <= 1 {
        return Some((index, last + 1));
    }
    let counted = ground.is(
        last + 1,
        &[
            "days", "day", "minutes", "percent", "dollars", "units", "hours", "mg", "one", "two", "three", "four",
            "five", "six", "seven", "eight", "nine", "zero", "oh",
        ],
    );
    if counted {
        return None;
    }
    let before = |back: usize, words: &[&str]| index.checked_sub(back).is_some_and(|at| ground.is(at, words));
    let person = before(1, &IS) && before(2, &WHO)
        || before(1, &["he", "she"])
        || before(1, &CUES)
        || before(1, &["of", "to"]) && before(2, &["age", "close"]);
    let ends = stops(ground.after(last));
    let nearly = before(
        1,
        &["turned", "turning", "turns", "nearly", "almost", "pushing", "past", "over", "hit", "now", "is", "be"],
    );
    // "Violet Hand, ninety-four, fell"
    let told = one && (ends || ground.is(last + 1, &GOES_ON)) && !ground.before(index).contains('-');
    let read_aloud = before(1, &ONES) || before(1, &["zero", "oh"]) || index > 0 && ground.digits(index - 1) > 0;
    (years(last + 1) || person || (nearly && ends || told) && !read_aloud).then_some((index, last))
}
