//! Modifiers that stand away from a code: "modifier 59", "a 22 modifier", "-25" alone, "RT or LT", "XU"; and the code
//! that they belong to when it follows: "append modifier 25 to 99213".

use super::{
    attach,
    candidate::{Candidate, Reach},
    confidence::{Reason, Score},
    ground::{Ground, blanks_only, ends_sentence, is_dash, is_dash_gap, marks_only},
    label::{Label, label},
    modifier,
    scan::Kind,
    surroundings::{Coding, CodingWindow},
    words::Cue,
};
use crate::domain::code::Modifier;

/// A modifier that stands alone, and its token.
pub(super) struct Lone {
    pub(super) index: usize,
    pub(super) modifier: Modifier,
}

/// How many words may stand between a modifier and the code after it.
const STEPS: usize = 6;

/// All lone modifiers of the text that belong to none of `codes`, which are sorted; those whose code follows are
/// attached to it instead.
pub(super) fn find(ground: &Ground<'_>, codes: &mut [Candidate]) -> Vec<Lone> {
    let mut lone = Vec::new();
    let mut window = CodingWindow::new();
    let mut next_code = 0;
    let mut index = 0;
    while index < ground.tokens.len() {
        while codes.get(next_code).is_some_and(|code| code.reach.last < index) {
            next_code += 1;
        }
        // What belongs to a code already is not looked at again.
        if let Some(code) = codes.get(next_code).filter(|code| code.first <= index) {
            index = code.reach.last + 1;
            continue;
        }
        if modifier::at(ground, index).is_none() {
            index += 1;
            continue;
        }
        let coding = window.at(ground, ground.span(index).start);
        let group = group(ground, index);
        let end = group.last().map_or(index, |last| *last) + 1;
        let owner = codes.get_mut(next_code).filter(|code| leads_to(ground, end - 1, code));
        if stands_alone(ground, &group, coding, owner.is_some()) {
            let found = group.iter().filter_map(|at| Some(Lone { index: *at, modifier: modifier::at(ground, *at)? }));
            match owner {
                Some(code) => found.for_each(|one| take(code, one.modifier)),
                None => lone.extend(found),
            }
        }
        index = end;
    }
    lone
}

fn take(code: &mut Candidate, modifier: Modifier) {
    attach::push(code, modifier);
    code.score.add(Reason::WithModifier);
}

/// The modifiers of one list: "25 and 57", "RT/LT".
fn group(ground: &Ground<'_>, first: usize) -> Vec<usize> {
    let mut group = vec![first];
    let mut at = first;
    while let Some(next) = attach::next_in_list(ground, at).filter(|_| group.len() < 8) {
        group.push(next);
        at = next;
    }
    group
}

fn stands_alone(ground: &Ground<'_>, group: &[usize], coding: Coding, leads: bool) -> bool {
    let (Some(&first), Some(&last)) = (group.first(), group.last()) else { return false };
    let called = label(ground, first) == Some(Label::Modifier) && called_modifier(ground, first);
    let called_after = ground.cue(last + 1) == Some(Cue::Modifier)
        && ground.gap_after(last).is_some_and(|gap| blanks_only(gap) || is_dash_gap(gap));
    if called || called_after {
        return true;
    }
    if joined_to_number(ground, first) || modifier::is_amount(ground, last) {
        return false;
    }
    let number = modifier::is_number(ground, first);
    let before = first.checked_sub(1).and_then(|before| ground.cue(before));
    let after_word =
        first.checked_sub(1).is_some() && ground.gap_before(first).is_some_and(|gap| marks_only(gap) && gap.len() <= 3);
    let appending =
        first.checked_sub(1).is_some_and(|before| ground.word(before).to_ascii_lowercase().starts_with("append"));
    let appended = after_word && (before == Some(Cue::With) || appending) && (coding == Coding::Much || leads);
    let sides = group.len() > 1 && group.iter().all(|at| matches!(ground.word(*at), "RT" | "LT"));
    match ground.word(first).len() {
        2 if has_dash(ground, first) => coding >= Coding::Some && !denial_group(ground, first),
        2 if number => appended && modifier::ends_cleanly(ground, last),
        2 => coding >= Coding::Some && (sides || modifier::is_unmistakable(ground, first)),
        _ => false,
    }
}

