//! How many units: `x 4`, `x4`, `17003x13`, "with 2 units", "3 units of J1885", `J1885 (2)`.
//!
//! Behind a code they stand in its row ([`super::unit_row`]) or in words ([`super::unit_words`]); here are those before
//! it, those of a whole list ("2 units each"), and what a number of units is.

use super::{
    candidate::{Candidate, Family, Reach},
    ground::{Ground, blanks_only, marks_only},
    modifier,
    scan::Kind,
    unit_row, unit_words,
    words::Cue,
};
use crate::domain::code::CodeSystem;

/// More than that is no number of units.
const MOST: u32 = 9_999;

/// The units behind a code and its modifiers, and how far they reach.
pub(super) fn after(ground: &Ground<'_>, first: usize, reach: Reach) -> Option<(u32, Reach)> {
    unit_row::after(ground, first, reach).or_else(|| unit_words::after(ground, first, reach))
}

/// The number of units that token `index` is.
pub(super) fn plain(ground: &Ground<'_>, index: usize) -> Option<u32> {
    if ground.kind(index) == Some(Kind::Digits) && !is_measured(ground, index) {
        count(ground.word(index))
    } else {
        None
    }
}

/// The units before the code: "3 units of J1885", "2 x 99213".
pub(super) fn before(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
    if let Some(count) = quantity_for(ground, first, start) {
        return Some(count);
    }
    if let Some(count) = billed_of(ground, first, start).or_else(|| spelled(ground, first, start)) {
        return Some(count);
    }
    let mut index = first.checked_sub(1)?;
    let mut next = start;
    let (mut counted, mut joined) = (false, false);
    for _ in 0..5 {
        let gap = ground.gap(ground.span(index).end, next)?;
        if !marks_only(gap) || gap.contains([',', ';', '\n', '.', '?']) {
            return None;
        }
        next = ground.span(index).start;
        match ground.kind(index)? {
            Kind::Cue(Cue::Unit | Cue::Times) => counted = true,
            Kind::Cue(Cue::Filler | Cue::System(CodeSystem::Cpt | CodeSystem::Hcpcs) | Cue::Code) if !counted => {
                joined |= matches!(ground.word(index), "for" | "of" | "on" | "under" | "as");
            }
            // "3 units were billed for 97110"
            Kind::Cue(Cue::Is | Cue::Billing | Cue::Handling) if joined && !counted => {}
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

/// "three 97110 and one 97140"; "two 99213 visits" counts visits, and "one 99213" may.
fn spelled(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
    let number = first.checked_sub(1)?;
    let Some(Cue::Amount(count @ 1..20)) = ground.cue(number) else { return None };
    let near = ground.gap(ground.span(number).end, start) == Some(" ");
    let behind = ground.line_after(ground.span(first).end, 16);
    let noun = behind.trim_start_matches(' ').split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let counted = behind.starts_with(' ') && noun.len() > 3 && noun.ends_with('s');
    let paired = || {
        let before = ground.before(ground.span(number).start, 40).to_ascii_lowercase();
        let line = ground.line_after(ground.span(first).end, 40);
        let others = [" two ", " three ", " four ", " five ", " six ", "two ", "three "];
        others
            .iter()
            .any(|other| before.ends_with(" and ") && before.contains(other.trim_start()) || line.contains(other))
    };
    let said = near && !counted && !ground.word(number).eq_ignore_ascii_case("twice");
    (said && (count > 1 || paired())).then_some(u32::from(count))
}

/// "billed 4 of 90472", "two units of 11732 and one of 11730"; "2 of 99213 were denied" counts claims.
fn billed_of(ground: &Ground<'_>, first: usize, start: usize) -> Option<u32> {
    let the = first.checked_sub(1).filter(|the| {
        matches!(ground.word(*the), "the" | "code" | "CPT" | "HCPCS") && ground.gap_before(*the) == Some(" ")
    });
    let of = the.unwrap_or(first).checked_sub(1).filter(|of| matches!(ground.word(*of), "of" | "for" | "on"))?;
    let is_of = ground.word(of) == "of";
    if !ground.gap(ground.span(first - 1).end, start).is_some_and(blanks_only) {
        return None;
    }
    // "two (2) of 97155"
    let bracketed = ground.gap_before(of) == Some(") ") && of.checked_sub(2).is_some();
    let number =
        of.checked_sub(1 + usize::from(bracketed)).filter(|_| bracketed || ground.gap_before(of) == Some(" "))?;
    let at = ground.span(number).start;
    let billed = ground.word_before(at.saturating_sub(1), 10).to_ascii_lowercase();
    // "2 for 97110, 1 for 97140"
    let heads = ground.char_before(at).is_none_or(|c| c == '\n') || ground.before(at, 2) == ", ";
    let small = ground.span(number).len() < 3 && !modifier::is_numeric(ground.word(number).as_bytes());
    let said = matches!(
        billed.as_str(),
        "bill"
            | "billed"
            | "charge"
            | "charged"
            | "report"
            | "reported"
            | "keyed"
            | "entered"
            | "post"
            | "posted"
            | "put"
            | "and"
            | "plus"
            | "did"
            | "gave"
            | "have"
            | "has"
            | "got"
            | "had"
    );
    // "denied 2 on 97110" counts what was denied, "put 2 on 97110" units.
    let fits = if is_of { said } else { small && (said || heads) };
    if !fits {
        return None;
    }
    match ground.kind(number)? {
        Kind::Cue(Cue::Amount(count)) => Some(u32::from(count)),
        Kind::Digits => plain(ground, number),
        _ => None,
    }
}

/// "97110, 97112 and 97140 at 1 unit each", "2 units each of 97110 and 97112": what is said of each is said of the list.
pub(super) fn share(ground: &Ground<'_>, found: &mut [Candidate]) {
    for at in 0..found.len() {
        let Some((units, reach, start)) =
            found.get(at).and_then(|one| Some((one.units?, one.reach.end, one.shape.span.start)))
        else {
            continue;
        };
        let behind = ground.line_after(reach, 8).trim_start();
        // What has units of its own ends the list: each code is given some once, however long the list is.
        let goes_on = |found: &[Candidate], first: usize, next: usize| {
            let bare = found.get(next).is_some_and(|one| one.units.is_none());
            let both = found.get(first.min(next)).zip(found.get(first.max(next)));
            bare && both.is_some_and(|(one, other)| are_listed(ground, one, other))
        };
        if EACH.iter().any(|each| behind.strip_prefix(each).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
        {
            let mut first = at;
            while let Some(before) = first.checked_sub(1).filter(|before| goes_on(found, first, *before)) {
                first = before;
            }
            give(units, found.get_mut(first..at));
        } else if is_of_each(ground.before(start, 16)) {
            let mut last = at;
            while goes_on(found, last, last + 1) {
                last += 1;
            }
            give(units, found.get_mut(at + 1..=last));
        }
    }
}

/// "each of 97110", "each for CPT 97110".
fn is_of_each(before: &str) -> bool {
    let behind = ["each of ", "each for ", "each: ", "of each "].iter().find_map(|each| before.split_once(each));
    behind.is_some_and(|(_, rest)| rest.split_whitespace().count() <= 1)
}

/// Whether nothing but a comma or "and" stands between: "20611 with J7325 x48 each" counts J7325 alone.
fn are_listed(ground: &Ground<'_>, first: &Candidate, second: &Candidate) -> bool {
    let gap = ground.gap(first.reach.end, second.shape.span.start);
    gap.is_some_and(|gap| matches!(gap.trim(), "," | ";" | "/" | "&" | "and" | ", and" | ", &"))
}

const EACH: [&str; 3] = ["each", "ea", "apiece"];

/// Those of the list that have no units of their own.
fn give(units: u32, list: Option<&mut [Candidate]>) {
    let procedures = list.into_iter().flatten().filter(|one| one.family() == Family::Procedure);
    procedures.for_each(|one| one.units = Some(units));
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
    // "unit count 6 for 96413"
    let joins = |gap: &str| marks_only(gap) || gap.trim() == "count";
    while let Some(before) = at.checked_sub(1).filter(|_| ground.gap_before(at).is_some_and(joins)) {
        match ground.cue(before)? {
            Cue::Unit => return plain(ground, number),
            Cue::Filler | Cue::Is | Cue::Number => at = before,
            _ => return None,
        }
    }
    None
}

pub(super) fn reach_of(ground: &Ground<'_>, last: usize) -> Reach {
    Reach { last, end: ground.span(last).end }
}

pub(super) fn count(word: &str) -> Option<u32> {
    word.parse::<u32>().ok().filter(|count| (1..=MOST).contains(count) && word.len() <= 4)
}

/// "2 units": the token of the word "units".
pub(super) fn unit_follows(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let near = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || gap == "-");
    // "91 qty 2" counts the 2.
    let named = matches!(ground.word(index + 1), "qty" | "Qty" | "QTY" | "quantity");
    let own = named
        && ground.kind(index + 2) == Some(Kind::Digits)
        && ground.gap_after(index + 1).is_some_and(|gap| gap.len() < 3);
    (near && !own && ground.cue(index + 1) == Some(Cue::Unit)).then_some(index + 1)
}

/// "x 30 minutes", "2.5", "4 mg".
pub(super) fn is_measured(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    // "90460 x3/90461 x2"
    let code_follows = ground.span(index + 1).start == end + 1 && ground.span(index + 1).len() == 5;
    let decimal = !code_follows
        && matches!(ground.char_at(end), Some('.' | '/' | ':' | '%' | '-'))
        && (ground.char_at(end) == Some('%') || ground.char_at(end + 1).is_some_and(|c| c.is_ascii_digit()));
    let near = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || gap == "-");
    // "x1 month" is a supply; "x 30 minutes" is a time.
    let supply = matches!(ground.word(index + 1), "month" | "months" | "mo");
    decimal
        || near
            && !supply
            && matches!(ground.cue(index + 1), Some(Cue::Dose | Cue::Duration | Cue::Currency | Cue::Counted))
}

/// `4u`, `2units`.
pub(super) fn glued(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, unit) = word.split_at_checked(digits)?;
    let named = ["u", "un", "unit", "units", "ea"].iter().any(|one| unit.eq_ignore_ascii_case(one));
    // `0001U` is a code.
    if named && !digits.starts_with('0') && digits.len() < 4 { count(digits) } else { None }
}
