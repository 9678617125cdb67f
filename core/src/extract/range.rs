//! Ranges and short forms: `99202-99205`, `93454 to 93461`, `99217-36`, and "99213, 14 and 15".

use super::{
    candidate::{Candidate, Reach},
    confidence::Reason,
    ground::{Ground, blanks_only, is_dash, is_dash_gap, marks_only},
    modifier,
    scan::Kind,
    words::Cue,
    written::Written,
};
use crate::domain::{code::CodeSystem, span::Span};

/// Words with which "99213 to 99214" is a change and no range.
const CHANGES: [&str; 14] = [
    "chang",
    "upcod",
    "downcod",
    "switch",
    "convert",
    "correct",
    "replac",
    "crosswalk",
    "updat",
    "bump",
    "lower",
    "rais",
    "compar",
    "map",
];

/// Whether two candidates that follow each other are the ends of a range.
pub(super) fn spans(ground: &Ground<'_>, first: &Candidate, last: &Candidate) -> bool {
    let system = first.shape.system;
    let (from, to) = (first.shape.code.bytes(), last.shape.code.bytes());
    if system != last.shape.system
        || matches!(system, CodeSystem::Ndc | CodeSystem::Icd10Pcs)
        || first.shape.range_end.is_some()
        || last.shape.range_end.is_some()
        || !first.modifiers.is_empty()
        || first.units.is_some()
        || from >= to
        || !same_kind(system, from, to)
    {
        return false;
    }
    let Some(gap) = ground.gap(first.shape.tail, last.shape.span.start) else { return false };
    match last.first.checked_sub(first.shape.last) {
        // A dash that heads a line is the mark of a list.
        Some(1) => is_dash_gap(gap) && !heads_line(gap),
        Some(2) => {
            let between = first.shape.last + 1;
            let marks = [ground.gap_after(first.shape.last), ground.gap_after(between)];
            ground.cue(between) == Some(Cue::To)
                && marks.iter().all(|gap| gap.is_some_and(|gap| marks_only(gap) && gap.trim().is_empty()))
                && !changes(ground, first)
        }
        _ => false,
    }
}

/// Whether the line breaks before the dash.
fn heads_line(gap: &str) -> bool {
    gap.split(is_dash).next().is_some_and(|before| before.contains('\n'))
}

/// Ranges join codes of one kind: categories I with I, III with III, J with J.
fn same_kind(system: CodeSystem, from: &[u8], to: &[u8]) -> bool {
    match system {
        CodeSystem::Cpt => from.last().map(u8::is_ascii_digit) == to.last().map(u8::is_ascii_digit),
        CodeSystem::Hcpcs => from.first() == to.first(),
        _ => true,
    }
}

fn changes(ground: &Ground<'_>, first: &Candidate) -> bool {
    let mut start = first.shape.span.start.saturating_sub(48);
    while !ground.text().is_char_boundary(start) {
        start += 1;
    }
    let before = ground.text().get(start..first.shape.span.start).unwrap_or_default().to_ascii_lowercase();
    let sentence = before.rsplit(['.', '\n', '?']).next().unwrap_or_default();
    // "DRGs moved from 291 to 293" names two groups.
    first.shape.system == CodeSystem::MsDrg && before.ends_with("from ")
        || CHANGES.iter().any(|verb| sentence.contains(verb))
}

/// Makes one candidate of two ends.
pub(super) fn join(first: &Candidate, last: &Candidate) -> Candidate {
    let mut range = first.clone();
    range.shape.span = Span::new(first.shape.span.start, last.shape.span.end);
    range.shape.range_end = Some(last.shape.code);
    range.shape.last = last.shape.last;
    range.shape.tail = last.shape.tail;
    range.reach = last.reach;
    range.modifiers.clone_from(&last.modifiers);
    range.units = last.units;
    if last.score.points() > first.score.points() {
        range.score = last.score;
    }
    range.score.add(Reason::InRange);
    range
}

