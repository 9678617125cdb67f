//! Ages of 90 and more; younger ages may be told (45 CFR 164.514(b)(2)(i)(C)).
//!
//! A number is an age by what follows it ("94 y/o", "94F", "94-year-old", "94th birthday"), by what goes before it
//! ("age 94", "turned 94", "she is 94", "mid-90s"), or because it stands beside a name, which
//! [`beside`](crate::identifier::beside) knows.

use super::{
    cue::{CUES, GOES_ON, IS, SEX, WHO, WHOM, YEARS},
    word,
};
use crate::identifier::{
    found::Confidence::{self, Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
};

pub(in crate::identifier) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !hits.free(index) {
            continue;
        }
        if ground.roles(index).any(Roles::CUE) {
            if let Some((first, last)) =
                word::spelled(ground, index).filter(|(first, last)| hits.all_free(*first, *last))
            {
                hits.take(ground, (first, last), Identifier::Age, Certain, "an age over 89");
            }
        } else if let Some(age) = age(ground, index) {
            let told = told(ground, index, age).or_else(|| after_birth(ground, hits, index, age));
            if let Some((last, confidence)) = told.filter(|(last, _)| hits.all_free(index, *last)) {
                hits.take(ground, (index, last), Identifier::Age, confidence, "an age over 89");
                second(ground, hits, last);
            }
        }
    }
}

/// "aged 92 and 95", "ages 91, 94 and 97": the ages of others.
fn second(ground: &Ground<'_>, hits: &mut Hits, last: usize) {
    let mut last = last;
    while let Some(next) = one_more(ground, hits, last) {
        last = of_age(ground, next);
        last = if hits.all_free(next, last) { last } else { next };
        hits.take(ground, (next, last), Identifier::Age, Likely, "an age over 89");
    }
}

fn one_more(ground: &Ground<'_>, hits: &Hits, last: usize) -> Option<usize> {
    let next = last + 1 + usize::from(ground.is(last + 1, &["and", "or"]));
    let listed =
        next > last + 1 && ground.after(next - 1) == " " || matches!(ground.after(last), "/" | " / " | ", " | " & ");
    (listed && is_old(ground, next) && hits.free(next) && !measured(ground, next)).then_some(next)
}

/// "DOB 3/4/1931 (94)", "born 3/4/31, 94,".
fn after_birth(ground: &Ground<'_>, hits: &Hits, index: usize, age: u32) -> Option<(usize, Confidence)> {
    let near = matches!(ground.before(index), " (" | ", " | " / " | " - " | "; ");
    let day = index > 0 && (!hits.free(index - 1) && !hits.is_code(index - 1) || ground.digits(index - 1) == 4);
    let born = || {
        (2..=7)
            .filter_map(|back| index.checked_sub(back))
            .any(|at| ground.is(at, &["dob", "born", "birth", "birthdate", "b"]))
    };
    (age >= 90 && near && day && stops(ground.after(index)) && born()).then_some((index, Likely))
}

/// Whether a word begins with a number of 90 to 120: a cell below "age".
pub(in crate::identifier) fn is_old(ground: &Ground<'_>, index: usize) -> bool {
    age(ground, index).is_some_and(|age| age >= 90)
}

/// Whether a word behind a name is an age: `94,`, `94F`, `(96)`.
pub(in crate::identifier) fn fits_beside(ground: &Ground<'_>, index: usize) -> bool {
    if age(ground, index).is_none_or(|age| age < 90) {
        return false;
    }
    let after = ground.after(index);
    let glued = ground.shape(index) == Some(Shape::Mixed);
    let gap = ground.before(index);
    let stop = stops(after) && !after.starts_with(". ") || after.starts_with([' ', '/']) && ground.is(index + 1, &SEX);
    glued || stop || gap.starts_with([',', '(']) && after == " " && ground.is(index + 1, &GOES_ON)
}

