//! Modifiers that belong to a code: `99213-25`, `20610-RT-50`, `93556, 59`, `99213 with modifier 25`, and the other
//! way round "modifier 25 on 99213".

use super::{
    candidate::{Candidate, Family, Reach},
    carried,
    confidence::Reason,
    ground::{Ground, blanks_only, ends_sentence, is_dash, is_dash_gap, marks_only},
    modifier,
    scan::Kind,
    segment,
    table::Column,
    units,
    words::Cue,
};
use crate::domain::code::{CodeSystem, Modifier};

/// A claim line holds four modifiers; people write more.
const MOST: usize = 6;
/// Attaches what follows the code: modifiers, then units, then modifiers again (`20610 x2 -50`).
pub(super) fn follow(ground: &Ground<'_>, candidate: &mut Candidate) {
    // A diagnosis, a revenue code and a DRG have neither: what stands beside them is the next column.
    let none = [Family::Diagnosis, Family::Other(CodeSystem::Revenue), Family::Other(CodeSystem::MsDrg)];
    if none.contains(&candidate.family()) {
        return;
    }
    if segment::read(ground, candidate) {
        return;
    }
    follow_words(ground, candidate);
    from_row(ground, candidate);
}

/// Words that put a modifier on a code.
const PUTTING: [&str; 20] = [
    "put",
    "puts",
    "add",
    "adds",
    "added",
    "adding",
    "use",
    "used",
    "using",
    "append",
    "appended",
    "appending",
    "need",
    "needs",
    "attach",
    "a",
    "an",
    "the",
    "and",
    "modifier",
];

