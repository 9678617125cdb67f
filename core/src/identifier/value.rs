//! The extent of a number that somebody gave to something: `E-114-7203`, `W220 0417 6601`, `TX 20610447`.

use super::{
    ground::{Ground, Shape},
    hits::Hits,
};

/// The most words that one number has.
const MOST: usize = 8;

/// A number with its digits and letters counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) last: usize,
    pub(super) digits: usize,
    pub(super) letters: usize,
}

/// The number that begins with this word; none when no digit is in it.
pub(super) fn at(ground: &Ground<'_>, hits: &Hits, first: usize, over_blanks: bool) -> Option<Value> {
    if !hits.free(first) || !begins(ground, first) {
        return None;
    }
    let mut last = first;
    while last + 1 < first + MOST && hits.free(last + 1) && belongs(ground, hits, last, over_blanks) {
        last += 1;
    }
    let text = (first..=last).map(|at| ground.str(at));
    let (mut digits, mut letters) = (0, 0);
    for byte in text.flat_map(str::bytes) {
        digits += usize::from(byte.is_ascii_digit());
        letters += usize::from(byte.is_ascii_alphabetic());
    }
    (digits > 0).then_some(Value { last, digits, letters })
}

/// Digits, or a few capital letters before them.
fn begins(ground: &Ground<'_>, first: usize) -> bool {
    match ground.shape(first) {
        Some(Shape::Digits | Shape::Mixed) => true,
        Some(Shape::Upper | Shape::Initial) => {
            let next = ground
                .word(first + 1)
                .is_some_and(|word| word.has_digit() || word.shape == Shape::Upper || word.shape == Shape::Initial);
            ground.str(first).len() <= 5 && next && matches!(ground.after(first), "-" | " " | "/" | "_" | "." | "")
        }
        _ => false,
    }
}

fn belongs(ground: &Ground<'_>, hits: &Hits, last: usize, over_blanks: bool) -> bool {
    let (gap, next) = (ground.after(last), last + 1);
    let Some(word) = ground.word(next) else { return false };
    let short = ground.str(next).len() <= 4;
    match gap {
        // `VP_2271_KELLER`: what holds the names of files and logins together.
        "_" => true,
        "-" | "/" | "^^^" | "^" | "–" | "-#" | "" => {
            word.has_digit() || matches!(word.shape, Shape::Upper | Shape::Initial) && short
        }
        "." | ":" => word.has_digit() && ground.str(last).len() < 12,
        ")" | "(" | ")(" => word.has_digit() && ground.str(next).len() >= 2,
        " " if over_blanks => {
            let begun = ground.word(last).is_some_and(|word| word.has_digit());
            let most = if hits.knows_codes { 6 } else { 4 };
            let upper = ground.str(next).bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
            word.has_digit()
                && upper
                && ground.str(last).len() <= most
                && (!begun || ground.str(last).len() >= 2 || ground.digits(next) > 0)
        }
        _ => false,
    }
}
