//! How many units: `x 4`, `x4`, `17003x13`, "with 2 units", "3 units of J1885", `J1885 (2)`.

use std::ops::Range;

use super::{
    candidate::Reach,
    ground::{Ground, blanks_only, ends_sentence, marks_only},
    scan::Kind,
    words::{self, Cue},
};

/// How many words may stand between a code and its units.
const STEPS: usize = 7;
/// More than that is no number of units.
const MOST: u32 = 9_999;

/// The units behind a code and its modifiers, and how far they reach.
pub(super) fn after(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    in_next_cell(ground, reach).or_else(|| in_words(ground, first, reach))
}

/// The number of units that token `index` is.
pub(super) fn plain(ground: &Ground<'_>, index: usize) -> Option<u32> {
    if ground.kind(index) == Some(Kind::Digits) && !is_measured(ground, index) {
        count(ground.word(index))
    } else {
        None
    }
}

/// `99213<tab>1<tab>M25.511`: a small number with a cell of its own, in a table whose columns have no name.
fn in_next_cell(ground: &Ground<'_>, reach: Reach) -> Option<(u32, Reach)> {
    let index = reach.last + 1;
    let gap = ground.gap(reach.end, ground.token(index)?.span.start)?;
    let mark = gap.chars().find(|c| matches!(c, '\t' | '|' | ';'))?;
    let marks = gap.chars().filter(|c| *c == mark).count();
    let only_marks = gap.chars().all(|c| c == mark || matches!(c, ' ' | '"'));
    let end = ground.span(index).end;
    let closed = ground.line_after(end, 4).trim_start_matches([' ', '"']).starts_with(mark);
    let fits = only_marks && marks <= 2 && closed && (mark != ';' || gap.contains('"'));
    let count = plain(ground, index).filter(|count| fits && *count < 10 && ground.cell(reach.last).is_none())?;
    Some((count, reach_of(ground, index)))
}

fn in_words(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    let mut end = reach.end;
    let mut times = false;
    let mut unit = false;
    for index in (reach.last + 1..).take(STEPS) {
        let gap = ground.gap(end, ground.token(index)?.span.start)?;
        // "76816 done x1"
        let done = index == reach.last + 1 && is_times(ground, index) && gap.split_whitespace().count() <= 2;
        // "billed at 1 unit", "billed as 3 units"
        let at = matches!(gap, " at " | " as ");
        if !marks_only(gap) && !done && !at
            || ends_sentence(gap)
            || gap.contains(';')
            || gap.contains('\n') && !heads_line(ground, index, gap) && !(times && gap == "\n")
        {
            return None;
        }
        unit |= index == reach.last + 1 && is_announced(ground, first, gap);
        times |= matches!(gap.trim(), "*" | "×") || gap.ends_with('×');
        end = ground.span(index).end;
        match ground.kind(index)? {
            Kind::Cue(Cue::Times) => times = true,
            Kind::Cue(Cue::Unit) => unit = true,
            Kind::Cue(
                Cue::With | Cue::Filler | Cue::Is | Cue::Billing | Cue::Handling | Cue::Number | Cue::Money | Cue::Dose,
            ) => {}
            // "40 mg x 4": the dose is not the units.
            Kind::Digits if ground.cue(index + 1) == Some(Cue::Dose) => {}
            Kind::Mixed if is_dose(ground.word(index)) => {}
            Kind::Cue(Cue::Amount(count)) if times => return Some((u32::from(count), reach_of(ground, index))),
            Kind::Cue(Cue::Amount(count)) => {
                let often = is_often(ground, index).filter(|_| can_be_often(ground, first, reach.last + 1..index));
                let last = unit_follows(ground, index).or(often)?;
                return Some((u32::from(count), reach_of(ground, last)));
            }
            Kind::Digits => {
                let count = count(ground.word(index))?;
                if is_measured(ground, index) {
                    return None;
                }
                if is_each(ground, index) {
                    return Some((count, reach_of(ground, index)));
                }
                if let Some(last) = unit_follows(ground, index) {
                    return Some((count, reach_of(ground, last)));
                }
                // "97110 GP 2 84.00": before the charge of a line
                let charged = index == reach.last + 1
                    && count < 30
                    && !ground.word(index).starts_with('0')
                    && is_charge(ground, index + 1);
                let bracketed =
                    ground.gap(reach.end, ground.span(index).start).is_some_and(|gap| matches!(gap, " (" | "("))
                        && ground.char_at(end) == Some(')')
                        && count < 100;
                return (times || unit || bracketed || charged || count < 20 && is_row(ground, first, reach, index))
                    .then(|| (count, reach_of(ground, index)));
            }
            Kind::Mixed => {
                let word = ground.word(index);
                let twice = word.strip_suffix(['x', 'X']).filter(|_| index == reach.last + 1).and_then(count);
                if let Some(count) = glued(word).or(twice) {
                    return Some((count, reach_of(ground, index)));
                }
                let count = count(word.strip_prefix(['x', 'X'])?)?;
                return (!is_measured(ground, index)).then(|| (count, reach_of(ground, index)));
            }
            Kind::Pair | Kind::Stop | Kind::Cue(_) => return None,
        }
    }
    None
}

