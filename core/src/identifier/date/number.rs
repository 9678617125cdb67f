//! Days in numbers: `3/4/1951`, `2026-01-19`, `19551203`, `02 / 24 / 2026`, `3/14-16`. A fraction, a score and a number
//! with an own meaning are none.

use crate::identifier::{
    found::Confidence::{self, Certain, Likely},
    ground::{Ground, Shape},
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
const MEASURED: [&str; 23] = [
    "inch", "inches", "in", "tablet", "tablets", "tab", "tabs", "cc", "ml", "mg", "cup", "dose", "hour", "hours",
    "mile", "strength", "murmur", "pain", "score", "unit", "units", "strain", "systolic",
];

const SCORED: [&str; 12] =
    ["pain", "strength", "motor", "score", "scale", "grade", "murmur", "gleason", "apgar", "rated", "power", "vas"];

fn separator(gap: &str) -> Option<char> {
    let mark = gap.trim_matches(' ');
    let mut marks = mark.chars();
    let first = marks.next().filter(|c| "/-.–".contains(*c))?;
    (marks.next().is_none() && gap.len() <= 3 + first.len_utf8() && !(first == '.' && gap.len() > 1)).then_some(first)
}

/// The day that these numbers are. `after_day` says that a day ended right before: "3/14/24-3/16/24".
pub(super) fn numbers(ground: &Ground<'_>, index: usize, after_day: bool) -> Option<(usize, Confidence)> {
    if !after_day && joined_before(ground, index) {
        return None;
    }
    if let Some(compact) = ground.number(index).filter(|_| ground.digits(index) == 8) {
        let (year, month, day) = (compact / 10_000, compact / 100 % 100, compact % 100);
        let american =
            (1900..2100).contains(&(compact % 10_000)) && is_day(compact / 1_000_000, compact / 10_000 % 100);
        return ((1900..2100).contains(&year) && is_day(month, day) || american).then_some((index, Likely));
    }
    // 14 digits are a day with its time, as systems write them.
    if matches!(ground.digits(index), 12 | 14) && ground.str(index).starts_with(['1', '2']) {
        let digits =
            |from: usize, to: usize| ground.str(index).get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0);
        let fits = (1900..2100).contains(&digits(0, 4)) && is_day(digits(4, 6), digits(6, 8)) && digits(8, 10) < 24;
        return fits.then_some((index, Likely));
    }
    if let Some(last) = on_the(ground, index).or_else(|| spaced(ground, index)) {
        return Some((last, Likely));
    }
    if is_packed(ground, index) {
        return Some((index, Likely));
    }
    let first = ground.number(index)?;
    let mark = separator(ground.after(index))?;
    let second = ground.number(index + 1)?;
    let lengths = (ground.digits(index), ground.digits(index + 1));
    if separator(ground.after(index + 1)) == Some(mark)
        && let Some(third) = leading(ground, index + 2)
        && !goes_on(ground, index + 2, mark)
    {
        let year = ground.str(index + 2).bytes().take_while(u8::is_ascii_digit).count();
        let fits = match (lengths, year) {
            ((4, 1 | 2), 1 | 2) => (1900..2100).contains(&first) && is_day(second, third),
            ((1 | 2, 1 | 2), 4) => (1900..2100).contains(&third) && either(first, second),
            ((2, 2), 2) if first > 31 => is_day(second, third),
            ((1 | 2, 1 | 2), 2) => {
                let version = index > 0
                    && ground
                        .is(index - 1, &["section", "sec", "version", "ver", "v", "chapter", "ch", "part", "edition"]);
                either(first, second) && (mark != '.' || lengths == (2, 2) || (20..=39).contains(&third) && !version)
            }
            _ => false,
        };
        return fits.then_some((index + 2, Certain));
    }
    if mark == '/'
        && let Some(last) = span_of_days(ground, index)
    {
        return Some((last, Certain));
    }
    // "2024-09"
    if mark == '-'
        && lengths == (4, 2)
        && (1900..2100).contains(&first)
        && is_day(second, 1)
        && ground.after(index) == "-"
    {
        let ends = !matches!(ground.after(index + 1), "-" | "/" | ".") || ground.after(index + 1).len() > 1;
        return (ends
            && !ground.word(index + 2).is_some_and(|word| ground.after(index + 1).is_empty() && word.has_digit()))
        .then_some((index + 1, Likely));
    }
    let is_short = matches!(lengths, (1 | 2, 1 | 2)) && is_day(first, second) && !goes_on(ground, index + 1, mark);
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

/// `3/14-16`, `3/14-16/24`, `3/14-3/16`, `12/30-1/2/24`: from one day to another.
fn span_of_days(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let to = index + 2;
    let (first, second) = (ground.number(index)?, ground.number(index + 1)?);
    let short = |at: usize| (1..=2).contains(&ground.digits(at));
    let joined = matches!(ground.after(index + 1), "-" | "–") || matches!(ground.after(index + 1), " - " | " – ");
    if !joined || !is_day(first, second) || !short(to) || !short(index) || !short(index + 1) {
        return None;
    }
    let day = ground.number(to)?;
    let slash = ground.after(to) == "/";
    if slash && short(to + 1) && is_day(day, ground.number(to + 1)?) {
        let year = ground.after(to + 1) == "/" && matches!(ground.digits(to + 2), 2 | 4);
        return Some(to + 1 + usize::from(year));
    }
    let year = slash && matches!(ground.digits(to + 1), 2 | 4);
    let ends = year || !matches!(ground.after(to), "-" | "/" | "." | "%");
    // "1/2-3 tablets" are no days.
    let counted = !year && (day <= second || ground.is(to + 1, &MEASURED) || ground.after(index + 1).len() > 3);
    (ends && (1..=31).contains(&day) && !counted).then_some(to + usize::from(year))
}

/// `06 09 1951`, as the boxes of a form have it.
fn spaced(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let lengths = [ground.digits(index), ground.digits(index + 1), ground.digits(index + 2)];
    let blanks =
        ground.after(index).trim_matches(' ').is_empty() && ground.after(index + 1).trim_matches(' ').is_empty();
    let day = is_day(ground.number(index)?, ground.number(index + 1)?);
    (lengths == [2, 2, 4] && blanks && day && is_year(ground, index + 2)).then_some(index + 2)
}

/// "DOB 030451", "dos 031424": six digits are a day only behind a word for one.
fn is_packed(ground: &Ground<'_>, index: usize) -> bool {
    let Some(number) = ground.number(index).filter(|_| ground.digits(index) == 6) else { return false };
    is_day(number / 10_000, number / 100 % 100)
        && (1..=2)
            .filter_map(|back| index.checked_sub(back))
            .any(|at| ground.is(at, &["dob", "dos", "birth", "born", "birthdate", "bd", "bday", "service"]))
        && !ground.before(index).contains('\n')
}

/// "on the 14th": a day of the month, when no thing is counted.
fn on_the(ground: &Ground<'_>, index: usize) -> Option<usize> {
    const NO_THING: [&str; 12] = ["and", "at", "with", "for", "was", "she", "he", "we", "but", "to", "by", "then"];
    let counted =
        ground.after(index) == " " && ground.shape(index + 1) == Some(Shape::Lower) && !ground.is(index + 1, &NO_THING);
    let told = index > 1
        && ground.is(index - 1, &["the"])
        && ground
            .is(index - 2, &["on", "since", "until", "from", "to", "by", "before", "after", "through", "thru", "till"])
        || index > 0 && (ground.roles(index - 1).any(Roles::WEEKDAY) || ground.is(index - 1, &["on", "since"]))
        || index > 1 && ground.is(index - 1, &["the"]) && ground.roles(index - 2).any(Roles::WEEKDAY);
    let is_ordinal = ground.shape(index) == Some(Shape::Mixed) && ordinal(ground, index).is_some();
    (is_ordinal && told && !counted && !ground.roles(index + 1).any(Roles::MONTH)).then_some(index)
}

fn expires(ground: &Ground<'_>, index: usize) -> bool {
    index > 0 && ground.is(index - 1, &["exp", "expires", "expiry", "expiration", "effective", "eff"])
}

pub(super) fn is_day(month: u32, day: u32) -> bool {
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

fn goes_on(ground: &Ground<'_>, last: usize, mark: char) -> bool {
    let gap = ground.after(last);
    let next = ground.word(last + 1).is_some_and(|word| word.has_digit());
    // "3/14/24-3/16/24": another mark, and what follows is a day, too
    let spans = matches!(gap, "-" | "–") && mark == '/' && (1..=2).contains(&ground.digits(last + 1));
    (matches!(gap, "-" | "." | "/") && next && !spans) || gap.starts_with('%')
}

fn is_fraction(ground: &Ground<'_>, index: usize, part: u32, whole: u32) -> bool {
    let before = |words: &[&str]| (1..=3).any(|back| index.checked_sub(back).is_some_and(|at| ground.is(at, words)));
    if ground.after(index + 1) == " " && ground.is(index + 2, &MEASURED)
        || matches!(whole, 5 | 6 | 10) && before(&SCORED)
    {
        return true;
    }
    // "Mon 3/4", "3/4 @ 0915", "3/4 at 9:15"
    let timed = ground.after(index + 1).contains('@') || ground.is(index + 2, &["at"]) && ground.digits(index + 3) > 0;
    let weekday = index > 0 && ground.roles(index - 1).any(Roles::WEEKDAY) && ground.before(index).len() <= 2;
    if timed || weekday {
        return false;
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

pub(super) fn ordinal(ground: &Ground<'_>, index: usize) -> Option<u32> {
    let word = ground.str(index);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = word.split_at_checked(digits)?;
    let ending_fits = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH");
    number.parse().ok().filter(|day| (1..=31).contains(day) && number.len() <= 2 && ending_fits)
}

pub(super) fn is_year(ground: &Ground<'_>, index: usize) -> bool {
    ground.digits(index) == 4 && ground.number(index).is_some_and(|year| (1900..2100).contains(&year))
}