/// "Dolores is 95 and", "Earl turned 94": the age that is said of a name.
pub(in crate::identifier) fn said_of(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let mut at = index;
    while at < index + 3
        && ground.is(at, &["is", "was", "turned", "turns", "now", "just", "being", "age", "aged", "s", "at"])
    {
        at += 1;
    }
    let ends = stops(ground.after(at)) || ground.after(at) == " " && ground.is(at + 1, &GOES_ON);
    let fits = at > index && age(ground, at).is_some_and(|age| age >= 90) && ends && !measured(ground, at);
    (fits && ground.before(at) == " ").then_some(at)
}

/// The last word of the age that this number is, and how sure it is.
fn told(ground: &Ground<'_>, index: usize, age: u32) -> Option<(usize, Confidence)> {
    if age < 90 {
        // "89 going on 90"
        let words = ground.is(index + 1, &["going"]) && ground.is(index + 2, &["on"]);
        if words && ground.number(index + 3).is_some_and(|next| next >= 90) {
            return Some((index + 3, Certain));
        }
        // "over 89", "89+"
        let over =
            index > 0 && ground.is(index - 1, &["over", "above", "past"]) || ground.before(index).ends_with(['>', '+']);
        return (age == 89 && over && !measured(ground, index)).then_some((index, Likely));
    }
    if measured(ground, index) {
        return None;
    }
    let ending = ground.str(index).trim_start_matches(|c: char| c.is_ascii_digit());
    if !ending.is_empty() {
        // `94yo`, `95F`, `92nd birthday`, `90s`
        let years = YEARS.iter().any(|years| ending.eq_ignore_ascii_case(years));
        let day = matches!(ending, "st" | "nd" | "rd" | "th")
            && (index + 1..index + 3).any(|at| ground.is(at, &["birthday", "bday", "year"]));
        let decade = matches!(ending, "s" | "ish") && (ending == "ish" || is_decade(ground, index));
        let sex = SEX.contains(&ending) || ending == "m" && stops(ground.after(index));
        return (years || day || decade || sex).then(|| (of_age(ground, index), Certain));
    }
    if possessive_decade(ground, index) {
        return is_decade(ground, index).then_some((index, Certain));
    }
    let before = |back: usize, words: &[&str]| index.checked_sub(back).is_some_and(|at| ground.is(at, words));
    let joined = matches!(ground.after(index), " " | "-" | "" | "\u{a0}" | "‑" | "–" | " - " | "  ");
    if is_cued(ground, index) || ground.after(index).starts_with('+') && !before(1, &["over", "x"]) {
        return Some((of_age(ground, index), Certain));
    }
    // "90 or older", "90 and over"
    if ground.is(index + 1, &["or", "and"]) && ground.is(index + 2, &["older", "over", "above", "up"])
        || ground.is(index + 1, &["plus"])
    {
        return Some((index, Likely));
    }
    if joined && is_years(ground, index) {
        return Some((of_age(ground, index), Certain));
    }
    // "94 F", "94/F", "94 female"
    let sex = ground.is(index + 1, &SEX)
        && ground.shape(index + 1) == Some(Shape::Initial)
        && matches!(ground.after(index), " " | "/" | ", " | " / " | "," | " | " | "|" | "\t" | "; " | "  ");
    let whom = joined && (ground.is(index + 1, &WHOM) || before(1, &["a", "this"]) && ground.is(index + 2, &WHOM));
    if (sex || whom) && !ground.before(index).ends_with(['-', '.', '/']) {
        return Some((index, Likely));
    }
    // "F/92", "female, 94", "a woman of 94", "94- and 96-year-old"
    let end = stops(ground.after(index));
    let sexed = index > 0
        && (ground.is(index - 1, &SEX) && ground.shape(index - 1) == Some(Shape::Initial)
            || end && ground.is(index - 1, &WHOM))
        && (matches!(ground.before(index), "/" | "," | " | " | "|" | "\t" | "  ")
            || end && matches!(ground.before(index), ", " | " " | "-" | " / "));
    let of = before(1, &["of"]) && (before(2, &WHO) || before(2, &WHOM));
    let first = ground.is(index + 1, &["and", "or"])
        && matches!(ground.after(index), " " | "- ")
        && self::age(ground, index + 2).is_some_and(|next| next >= 90)
        && joined_years(ground, index + 2);
    let over = ground.before(index).ends_with(['>', '≥']) || ground.before(index).ends_with("> ");
    (sexed
        || of
        || first
        || over && before(1, &["age", "aged", "patient", "pt", "is"])
        || is_said(ground, index)
        || listed(ground, index))
    .then_some((index, Likely))
}