/// The units before the code: "3 units of J1885", "2 x 99213".
pub(super) fn before(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
    if let Some(count) = quantity_for(ground, first, start) {
        return Some(count);
    }
    let mut index = first.checked_sub(1)?;
    let mut next = start;
    let mut counted = false;
    for _ in 0..5 {
        let gap = ground.gap(ground.span(index).end, next)?;
        if !marks_only(gap) || gap.contains([',', ';', '\n', '.', '?']) {
            return None;
        }
        next = ground.span(index).start;
        match ground.kind(index)? {
            Kind::Cue(Cue::Unit | Cue::Times) => counted = true,
            Kind::Cue(Cue::Filler | Cue::System(_) | Cue::Code) if !counted => {}
            Kind::Cue(Cue::Amount(count)) if counted => return Some(u32::from(count)),
            Kind::Mixed if !counted => {
                let word = ground.word(index);
                return glued(word).or_else(|| word.strip_suffix(['x', 'X']).and_then(count));
            }
            Kind::Digits if counted => {
                let alone = ground.char_before(next).is_none_or(|c| c.is_whitespace() || c == '(');
                return if alone { count(ground.word(index)) } else { None };
            }
            _ => return None,
        }
        index = index.checked_sub(1)?;
    }
    None
}

/// "quantity of 60 for A4253", "units: 4 for J1885".
fn quantity_for(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
    let number = first.checked_sub(2)?;
    let behind = ground.gap(ground.span(number).end, ground.span(number + 1).start)?;
    let joins = matches!(ground.word(number + 1), "for" | "of" | "on");
    let near = ground.gap(ground.span(number + 1).end, start).is_some_and(blanks_only);
    if !joins || !near || !blanks_only(behind) || is_measured(ground, number) {
        return None;
    }
    let mut at = number;
    while let Some(before) = at.checked_sub(1).filter(|_| ground.gap_before(at).is_some_and(marks_only)) {
        match ground.cue(before)? {
            Cue::Unit => return plain(ground, number),
            Cue::Filler | Cue::Is | Cue::Number => at = before,
            _ => return None,
        }
    }
    None
}

/// "Units billed for 99417: 3": the code stands between the word and the number.
fn is_announced(ground: &Ground<'_>, first: usize, gap: &str) -> bool {
    let mut at = first;
    while let Some(before) = at.checked_sub(1).filter(|_| gap == ": " && ground.gap_before(at).is_some_and(blanks_only))
    {
        match ground.cue(before) {
            Some(Cue::Unit) => return true,
            Some(Cue::Filler | Cue::Billing | Cue::Handling | Cue::Code | Cue::System(_)) => at = before,
            _ => return false,
        }
    }
    false
}

/// "twice", "three times": the token that ends it.
fn is_often(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if ground.word(index).eq_ignore_ascii_case("twice") {
        return Some(index);
    }
    let times = ground.word(index + 1).eq_ignore_ascii_case("times");
    (times && ground.gap_after(index).is_some_and(blanks_only)).then_some(index + 1)
}

/// Beginnings of what happens to a claim, as often as it does.
const SETTLED: [&str; 9] = ["den", "reject", "appeal", "paid", "pay", "resubmit", "bounc", "return", "sent"];

/// Beginnings of what is done with a code: without one, "20610 twice" may be two days or two letters.
const BILLED: [&str; 4] = ["bill", "charg", "report", "claim"];