/// "using 76 on 93005", "put RT on the 73562", "is 59 on 97140 right?": the modifier itself is attached where the lone
/// ones are.
fn is_put_on(ground: &Ground<'_>, first: usize) -> bool {
    // "TC 93306 and doctor 26"
    let before = first.checked_sub(1).filter(|_| ground.gap_before(first) == Some(" "));
    if before
        .is_some_and(|one| modifier::is_unmistakable(ground, one) || matches!(ground.word(one), "RT" | "LT" | "GP"))
    {
        return true;
    }
    let mut at = first;
    let (mut on, mut to) = (false, false);
    while let Some(before) = at.checked_sub(1).filter(|before| {
        matches!(ground.cue(*before), Some(Cue::Filler | Cue::To | Cue::With))
            && ground.gap_before(at).is_some_and(blanks_only)
    }) {
        on |= matches!(ground.word(before), "on" | "from");
        to |= matches!(ground.word(before), "to" | "with" | "for");
        at = before;
    }
    let Some(modifier) = at.checked_sub(1).filter(|one| {
        (on || to)
            && ground.word(*one).len() == 2
            && ground.gap_before(at).is_some_and(blanks_only)
            && modifier::at(ground, *one).is_some()
            && !modifier::is_wordlike(ground, *one)
    }) else {
        return false;
    };
    let start = ground.span(modifier).start;
    let word = start.checked_sub(1).map_or("", |end| ground.word_before(end, 12));
    on && ground.char_before(start).is_none_or(char::is_whitespace)
        || PUTTING.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// What the other columns of its row say: "MOD", "UNITS".
fn from_row(ground: &Ground<'_>, candidate: &mut Candidate) {
    let Some(cell) =
        ground.cell(candidate.first).filter(|cell| matches!(cell.column, Column::Procedure | Column::Code))
    else {
        return;
    };
    for index in ground.beside(cell, Column::Modifier) {
        if let Some(modifier) = modifier::at(ground, index) {
            push(candidate, modifier);
            candidate.score.add(Reason::WithModifier);
        }
    }
    let mut units = ground.beside(cell, Column::Units);
    if let (Some(index), None) = (units.next(), units.next())
        && let Some(count) = units::plain(ground, index)
    {
        candidate.units = Some(count);
        candidate.score.add(Reason::WithUnits);
    }
}

fn follow_words(ground: &Ground<'_>, candidate: &mut Candidate) {
    candidate.score.add_if(is_put_on(ground, candidate.first), Reason::PutOn);
    if candidate.shape.modifiers.first().is_some_and(Option::is_some) {
        candidate.score.add(Reason::WithModifier);
        candidate.score.add(Reason::WithSide);
    }
    modifiers(ground, candidate);
    // "71046-26 needs 76 or 77"
    if !candidate.modifiers.is_empty() {
        modifiers(ground, candidate);
    }
    if candidate.units.is_none() {
        if let Some((count, reach)) = units::after(ground, candidate.first, candidate.reach) {
            candidate.units = Some(count);
            candidate.reach = reach;
            candidate.score.add(Reason::WithUnits);
            modifiers(ground, candidate);
        } else if let Some(count) = units::before(ground, candidate.first, candidate.shape.span.start) {
            candidate.units = Some(count);
            candidate.score.add(Reason::WithUnits);
        }
    } else {
        candidate.score.add(Reason::WithUnits);
    }
}

fn modifiers(ground: &Ground<'_>, candidate: &mut Candidate) {
    glued_pair(ground, candidate);
    let Some(first) = first_after(ground, candidate) else { return };
    let mut at = first;
    loop {
        let Some(modifier) = of_code(ground, candidate, at) else { return };
        push(candidate, modifier);
        if !modifier::is_number(ground, at) {
            candidate.score.add(Reason::WithSide);
        }
        candidate.score.add(Reason::WithModifier);
        candidate.reach = Reach { last: at, end: ground.span(at).end };
        if candidate.modifiers.len() >= MOST {
            return;
        }
        match next_in_list(ground, at) {
            Some(next) => at = next,
            None => break,
        }
    }
    // "-25 modifier": the word belongs to what was read.
    let next = candidate.reach.last + 1;
    if ground.cue(next) == Some(Cue::Modifier) && ground.gap_after(candidate.reach.last).is_some_and(blanks_only) {
        let number_follows =
            modifier::at(ground, next + 1).is_some() && ground.gap_after(next).is_some_and(blanks_only);
        if !number_follows {
            candidate.reach = Reach { last: next, end: ground.span(next).end };
        }
    }
}

/// `20550-59RT`.
fn glued_pair(ground: &Ground<'_>, candidate: &mut Candidate) {
    let next = candidate.reach.last + 1;
    let dashed = ground.token(next).and_then(|token| ground.gap(candidate.reach.end, token.span.start));
    if !dashed.is_some_and(|gap| gap.chars().all(is_dash) && gap.chars().count() == 1) {
        return;
    }
    let word = ground.word(next);
    let visit = candidate.score.has(Reason::VisitRange);
    let of_visit = visit.then(|| modifier::visit_pair(word)).flatten();
    let Some(pair) = modifier::pair(word).or(of_visit) else { return };
    pair.into_iter().for_each(|one| push(candidate, one));
    candidate.score.add(Reason::WithModifier);
    candidate.score.add(Reason::WithSide);
    candidate.reach = Reach { last: next, end: ground.span(next).end };
}

/// Adds a modifier that is not there yet.
pub(super) fn push(candidate: &mut Candidate, modifier: Modifier) {
    if !candidate.modifiers.contains(&modifier) {
        candidate.modifiers.push(modifier);
    }
}

/// The token that is the first modifier of the code.
fn first_after(ground: &Ground<'_>, candidate: &Candidate) -> Option<usize> {
    let next = candidate.reach.last + 1;
    let gap = ground.gap(candidate.reach.end, ground.token(next)?.span.start)?;
    // In a table with names only the column of modifiers holds any, and the cell of the code itself.
    let own = ground
        .cell(candidate.first)
        .zip(ground.cell(next))
        .is_none_or(|(cell, other)| cell.span == other.span || other.column == Column::Modifier);
    if !own {
        return None;
    }
    if of_code(ground, candidate, next).is_some() && stands_behind(ground, candidate, next, gap) {
        return Some(next);
    }
    carried::side_after(ground, candidate).or_else(|| carried::named_after(ground, candidate.reach))
}

fn of_code(ground: &Ground<'_>, candidate: &Candidate, index: usize) -> Option<Modifier> {
    modifier::at(ground, index).or_else(|| modifier::of_journey(ground, candidate.shape.code.as_str(), index))
}

/// "97110 GP 59 x 2": the number before "x" is a modifier, the one behind it counts.
fn units_follow(ground: &Ground<'_>, index: usize) -> bool {
    ground.cue(index + 1) == Some(Cue::Times)
        && ground.gap_after(index).is_some_and(blanks_only)
        && units::plain(ground, index + 2).is_some_and(|count| count < 20)
}

/// Whether the modifier at `index` stands right behind the code: dash, blank, comma, slash, cell border.
fn stands_behind(ground: &Ground<'_>, candidate: &Candidate, index: usize, gap: &str) -> bool {
    let dashed = is_dash_gap(gap);
    if dashed && !gap.starts_with(char::is_whitespace) && !gap.ends_with(' ') {
        return ground.char_at(ground.span(index).end) != Some('%');
    }
    let trimmed = gap.trim_matches([' ', '\t', '"', '\u{A0}', '\n', '\r']);
    let separated = matches!(trimmed, "" | "," | "/" | "+" | "|" | "(" | "[" | "^" | "*" | ":" | "®" | ",-" | ", -")
        || dashed
        || dotted(ground, index, gap);
    // "GP 97110, GP 97112": the next code's.
    if trimmed == "," && heads_code(ground, index) {
        return false;
    }
    if gap.is_empty() || !separated || gap.contains('\n') && trimmed.is_empty() {
        return false;
    }
    // "59400 -22 twins?": the dash touches the number.
    if dashed
        && gap.starts_with(' ')
        && !gap.ends_with(' ')
        && !gap.contains('\n')
        && modifier::is_number(ground, index)
    {
        let amount = modifier::is_amount(ground, index) && !units_follow(ground, index);
        return !amount && !is_decimal(ground, index);
    }
    if modifier::is_number(ground, index) {
        // "99221, 22 and 23" goes on counting.
        let counts_on = candidate.score.has(Reason::VisitRange)
            && matches!(trimmed, "," | "/")
            && follows_in_count(candidate.shape.code.as_str(), ground.word(index));
        let code_before = candidate.score.is_possible() || candidate.score.has(Reason::HcpcsBlock);
        let clean = modifier::ends_cleanly(ground, index) || units_follow(ground, index);
        let goes_with = modifier::goes_with(candidate.shape.code.as_str(), ground.word(index));
        return code_before && !counts_on && clean && goes_with;
    }
    // "PD 54.10", "AL 88.00": what was paid or allowed.
    let amount = ground.kind(index + 1) == Some(Kind::Digits) && is_decimal(ground, index + 1);
    if amount && !dashed && !matches!(ground.word(index), "RT" | "LT") && candidate.units.is_some() {
        return false;
    }
    let wordlike = modifier::is_wordlike(ground, index) && !is_of_clinic(ground, candidate, index);
    dashed || !wordlike && !shouted(ground, index)
}

/// `45378 PT`: on these codes PT is no physical therapist but a screening that found something; `G0463 PO` is a clinic away
/// from its hospital (CMS, HCPCS).
fn is_of_clinic(ground: &Ground<'_>, candidate: &Candidate, index: usize) -> bool {
    let code = candidate.shape.code.as_str();
    let colon = matches!(code.get(..3), Some("453" | "444" | "443" | "G01")) || matches!(code, "00811" | "00812");
    colon && ground.word(index) == "PT" || code == "G0463" && ground.word(index) == "PO"
}

/// Whether nothing but a blank stands between the modifier and a code behind it.
pub(super) fn heads_code(ground: &Ground<'_>, index: usize) -> bool {
    ground.gap_after(index) == Some(" ")
        && ground.span(index + 1).len() == 5
        && matches!(ground.kind(index + 1), Some(Kind::Digits | Kind::Mixed))
}

/// "-22.50", "-22/5": a number that goes on.
fn is_decimal(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    ground.char_at(end).is_some_and(|c| matches!(c, '.' | ',' | '/' | ':' | '%'))
        && ground.char_at(end + 1).is_some_and(|c| c.is_ascii_digit())
}

/// `99213.25`, `20605.RT`: a dot for the dash, and nothing that makes it an amount.
pub(super) fn dotted(ground: &Ground<'_>, index: usize, gap: &str) -> bool {
    gap == "." && ground.word(index).len() == 2 && !is_decimal(ground, index) && modifier::at(ground, index).is_some()
}

/// Whether `two` are the digits that come right after the last two of `code`.
pub(super) fn follows_in_count(code: &str, two: &str) -> bool {
    let last = code.get(code.len().saturating_sub(2)..).and_then(|last| last.parse::<u32>().ok());
    last.zip(two.parse::<u32>().ok()).is_some_and(|(last, two)| two == last + 1)
}

/// In a line all of capitals "AT" and "GO" are words.
fn shouted(ground: &Ground<'_>, index: usize) -> bool {
    let sides = matches!(ground.word(index), "RT" | "LT" | "TC" | "XU" | "XS" | "XE" | "XP" | "JW" | "JZ");
    let after = ground.line_after(ground.span(index).end, 24);
    let mut letters = after.strip_prefix(' ').unwrap_or_default().chars().take_while(|c| c.is_alphabetic());
    let capitals = letters.clone().count() > 2 && letters.all(char::is_uppercase);
    !sides && capitals
}

/// The modifier that continues the list after `index`: `-RT-50`, `25, 59`, `RT/LT`, `RT or LT`, `25 and 57`.
pub(super) fn next_in_list(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let next = index + 1;
    let gap = ground.gap_after(index)?;
    if modifier::at(ground, next).is_some() && ground.word(next).len() == 2 {
        let dashed = gap.chars().next().is_some_and(is_dash) && gap.chars().nth(1).is_none();
        let listed = matches!(gap.trim(), "" | "," | "/" | "+" | "&" | "|" | ",-" | ", -" | "& -" | "-")
            && !gap.contains('\n')
            && !gap.is_empty();
        let word = modifier::is_wordlike(ground, next) || shouted(ground, next);
        // "RT 59 distal clavicle", "-50 -79 within": the list or the dash says what the number is.
        let goes_on = (gap.ends_with(is_dash) || !modifier::is_number(ground, index)) && !is_decimal(ground, next);
        let clean = !modifier::is_number(ground, next)
            || modifier::ends_cleanly(ground, next)
            || units_follow(ground, next)
            || goes_on && !modifier::is_amount(ground, next);
        let bracketed =
            gap == " (" && ground.char_at(ground.span(next).end) == Some(')') && !modifier::is_number(ground, next);
        let heads = gap.contains(',') && heads_code(ground, next);
        return (dashed || bracketed || listed && clean && !word && !heads).then_some(next);
    }
    // "Modifier 1: 25 Modifier 2: 57"
    if ground.cue(next) == Some(Cue::Modifier)
        && carried::is_place(ground, next + 1)
        && marks_only(gap)
        && !ends_sentence(gap)
    {
        return Some(next + 2);
    }
    // "25 and 57", "RT or -LT", "25 and modifier 59"
    if ground.cue(next) != Some(Cue::And) || !blanks_only(gap) && gap != ", " {
        return None;
    }
    // "25 versus a 57"
    let article =
        matches!(ground.word(next + 1), "a" | "an" | "the") && ground.gap_after(next).is_some_and(blanks_only);
    // "24 and/or 25"
    let twice = ground.cue(next + 1) == Some(Cue::And) && ground.gap_after(next) == Some("/");
    let after = next + 1 + usize::from(article || twice);
    let found = |at: usize| {
        let gap = ground.gap_after(at - 1).is_some_and(|gap| blanks_only(gap) || is_dash_gap(gap));
        let clean = if modifier::is_number(ground, at) {
            modifier::ends_cleanly(ground, at)
        } else {
            matches!(ground.word(at), "RT" | "LT") || modifier::ends_cleanly(ground, at)
        };
        let fits = ground.word(at).len() == 2 && modifier::at(ground, at).is_some() && clean;
        gap && fits && !modifier::is_wordlike(ground, at)
    };
    if found(after) {
        return Some(after);
    }
    (ground.cue(after) == Some(Cue::Modifier) && found(after + 1)).then_some(after + 1)
}
