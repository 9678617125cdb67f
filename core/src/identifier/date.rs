//! Days and months, in the ways in which people write them. A year alone is no identifier, and neither is a fraction.

use super::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
};

/// Words before a short date.
const CUES: [&str; 27] = [
    "on",
    "dos",
    "dob",
    "date",
    "dated",
    "seen",
    "from",
    "to",
    "thru",
    "through",
    "between",
    "and",
    "until",
    "since",
    "service",
    "surgery",
    "visit",
    "born",
    "admit",
    "admitted",
    "discharged",
    "dates",
    "starts",
    "start",
    "of",
    "by",
    "dc",
];
/// What is counted in halves and quarters, and what is scored in fifths.
const MEASURED: [&str; 22] = [
    "inch", "inches", "in", "tablet", "tab", "tabs", "cc", "ml", "mg", "cup", "dose", "hour", "hours", "mile",
    "strength", "murmur", "pain", "score", "unit", "units", "strain", "systolic",
];
const SCORED: [&str; 12] =
    ["pain", "strength", "motor", "score", "scale", "grade", "murmur", "gleason", "apgar", "rated", "power", "vas"];

/// Feasts that are days.
const FEASTS: [(&str, &[&str]); 8] = [
    ("christmas", &["eve", "day"]),
    ("new", &["year's", "years"]),
    ("thanksgiving", &["day"]),
    ("independence", &["day"]),
    ("labor", &["day"]),
    ("memorial", &["day"]),
    ("valentine", &["day"]),
    ("easter", &["sunday", "monday"]),
];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    while index < ground.len() {
        let read = if hits.free(index) { day(ground, index) } else { None };
        let Some((last, confidence)) = read.filter(|(last, _)| hits.all_free(index, *last)) else {
            index += 1;
            continue;
        };
        let (first, last) = (begin(ground, hits, index), end(ground, hits, last));
        hits.take(ground, (first, last), Identifier::Date, confidence, "written as a date");
        index = last + 1;
    }
}

/// The day or month that begins with this word, and its last word.
fn day(ground: &Ground<'_>, index: usize) -> Option<(usize, super::found::Confidence)> {
    let word = ground.word(index)?;
    match word.shape {
        Shape::Digits | Shape::Mixed => numbers(ground, index).or_else(|| day_month(ground, index)),
        _ if word.roles.any(Roles::MONTH) => month_day(ground, index),
        _ => feast(ground, index).map(|last| (last, Certain)),
    }
}

fn separator(gap: &str) -> Option<char> {
    let mark = gap.trim_matches(' ');
    let mut marks = mark.chars();
    let first = marks.next().filter(|c| "/-.–".contains(*c))?;
    (marks.next().is_none() && gap.len() <= 3 + first.len_utf8() && !(first == '.' && gap.len() > 1)).then_some(first)
}

fn numbers(ground: &Ground<'_>, index: usize) -> Option<(usize, super::found::Confidence)> {
    if joined_before(ground, index) {
        return None;
    }
    if let Some(compact) = ground.number(index).filter(|_| ground.digits(index) == 8) {
        let (year, month, day) = (compact / 10_000, compact / 100 % 100, compact % 100);
        return ((1900..2100).contains(&year) && is_day(month, day)).then_some((index, Likely));
    }
    if let Some(last) = on_the(ground, index) {
        return Some((last, Likely));
    }
    let first = ground.number(index)?;
    let mark = separator(ground.after(index))?;
    let second = ground.number(index + 1)?;
    let lengths = (ground.digits(index), ground.digits(index + 1));
    if separator(ground.after(index + 1)) == Some(mark)
        && let Some(third) = leading(ground, index + 2)
        && !goes_on(ground, index + 2)
    {
        let year = ground.str(index + 2).bytes().take_while(u8::is_ascii_digit).count();
        let fits = match (lengths, year) {
            ((4, 1 | 2), 1 | 2) => (1900..2100).contains(&first) && is_day(second, third),
            ((1 | 2, 1 | 2), 4) => (1900..2100).contains(&third) && either(first, second),
            ((2, 2), 2) if first > 31 => is_day(second, third),
            ((1 | 2, 1 | 2), 2) => either(first, second) && (mark != '.' || lengths == (2, 2)),
            _ => false,
        };
        return fits.then_some((index + 2, Certain));
    }
    let is_short = matches!(lengths, (1 | 2, 1 | 2)) && is_day(first, second) && !goes_on(ground, index + 1);
    match mark {
        '/' if is_short && !is_fraction(ground, index, first, second) => Some((index + 1, Certain)),
        // "02/2026", but not when a drug expires
        '/' if lengths == (2, 4) && is_day(first, 1) && is_year(ground, index + 1) && !expires(ground, index) => {
            Some((index + 1, Likely))
        }
        '-' if is_short && ground.after(index) == "-" && stands_alone(ground, index) => Some((index + 1, Likely)),
        _ => None,
    }
}