fn joined_years(ground: &Ground<'_>, index: usize) -> bool {
    matches!(ground.after(index), " " | "-") && is_years(ground, index)
}

/// The number of 89 to 120 that a word begins with.
fn age(ground: &Ground<'_>, index: usize) -> Option<u32> {
    let word = ground.str(index);
    if !word.starts_with(['1', '8', '9']) {
        return None;
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let age = if matches!(digits, 2 | 3) { word.get(..digits)?.parse().ok()? } else { return None };
    (89..=120).contains(&age).then_some(age)
}

/// A measure, a score or a part of a longer number.
fn measured(ground: &Ground<'_>, index: usize) -> bool {
    const UNITS: [&str; 23] = [
        "mg", "ml", "minutes", "min", "mins", "units", "days", "day", "hours", "kg", "lbs", "lb", "percent", "degrees",
        "bpm", "claims", "visits", "miles", "pounds", "weeks", "months", "inches", "feet",
    ];
    const BEFORE: [&str; 20] = [
        "temp", "bp", "hr", "spo2", "o2", "sat", "sats", "pulse", "bmi", "weight", "wt", "glucose", "modifier", "pos",
        "room", "bed", "box", "drg", "section", "mod",
    ];
    let (before, after) = (ground.before(index), ground.after(index));
    after.starts_with(['%', '°'])
        || after.starts_with(" %")
        || before.ends_with(['$', '#', '@'])
        || matches!(before, "." | "-" | "/") && index > 0 && ground.word(index - 1).is_some_and(|word| word.has_digit())
        || matches!(after, "." | "/" | ":") && ground.word(index + 1).is_some_and(|word| word.has_digit())
        || after == "," && ground.digits(index + 1) == 3
        || ground.is(index + 1, &UNITS)
        || index > 0 && ground.is(index - 1, &BEFORE)
}

/// "age 91", "age of 94", "age: 97", "age/sex 94", "will be 90".
fn is_cued(ground: &Ground<'_>, index: usize) -> bool {
    let before = |back: usize, words: &[&str]| index.checked_sub(back).is_some_and(|at| ground.is(at, words));
    let near = !ground.before(index).contains(';') && (!ground.before(index).contains('\n') || before(1, &["age"]));
    near && (before(1, &CUES)
        || before(1, &["of", "is", "was", "at", "sex", "gender", "now", "about", "over", "yrs", "years", "yr"])
            && before(2, &CUES)
        || before(1, &["being"])
        || before(1, &["be"]) && (before(2, &["will"]) || index > 1 && ground.str(index - 2).ends_with("ll"))
        || before(1, &["so"]) && ground.is(index + 1, &["now"])
        || before(1, &["than"]) && before(2, &["older", "more"]) && !ground.is(index + 1, &["days"]))
}

/// "94 years old", "94 y/o", "94 yr female", "94 year old"; "94 years of experience" is none.
fn is_years(ground: &Ground<'_>, index: usize) -> bool {
    let next = index + 1;
    if ground.is(next, &["year", "years"]) {
        let (second, gap) = (next + 1, ground.after(next));
        return ground.is(second, &["old", "olds", "young", "age"])
            || ground.is(second, &["of"]) && ground.is(second + 1, &["age"])
            || ground.is(second, &WHOM)
            || stops(gap) && !ground.is(second, &["of", "ago"]);
    }
    ground.is(next, &YEARS) && !ground.is(next + 1, &["ago", "later"])
        || ground.is(next, &["birthday"])
        || ground.is(next, &["plus", "ish"]) && ground.is(next + 1, &["year", "years", "yo"])
}

/// The words "y/o", "yrs", "years of age", "yrs old" belong to it.
fn of_age(ground: &Ground<'_>, index: usize) -> usize {
    let next = index + 1;
    if ground.is(next, &["y"]) && ground.is(next + 1, &["o"]) && ground.after(next).len() <= 2 {
        return next + 1;
    }
    if ground.is(next, &["years"]) && ground.is(next + 1, &["of"]) && ground.is(next + 2, &["age"]) {
        return next + 2;
    }
    if ground.is(next, &["yo", "yrs", "yr"]) { next } else { index }
}

/// "in her 90s", "mid-90s", "late 90's"; the nineties of a century have no such word.
fn is_decade(ground: &Ground<'_>, index: usize) -> bool {
    let before = |back: usize, words: &[&str]| index.checked_sub(back).is_some_and(|at| ground.is(at, words));
    const WHOSE: [&str; 9] = ["her", "his", "their", "early", "mid", "late", "upper", "low", "my"];
    before(1, &WHOSE) && (before(2, &["in", "her", "his", "their"]) || !before(2, &["the"]))
}

/// "90's": the mark and the letter belong to no word.
fn possessive_decade(ground: &Ground<'_>, index: usize) -> bool {
    matches!(ground.after(index).as_bytes(), [b'\'', b's' | b'S', ..]) || ground.after(index).starts_with("’s")
}

/// "She is 95.", "pt is now 94 and", "died at 101.", "her mother, 96,".
fn is_said(ground: &Ground<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    if !ground.before(index).ends_with(' ') || ground.before(index).contains('\n') {
        return false;
    }
    let ends = stops(ground.after(index)) || ground.after(index) == " " && ground.is(index + 1, &GOES_ON);
    // "he's 93"
    if ends && ground.is(before, &["he", "she", "who"]) && matches!(ground.before(index), "'s " | "’s ") {
        return true;
    }
    let mut at = before;
    let mut is = 0;
    while is < 3 && ground.is(at, &IS) && at > 0 && !ground.before(at).contains(['.', ';', '\n']) {
        at -= 1;
        is += 1;
    }
    let gap = ground.after(at);
    let person = ground.is(at, &WHO) && !gap.contains(['.', ';', '\n', ':']);
    let died = ground.is(before, &["at"])
        && (2..=8)
            .filter_map(|back| index.checked_sub(back))
            .any(|at| ground.is(at, &["died", "dies", "passed", "death", "expired"]));
    let told = is > 0 && ground.is(at + 1, &["is", "was", "now"]) && !ground.is(before, &["at", "over", "about"]);
    died || person && (told && (ends || ground.after(index) == " ") || ends && (is > 0 || gap == ", " || gap == " "))
}

/// `Whitlock, 94,`; `Whitlock (94)`: the name may be one that nothing else shows.
fn listed(ground: &Ground<'_>, index: usize) -> bool {
    let comma = ground.before(index) == ", "
        && (stops(ground.after(index)) || ground.is(index + 1, &["and", "with", "who", "in", "from"]));
    let bracket = ground.before(index) == " (" && ground.after(index).starts_with(')');
    (comma || bracket) && after_name(ground, index)
}

/// A name stands before the comma.
fn after_name(ground: &Ground<'_>, index: usize) -> bool {
    index.checked_sub(1).and_then(|before| ground.word(before)).is_some_and(|word| {
        word.is_capital() && word.span.len() > 2 && !word.roles.any(Roles::PLAIN) || word.roles.any(Roles::PERSON)
    })
}

pub(super) fn stops(gap: &str) -> bool {
    gap.is_empty() || gap.starts_with(['.', ',', ';', ')', '\n', '?', '!', '|', ':'])
}
