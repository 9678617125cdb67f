//! Days with the name of a month: "Feb 11", "March 4-6, 2026", "3rd of March", `14MAR24`, "May the fourth".

use super::number::{is_year, ordinal};
use crate::identifier::{
    found::Confidence::{self, Certain, Likely},
    ground::{Ground, Shape},
    lexicon::{self, Roles},
};

/// "Feb 11", "March 4-6, 2026", "Feb 2026".
pub(super) fn month_day(ground: &Ground<'_>, index: usize) -> Option<(usize, Confidence)> {
    let is_may = ground.is(index, &["may"]);
    let is_word = is_may || ground.is(index, &["march", "mar", "sat", "sun"]);
    if is_word && ground.shape(index) == Some(Shape::Lower) && (is_may || ordinal(ground, index + 1).is_none()) {
        return None;
    }
    let gap = ground.after(index);
    let blank = matches!(gap, " " | ". " | "-" | "  " | ", " | "\u{a0}" | "." | "/");
    if blank && ordinal(ground, index + 1).is_some() && !goes_on_as_number(ground, index + 1) {
        let mut last = index + 1;
        if matches!(ground.after(last), "-" | "–" | " - ")
            && ordinal(ground, last + 1).is_some()
            && !is_year(ground, last + 1)
        {
            last += 1;
        }
        let dated = matches!(ground.after(last), ", " | " " | "-" | "/" | ",") && is_year(ground, last + 1);
        if dated {
            return Some((last + 1, Certain));
        }
        // "May 5 units be billed?"
        let counted = is_may
            && ground.shape(last) == Some(Shape::Digits)
            && ground.shape(last + 1) == Some(Shape::Lower)
            && ground.after(last) == " "
            && !ground
                .is(last + 1, &["and", "or", "to", "for", "at", "with", "was", "is", "she", "he", "we", "the", "in"]);
        return (!counted).then_some((last, Certain));
    }
    let published = |at: usize| {
        ground.is(at, &["edition", "update", "release", "file", "files", "manual", "list", "edits", "tables"])
    };
    if matches!(gap, " " | ", " | ". " | "-") && is_year(ground, index + 1) {
        return (!published(index + 2)).then_some((index + 1, Likely));
    }
    // "Mar '26"
    if matches!(gap, " '" | " ’" | "'" | "’") && ground.digits(index + 1) == 2 {
        return Some((index + 1, Certain));
    }
    // "G2086 for January": the month of a patient's service.
    let after_for = index > 0
        && ground.shape(index) == Some(Shape::Capital)
        && ground.is(index - 1, &["for", "in", "since", "until", "last", "early", "late", "mid"]);
    (after_for && !published(index + 1)).then_some((index, Likely))
}

fn goes_on_as_number(ground: &Ground<'_>, index: usize) -> bool {
    let joined = matches!(ground.after(index), "." | "," | "/") && ground.digits(index + 1) > 0;
    joined && !is_year(ground, index + 1)
}

/// "12 February", "3rd of March", "4-Jul-1936".
pub(super) fn day_month(ground: &Ground<'_>, index: usize) -> Option<(usize, Confidence)> {
    ordinal(ground, index)?;
    if index > 0 && ground.before(index).ends_with(['.', '/', '$', '-']) && ground.before(index).len() == 1 {
        return None;
    }
    let of = ground.is(index + 1, &["of"]) && ground.after(index) == " ";
    let month = index + 1 + usize::from(of);
    let gap = ground.before(month);
    if !ground.roles(month).any(Roles::MONTH) || !matches!(gap, " " | "-" | "." | ". " | "/") {
        return None;
    }
    // "5 may be billed", "2 mar"
    if ground.is(month, &["may", "mar", "march"]) && ground.shape(month) == Some(Shape::Lower) {
        return None;
    }
    let joined = matches!(ground.after(month), " " | "-" | ", " | ". " | "/" | "." | "\u{a0}");
    let short_year = ground.digits(month + 1) == 2 && matches!(ground.after(month), " " | "-" | "/");
    let counted =
        ground.after(month + 1) == " " && ground.is(month + 1 + 1, &["units", "visits", "lines", "times", "mg"]);
    let dated = joined && (is_year(ground, month + 1) || short_year && !counted);
    Some((month + usize::from(dated), Certain))
}