/// "modifier 25", "modifier: 25", "modifier-57"; but "modifier for 25 patients" is none.
fn called_modifier(ground: &Ground<'_>, index: usize) -> bool {
    if modifier::is_number(ground, index) { modifier::ends_cleanly(ground, index) } else { true }
}

/// `-25` with nothing but a blank, a quote or a bracket before the dash.
fn has_dash(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let Some(dash) = ground.char_before(start).filter(|c| is_dash(*c)) else { return false };
    let before = ground.char_before(start - dash.len_utf8());
    let blank_before_number =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '“' | '‘' | ',' | '/'));
    blank_before_number
        && index
            .checked_sub(1)
            .is_none_or(|before| ground.kind(before) != Some(Kind::Digits) || !is_near(ground, index))
}

fn is_near(ground: &Ground<'_>, index: usize) -> bool {
    ground.gap_before(index).is_some_and(|gap| gap.len() <= 4 && !gap.contains(','))
}

/// `CO-97`, `PR-204`: a denial group and its reason.
fn denial_group(ground: &Ground<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).map(|before| ground.word(before));
    matches!(before, Some("CO" | "PR" | "OA" | "PI" | "CR"))
}

/// Part of a date, a time, a phone number.
fn joined_to_number(ground: &Ground<'_>, index: usize) -> bool {
    let span = ground.span(index);
    let digit_before = ground.char_before(span.start).is_some_and(|mark| {
        (matches!(mark, '/' | ':' | '.' | '$' | '#') || is_dash(mark))
            && ground.char_before(span.start - mark.len_utf8()).is_some_and(char::is_alphanumeric)
            || mark == '$'
    });
    let digit_after = ground.char_at(span.end).is_some_and(|mark| {
        is_dash(mark)
            && ground.char_at(span.end + mark.len_utf8()).is_some_and(|c| c.is_ascii_digit())
            && ground.word(index + 1).len() != 2
    });
    digit_before || digit_after
}

/// "modifier 25 on the 99213", "-59 to CPT 20610", "modifier 25 99213".
fn leads_to(ground: &Ground<'_>, last: usize, code: &Candidate) -> bool {
    if code.first.saturating_sub(last) > STEPS {
        return false;
    }
    let mut end = ground.span(last).end;
    let mut leads = false;
    for index in last + 1..=code.first {
        let start = if index == code.first { code.shape.span.start } else { ground.span(index).start };
        let Some(gap) = ground.gap(end, start) else { return false };
        if !marks_only(gap) || ends_sentence(gap) || gap.contains([',', ';', '\n']) {
            return false;
        }
        end = ground.span(index).end;
        match ground.cue(index) {
            _ if index == code.first => return leads || index == last + 1 && blanks_only(gap),
            Some(Cue::To | Cue::With | Cue::Filler) => leads = true,
            Some(
                Cue::Code | Cue::System(_) | Cue::Procedure | Cue::Modifier | Cue::Billing | Cue::Handling | Cue::Is,
            ) => {}
            _ => return false,
        }
    }
    false
}

/// A lone modifier as a candidate, so that all mentions are made in one way.
pub(super) fn candidate(ground: &Ground<'_>, lone: &Lone) -> Option<Candidate> {
    let span = ground.span(lone.index);
    let code = super::written::Written::of(lone.modifier.as_str())?;
    let mut score = Score::default();
    score.add(Reason::SystemNamed);
    Some(Candidate {
        shape: super::candidate::Shape::whole(lone.index, span, crate::domain::code::CodeSystem::Modifier, code),
        first: lone.index,
        label: Some(Label::Modifier),
        score,
        modifiers: Vec::new(),
        units: None,
        reach: Reach { last: lone.index, end: span.end },
        place: ground.place(span.start),
    })
}