/// `99217-36`, `99203-5`, `99304 to 10`: the other end by its last digits. Called before modifiers are read, since
/// `99213-25` is a modifier; a number that is no modifier, or that counts on from a visit code, is an end.
pub(super) fn short_end(ground: &Ground<'_>, candidate: &mut Candidate) {
    if candidate.shape.system != CodeSystem::Cpt || candidate.shape.range_end.is_some() {
        return;
    }
    let last = candidate.shape.last;
    let Some(gap) = ground.gap_after(last) else { return };
    let dashed = candidate.shape.tail == ground.span(last).end && gap.chars().next().is_some_and(is_dash);
    let (index, worded) = match gap.chars().count() {
        1 if dashed => (last + 1, false),
        _ if blanks_only(gap) && ground.cue(last + 1) == Some(Cue::To) => (last + 2, true),
        _ => return,
    };
    if worded && !ground.gap_after(last + 1).is_some_and(blanks_only) || ground.kind(index) != Some(Kind::Digits) {
        return;
    }
    let end = ground.word(index);
    let goes_on = ground.char_at(ground.span(index).end).is_some_and(is_dash);
    if goes_on || (worded && end.len() != 2) || !modifier::ends_cleanly(ground, index) {
        return;
    }
    if let Some(code) = counted_on(candidate, end, false) {
        candidate.shape.range_end = Some(code);
        candidate.shape.span = Span::new(candidate.shape.span.start, ground.span(index).end);
        candidate.shape.last = index;
        candidate.shape.tail = candidate.shape.span.end;
        candidate.reach = Reach { last: index, end: candidate.shape.tail };
        candidate.score.add(Reason::InRange);
    }
}

/// The code that ends in `digits` where this one ends lower: 99213 and "14" are 99214.
fn counted_on(candidate: &Candidate, digits: &str, listed: bool) -> Option<Written> {
    let code = candidate.shape.code.as_str();
    candidate.shape.code.number()?;
    let (stem, last) = code.split_at_checked(code.len().checked_sub(digits.len())?)?;
    let (from, to) = (last.parse::<u32>().ok()?, digits.parse::<u32>().ok()?);
    if !matches!(digits.len(), 1 | 2) || to <= from {
        return None;
    }
    if modifier::is_numeric(digits.as_bytes()) {
        let visit = candidate.score.has(Reason::VisitRange);
        let counts_on = if listed { to == from + 1 } else { to - from <= 9 && to / 10 == from / 10 };
        if !visit || !counts_on || matches!(to, 24 | 25 | 27 | 57 | 93 | 95) {
            return None;
        }
    }
    Written::of(stem)?.with(digits.as_bytes())
}

/// "99213, 14 and 15", `99213/14`, `99213/4`: the codes that stand behind a certain one by their last digits.
pub(super) fn short_list(ground: &Ground<'_>, first: &Candidate) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    while let Some(next) = next_short(ground, first, found.last().unwrap_or(first)) {
        found.push(next);
    }
    found
}

/// The short form right behind `code`, which counts on from `first`.
fn next_short(ground: &Ground<'_>, first: &Candidate, code: &Candidate) -> Option<Candidate> {
    if code.shape.system != CodeSystem::Cpt || code.shape.range_end.is_some() {
        return None;
    }
    let next = code.reach.last + 1;
    let (token, gap) = (ground.token(next)?, ground.gap_after(code.reach.last)?);
    // "97110/GP/2": behind a modifier a number counts.
    let slash = gap == "/" && code.modifiers.is_empty();
    let comma = slash || matches!(gap.trim_end(), "," | ",/" | ", &" | " &" | " /") && !gap.contains('\n');
    let (index, listed) = match token.kind {
        Kind::Digits => (next, comma),
        Kind::Cue(Cue::And) if gap.trim_matches([',', ' ', '\u{A0}']).is_empty() => {
            (next + 1, ground.gap_after(next).is_some_and(blanks_only))
        }
        _ => return None,
    };
    // "99213, 14 and 15 all possible": who has counted on once goes on counting.
    let counting = code.first != first.first;
    let length = ground.word(index).len();
    // "39 2/7 weeks"
    let counted = ground.kind(index + 1) == Some(Kind::Digits) && ground.gap_after(index).is_some_and(blanks_only);
    let fits = !counted && ground.kind(index) == Some(Kind::Digits) && (length == 2 || length == 1 && slash);
    if !fits || !listed {
        return None;
    }
    let clean = if counting {
        !modifier::is_amount(ground, index)
    } else {
        modifier::ends_cleanly(ground, index) && !plain_word_follows(ground, index)
    };
    let written = counted_on(code, ground.word(index), true).filter(|_| clean)?;
    let mut short = code.clone();
    short.first = index;
    short.shape.span = ground.span(index);
    short.shape.last = index;
    short.shape.tail = ground.span(index).end;
    short.shape.code = written;
    short.modifiers = Vec::new();
    short.units = None;
    short.score.add(Reason::InList);
    short.reach = Reach { last: index, end: short.shape.tail };
    Some(short)
}

/// "99213 and 15 others": a word that no rule knows makes the number a count.
fn plain_word_follows(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    let blank = ground.char_at(end) == Some(' ');
    blank && ground.char_at(end + 1).is_some_and(char::is_alphabetic) && ground.span(index + 1).start != end + 1
}