/// The last word of a day of the month in words: "fourteenth", "twenty-first".
pub(super) fn spelled_day(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const DAYS: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const TENS: [&str; 2] = ["twentieth", "thirtieth"];
    if ground.is(index, &["twenty", "thirty"]) && matches!(ground.after(index), "-" | " ") {
        return ground.is(index + 1, &DAYS[..9]).then_some(index + 1);
    }
    let is_day = ground.str(index).ends_with("th") || ground.is(index, &DAYS[..3]);
    (is_day && (ground.is(index, &DAYS) || ground.is(index, &TENS))).then_some(index)
}

/// "March fourteenth", "May the fourth".
pub(super) fn spelled_behind(ground: &Ground<'_>, index: usize) -> Option<(usize, Confidence)> {
    let next = index + 1 + usize::from(ground.is(index + 1, &["the"]));
    if ground.after(index) != " " || ground.shape(index) != Some(Shape::Capital) {
        return None;
    }
    if ground.is(index + 1, &["the"]) && ordinal(ground, next).is_some() && ground.shape(next) == Some(Shape::Mixed) {
        return Some((next, Certain));
    }
    let last = spelled_day(ground, next)?;
    let dated = matches!(ground.after(last), ", " | " ") && is_year(ground, last + 1);
    Some((last + usize::from(dated), Certain))
}

/// "the fourth of March", "twenty-first March".
pub(super) fn spelled_before(ground: &Ground<'_>, index: usize) -> Option<(usize, Confidence)> {
    let last = spelled_day(ground, index)?;
    let month = last + 1 + usize::from(ground.is(last + 1, &["of"]));
    let fits = ground.roles(month).any(Roles::MONTH)
        && ground.word(month).is_some_and(|word| word.is_capital())
        && ground.before(month) == " ";
    let dated = matches!(ground.after(month), ", " | " ") && is_year(ground, month + 1);
    fits.then_some((month + usize::from(dated), Certain))
}

/// `14Mar2024`, `3MAR`, `Mar14`, written in one.
pub(super) fn glued(ground: &Ground<'_>, index: usize) -> bool {
    let word = ground.str(index);
    if !(4..=11).contains(&word.len()) || !word.is_ascii() {
        return false;
    }
    let (day, rest) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
    let (month, year) = rest.split_at(rest.bytes().take_while(u8::is_ascii_alphabetic).count());
    let number = |digits: &str| digits.len() <= 2 && digits.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
    month.len() >= 3
        && lexicon::roles(month).any(Roles::MONTH)
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && (number(day) && matches!(year.len(), 0 | 2 | 4) || day.is_empty() && number(year))
}

/// What is listed behind a month and its day: "March 4, 6 and 11", "Feb 2/9/16".
pub(super) fn more_days(ground: &Ground<'_>, last: usize) -> usize {
    let mut last = last;
    loop {
        let mut next = last + 1;
        let gap = ground.after(last);
        if ground.is(next, &["and", "or", "to", "thru", "through"])
            && matches!(gap, " " | ", ")
            && ground.after(next) == " "
        {
            next += 1;
        } else if !matches!(gap, ", " | " & " | "/" | ",") {
            return last;
        }
        let day = ordinal(ground, next).is_some() && ground.str(next).len() <= 4;
        let after = ground.after(next);
        let ends = after.is_empty()
            || after.starts_with([',', '.', ';', ')', '\n', ':', '?', '&'])
            || after == "/"
            || ground.is(next + 1, &["and", "or", "for", "with", "at", "were", "was", "in", "to"])
            || ground.shape(next) == Some(Shape::Mixed);
        let number = matches!(after, "." | "," | "/" | ":") && ground.digits(next + 1) > 2;
        if !day || !ends || number || ground.roles(next + 1).any(Roles::MONTH) {
            return last;
        }
        let year = after == ", " && is_year(ground, next + 1);
        last = next + usize::from(year);
        if year {
            return last;
        }
    }
}
