//! Units in the row of a code, where no column has a name: the cell behind it, the number before or behind its
//! charge, and the number that ends each line of a list.
//!
//! [`super::units`] asks here first. A number is taken only where its place says what it is.

use super::{
    candidate::Reach,
    ground::{Ground, is_dash},
    modifier,
    units::{count, plain, reach_of},
};

/// A row is no longer, in bytes.
const ROW: usize = 80;
/// A bare number of units is smaller.
const BARE: u32 = 100;

/// The units in the row of the code that ends at `reach`.
pub(super) fn after(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    in_next_cell(ground, reach).or_else(|| at_charge(ground, reach)).or_else(|| at_line_end(ground, first, reach))
}

/// The token behind the code that is this number.
fn token_at(ground: &Ground<'_>, reach: Reach, number: u32) -> Option<usize> {
    (reach.last + 1..)
        .take(4)
        .find(|index| ground.cue(index - 1).is_none() && count(ground.word(*index)) == Some(number))
}

/// `99213<tab>1<tab>M25.511`: a small number with a cell of its own.
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

/// `97110 GP 2 84.00`, `97110 GP A 84.00 2`: before the charge of a line, or behind it at the end of the line.
fn at_charge(ground: &Ground<'_>, reach: Reach) -> Option<(u32, Reach)> {
    let line = ground.line_after(reach.end, ROW);
    line.strip_prefix([' ', '\t'])?;
    let mut words = line.split_whitespace();
    let first = words.next()?;
    // `A`, `AB`: the diagnoses that a line points at.
    let pointer = first.len() <= 2 && first.bytes().all(|byte| byte.is_ascii_uppercase());
    let first = if pointer || is_date(first) { words.next()? } else { first };
    let second = words.next()?;
    let number = match (is_small(first), is_amount(second), is_amount(first), is_small(second)) {
        (true, true, ..) => first,
        (.., true, true) if words.next().is_none() => second,
        _ => return None,
    };
    let number = count(number)?;
    Some((number, reach_of(ground, token_at(ground, reach, number)?)))
}

/// `84.00`, `$84.00`, `1,084.00`.
fn is_amount(word: &str) -> bool {
    let digits = word.strip_prefix('$').unwrap_or(word);
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    number(whole) && number(cents) && cents.len() == 2 && (digits.contains('.') || whole.len() > 2)
}

/// `090225`, `09/02/25`: UB-04 has the day of a line between its code and its units.
fn is_date(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let marks = word.bytes().filter(|byte| matches!(byte, b'/' | b'-')).count();
    digits + marks == word.len() && (marks == 0 && matches!(digits, 6 | 8) || marks == 2 && matches!(digits, 3..=8))
}

fn is_small(word: &str) -> bool {
    !word.starts_with('0')
        && count(word).is_some_and(|number| number < BARE)
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// `97110 GP 2` over `97140 GP 1`: the number that ends a line which a code heads, where the next line or the one
/// before is made alike. `97110: 2` needs no such company.
fn at_line_end(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    let index = reach.last + 1;
    let span = ground.token(index)?.span;
    let gap = ground.gap(reach.end, span.start).filter(|gap| !gap.is_empty() && gap.chars().all(parts))?;
    let line = ground.line_of(span.start, 2 * ROW)?;
    let number = row(line).filter(|number| count(ground.word(index)) == Some(*number))?;
    let headed = line.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(ground.word(first));
    let colon = matches!(gap, ": " | ":" | " : ");
    let alike = || {
        let above = ground.line_before(span.start, 2 * ROW).and_then(row);
        let below = ground.line_below(span.end, 2 * ROW).and_then(row);
        above.is_some() || below.is_some()
    };
    (headed && (colon || alike())).then(|| (number, reach_of(ground, index)))
}

fn parts(c: char) -> bool {
    is_dash(c) || matches!(c, ' ' | '\t' | ',' | ':' | '=')
}

/// The number at the end of a line that a code heads.
fn row(line: &str) -> Option<u32> {
    let line = line.trim().trim_start_matches(['-', '*', '•', '>', ' ']);
    let code = line.get(..5).filter(|code| code.bytes().filter(u8::is_ascii_digit).count() >= 4)?;
    let rest = line.get(code.len()..).filter(|rest| rest.starts_with(parts) || rest.starts_with(is_dash))?;
    let last = rest.rsplit(parts).next()?;
    let fits = is_small(last) && !modifier::is_numeric(last.as_bytes()) && last.len() < rest.len();
    if fits { count(last) } else { None }
}