/// Whether what is said between a code and "twice" is that it is billed so. What "was billed twice" is a duplicate, and
/// what was denied or paid twice is one unit.
fn can_be_often(ground: &Ground<'_>, first: usize, between: Range<usize>) -> bool {
    let sentence = ground.before(ground.span(first).start, 60);
    let sentence = sentence.rsplit(['.', '\n', '?', '!', ';']).next().unwrap_or_default().to_ascii_lowercase();
    let settled = sentence.split(' ').any(|word| SETTLED.iter().any(|stem| word.starts_with(stem)));
    let billed = |word: &str| BILLED.iter().any(|stem| word.starts_with(stem));
    let asked = sentence.split(' ').any(billed)
        || between.clone().any(|index| billed(&ground.word(index).to_ascii_lowercase()));
    let mut plain = between.map(|index| ground.word(index).to_ascii_lowercase());
    asked && !settled && plain.all(|word| word == "be" || billed(&word))
}

/// "2 ea": two letters that are a modifier too, so the scanner makes no cue of them.
fn is_each(ground: &Ground<'_>, index: usize) -> bool {
    let rest = ground.line_after(ground.span(index).end, 5).trim_start();
    rest.strip_prefix("ea").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// "Units: 2" on the line below.
fn heads_line(ground: &Ground<'_>, index: usize, gap: &str) -> bool {
    ground.cue(index) == Some(Cue::Unit) && !gap.contains("\n\n") && gap.ends_with(['\n', ' ', '>', '*'])
}

/// `96415: 2` with a line of its own.
fn is_row(ground: &Ground<'_>, first: usize, reach: Reach, index: usize) -> bool {
    let span = ground.span(index);
    let line = ground.before(ground.span(first).start, 8).rsplit('\n').next().unwrap_or_default();
    let heads = line.len() < 8 && line.chars().all(|c| matches!(c, ' ' | '\t' | '-' | '*' | '>'));
    let closed = ground.line_after(span.end, 4).trim().is_empty();
    heads && closed && matches!(ground.gap(reach.end, span.start), Some(": " | ":" | " : "))
}

/// `84.00` right behind the number before it.
fn is_charge(ground: &Ground<'_>, index: usize) -> bool {
    let near = ground.gap_before(index).is_some_and(|gap| matches!(gap, " " | "\t" | " $"));
    let cents = ground.gap_after(index) == Some(".") && ground.span(index + 1).len() == 2;
    near && cents && ground.kind(index) == Some(Kind::Digits) && ground.kind(index + 1) == Some(Kind::Digits)
}

/// `x1`, `x 2`.
fn is_times(ground: &Ground<'_>, index: usize) -> bool {
    let word = ground.word(index);
    match ground.kind(index) {
        Some(Kind::Mixed) => word.strip_prefix(['x', 'X']).is_some_and(|rest| count(rest).is_some()),
        Some(Kind::Cue(Cue::Times)) => ground.kind(index + 1) == Some(Kind::Digits),
        _ => false,
    }
}

/// `4u`, `2units`.
fn glued(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, unit) = word.split_at_checked(digits)?;
    let named = ["u", "un", "unit", "units"].iter().any(|one| unit.eq_ignore_ascii_case(one));
    // `0001U` is a code.
    if named && !digits.starts_with('0') && digits.len() < 4 { count(digits) } else { None }
}

/// `40mg`, `30ml`.
fn is_dose(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < word.len() && words::cue(unit.as_bytes()) == Some(Cue::Dose)
}

fn reach_of(ground: &Ground<'_>, last: usize) -> Reach {
    Reach { last, end: ground.span(last).end }
}

fn count(word: &str) -> Option<u32> {
    word.parse::<u32>().ok().filter(|count| (1..=MOST).contains(count) && word.len() <= 4)
}

/// "2 units": the token of the word "units".
fn unit_follows(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let near = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || gap == "-");
    (near && ground.cue(index + 1) == Some(Cue::Unit)).then_some(index + 1)
}

/// "x 30 minutes", "2.5", "4 mg".
fn is_measured(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    let decimal = matches!(ground.char_at(end), Some('.' | '/' | ':' | '%' | '-'))
        && (ground.char_at(end) == Some('%') || ground.char_at(end + 1).is_some_and(|c| c.is_ascii_digit()));
    let near = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || gap == "-");
    // "x1 month" is a supply; "x 30 minutes" is a time.
    let supply = matches!(ground.word(index + 1), "month" | "months" | "mo");
    decimal
        || near
            && !supply
            && matches!(ground.cue(index + 1), Some(Cue::Dose | Cue::Duration | Cue::Currency | Cue::Counted))
}
