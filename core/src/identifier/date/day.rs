//! The days of a text, each with its weekday and its time: which way of writing it is tried at which word.

use super::{feast, number, word};
use crate::identifier::{
    found::Confidence::{self, Certain},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
};

pub(in crate::identifier) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    // The word behind the last day: what a dash joins to it is one, too.
    let mut behind = usize::MAX;
    while index < ground.len() {
        let after_day = index == behind && matches!(ground.before(index), "-" | "–" | "/" | "," | "+" | "&");
        let read = if hits.free(index) { day(ground, index, after_day) } else { None };
        let Some((last, confidence)) = read.filter(|(last, _)| hits.all_free(index, *last)) else {
            index += 1;
            continue;
        };
        let (first, last) = (begin(ground, hits, index), end(ground, hits, last));
        let more = if ground.roles(index).any(Roles::MONTH) { word::more_days(ground, last) } else { last };
        let last = if hits.all_free(first, more) { more } else { last };
        hits.take(ground, (first, last), Identifier::Date, confidence, "written as a date");
        index = last + 1;
        behind = index;
    }
}

/// The day or month that begins with this word, and its last word.
fn day(ground: &Ground<'_>, index: usize, after_day: bool) -> Option<(usize, Confidence)> {
    let read = ground.word(index)?;
    match read.shape {
        Shape::Mixed if word::glued(ground, index) => Some((index, Certain)),
        Shape::Digits | Shape::Mixed => {
            number::numbers(ground, index, after_day).or_else(|| word::day_month(ground, index))
        }
        _ if read.roles.any(Roles::MONTH) => {
            word::spelled_behind(ground, index).or_else(|| word::month_day(ground, index))
        }
        Shape::Lower | Shape::Capital if word::spelled_day(ground, index).is_some() => {
            word::spelled_before(ground, index)
        }
        _ => feast::feast(ground, index).map(|last| (last, Certain)),
    }
}

/// "Tue, Feb 24", "yesterday, 3/9": the word before belongs to it.
fn begin(ground: &Ground<'_>, hits: &Hits, index: usize) -> usize {
    let Some(before) = index.checked_sub(1) else { return index };
    // "2024 Mar 14", "2024-Mar-14"
    let month = ground.roles(index).any(Roles::MONTH) && matches!(ground.before(index), "-" | " " | "/");
    if month && number::is_year(ground, before) && hits.free(before) {
        return before;
    }
    // "5 & 6 June", "5-6 June"
    let joined = matches!(ground.before(index), " & " | "-" | "–" | "/" | " and ");
    if joined && ground.digits(index) > 0 && (1..=2).contains(&ground.digits(before)) && hits.free(before) {
        let month = ground.roles(index + 1).any(Roles::MONTH) && ground.after(index) == " ";
        let day = ground.number(before).is_some_and(|day| (1..=31).contains(&day));
        if month && day {
            return before;
        }
    }
    let joined = matches!(ground.before(index), ", " | " " | " (" | ",");
    let day = ground.roles(before).any(Roles::WEEKDAY) && ground.word(before).is_some_and(|word| word.is_capital())
        || ground.is(before, &["yesterday", "today"]);
    if joined && day && hits.free(before) { before } else { index }
}

/// "… at 9:14 AM": the time behind belongs to it.
fn end(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
    // "4th March '25"
    let last = last
        + usize::from(matches!(ground.after(last), " '" | " ’") && ground.digits(last + 1) == 2 && hits.free(last + 1));
    let mut at = last + 1;
    if ground.str(last).contains('T') && ground.after(last) == ":" && ground.digits(at) == 2 {
        return at;
    }
    if ground.is(at, &["at"]) && ground.after(last) == " " {
        at += 1;
    }
    let near = matches!(ground.before(at), " " | ", " | " @ " | "  ");
    if !near || ground.digits(at) == 0 || ground.digits(at) > 2 || ground.after(at) != ":" || ground.digits(at + 1) != 2
    {
        return last;
    }
    at += 1;
    if ground.after(at) == ":" && ground.digits(at + 1) == 2 {
        at += 1;
    }
    if ground.is(at + 1, &["am", "pm"]) && matches!(ground.after(at), " " | "" | "\u{202f}" | "\u{a0}") {
        at += 1;
    }
    if (last + 1..=at).all(|index| hits.free(index)) { at } else { last }
}