/// "on the 14th": a day of the month, when no thing is counted.
fn on_the(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const NO_THING: [&str; 12] = ["and", "at", "with", "for", "was", "she", "he", "we", "but", "to", "by", "then"];
    let counted =
        ground.after(index) == " " && ground.shape(index + 1) == Some(Shape::Lower) && !ground.is(index + 1, &NO_THING);
    let told = index > 1
        && ground.is(index - 1, &["the"])
        && ground.is(index - 2, &["on", "since", "until", "from", "to", "by", "before", "after"]);
    let is_ordinal = ground.shape(index) == Some(Shape::Mixed) && ordinal(ground, index).is_some();
    (is_ordinal && told && !counted && !ground.roles(index + 1).any(Roles::MONTH)).then_some(index)
}

fn expires(ground: &Ground<'_>, index: usize) -> bool {
    index > 0 && ground.is(index - 1, &["exp", "expires", "expiry", "expiration", "effective", "eff"])
}

fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn either(one: u32, two: u32) -> bool {
    is_day(one, two) || is_day(two, one)
}

/// The number that a word begins with: the `28` of `28T19`.
fn leading(ground: &Ground<'_>, index: usize) -> Option<u32> {
    let word = ground.str(index);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let timed = digits == 2 && word.as_bytes().get(2) == Some(&b'T');
    if digits == word.len() || timed { word.get(..digits)?.parse().ok() } else { None }
}

fn joined_before(ground: &Ground<'_>, index: usize) -> bool {
    index > 0
        && (matches!(ground.before(index), "-" | "." | "/" | "," | "–")
            && ground.word(index - 1).is_some_and(|word| word.has_digit())
            || ground.before(index).ends_with(['$', '#', '-']) && !ground.before(index).ends_with(" - "))
}

fn goes_on(ground: &Ground<'_>, last: usize) -> bool {
    let gap = ground.after(last);
    matches!(gap, "-" | "." | "/") && ground.word(last + 1).is_some_and(|word| word.has_digit()) || gap.starts_with('%')
}

fn is_fraction(ground: &Ground<'_>, index: usize, part: u32, whole: u32) -> bool {
    let before = |words: &[&str]| (1..=3).any(|back| index.checked_sub(back).is_some_and(|at| ground.is(at, words)));
    if ground.after(index + 1) == " " && ground.is(index + 2, &MEASURED)
        || matches!(whole, 5 | 6 | 10) && before(&SCORED)
    {
        return true;
    }
    let common = part < whole && matches!(whole, 2 | 3 | 4 | 8 | 16) || part == whole && part == 1;
    common && !before(&CUES) && !marked(ground, index)
}

/// Between commas or brackets, or before a colon: "Jan 8; 3/2, 2 h".
fn marked(ground: &Ground<'_>, index: usize) -> bool {
    let after = ground.after(index + 1);
    ground.before(index).contains([',', '(', ';', ':', '|']) && after.starts_with([',', ')', ';', ':', '.', '\n', '|'])
}

fn stands_alone(ground: &Ground<'_>, index: usize) -> bool {
    marked(ground, index) || index > 0 && ground.is(index - 1, &["on", "dos", "dob", "seen", "date", "since", "until"])
}

fn ordinal(ground: &Ground<'_>, index: usize) -> Option<u32> {
    let word = ground.str(index);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = word.split_at_checked(digits)?;
    let ending_fits = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH");
    number.parse().ok().filter(|day| (1..=31).contains(day) && number.len() <= 2 && ending_fits)
}

fn is_year(ground: &Ground<'_>, index: usize) -> bool {
    ground.digits(index) == 4 && ground.number(index).is_some_and(|year| (1900..2100).contains(&year))
}

/// "Feb 11", "March 4-6, 2026", "Feb 2026".
fn month_day(ground: &Ground<'_>, index: usize) -> Option<(usize, super::found::Confidence)> {
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
fn day_month(ground: &Ground<'_>, index: usize) -> Option<(usize, super::found::Confidence)> {
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

fn feast(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if ground.shape(index) != Some(Shape::Capital) {
        return None;
    }
    let (_, more) = FEASTS.iter().find(|(first, _)| ground.is(index, &[first]))?;
    let second = ground.is(index + 1, more) && ground.after(index).trim_start_matches(['\'', '’', 's']).len() <= 1;
    if ground.is(index, &["new"]) {
        return (second && ground.is(index + 2, &["eve", "day"])).then_some(index + 2);
    }
    if second { Some(index + 1) } else { ground.is(index, &["christmas", "thanksgiving"]).then_some(index) }
}

/// "Tue, Feb 24", "yesterday, 3/9": the word before belongs to it.
fn begin(ground: &Ground<'_>, hits: &Hits, index: usize) -> usize {
    let Some(before) = index.checked_sub(1) else { return index };
    let joined = matches!(ground.before(index), ", " | " " | " (" | ",");
    let day = ground.roles(before).any(Roles::WEEKDAY) && ground.word(before).is_some_and(|word| word.is_capital())
        || ground.is(before, &["yesterday", "today"]);
    if joined && day && hits.free(before) { before } else { index }
}

/// "… at 9:14 AM": the time behind belongs to it.
fn end(ground: &Ground<'_>, hits: &Hits, last: usize) -> usize {
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
