//! How many units: `x 4`, `x4`, `17003x13`, "with 2 units", "3 units of J1885", `J1885 (2)`.

use super::{
    candidate::Reach,
    ground::{Ground, blanks_only, ends_sentence, marks_only},
    scan::Kind,
    words::Cue,
};

/// More than that is no number of units.
const MOST: u32 = 9_999;

/// The units behind a code and its modifiers, and how far they reach.
pub(super) fn after(ground: &Ground<'_>, reach: Reach) -> Option<(u32, Reach)> {
    let mut end = reach.end;
    let mut times = false;
    let mut unit = false;
    for index in (reach.last + 1..).take(4) {
        let gap = ground.gap(end, ground.token(index)?.span.start)?;
        if !marks_only(gap) || ends_sentence(gap) || gap.contains(['\n', ';']) {
            return None;
        }
        times |= gap.trim() == "*" || gap.ends_with('×');
        end = ground.span(index).end;
        match ground.kind(index)? {
            Kind::Cue(Cue::Times) => times = true,
            Kind::Cue(Cue::Unit) => unit = true,
            Kind::Cue(Cue::With | Cue::Filler | Cue::Is | Cue::Billing | Cue::Handling | Cue::Number) => {}
            Kind::Cue(Cue::Amount(count)) => {
                return unit_follows(ground, index).map(|last| (u32::from(count), reach_of(ground, last)));
            }
            Kind::Digits => {
                let count = count(ground.word(index))?;
                if is_measured(ground, index) {
                    return None;
                }
                if let Some(last) = unit_follows(ground, index) {
                    return Some((count, reach_of(ground, last)));
                }
                let bracketed =
                    ground.gap(reach.end, ground.span(index).start).is_some_and(|gap| matches!(gap, " (" | "("))
                        && ground.char_at(end) == Some(')')
                        && count < 100;
                return (times || unit || bracketed).then(|| (count, reach_of(ground, index)));
            }
            Kind::Mixed => {
                let count = count(ground.word(index).strip_prefix(['x', 'X'])?)?;
                return (!is_measured(ground, index)).then(|| (count, reach_of(ground, index)));
            }
            Kind::Pair | Kind::Stop | Kind::Cue(_) => return None,
        }
    }
    None
}

/// The units before the code: "3 units of J1885", "2 x 99213".
pub(super) fn before(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
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
    decimal || near && matches!(ground.cue(index + 1), Some(Cue::Dose | Cue::Duration | Cue::Currency | Cue::Counted))
}
