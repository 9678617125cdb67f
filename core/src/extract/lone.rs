//! Modifiers that stand away from a code: "modifier 59", "a 22 modifier", "-25" alone, "RT or LT", "XU"; and the code
//! that they belong to when it follows: "append modifier 25 to 99213".

use std::collections::BTreeSet;

use super::{
    asking::{PLACING, POINTING, WANTING, asks_about, goes_on, goes_on_visit, is_called_one, word_after, words_before},
    attach,
    candidate::{Candidate, Reach},
    coding::{Coding, CodingWindow},
    confidence::{Reason, Score},
    ground::{Ground, blanks_only, is_dash, is_dash_gap, marks_only},
    label::{Label, label},
    modifier, put_on,
    scan::Kind,
    table::Column,
    words::Cue,
};
use crate::domain::code::Modifier;

/// A modifier that stands alone, and its token.
pub(super) struct Lone {
    pub(super) index: usize,
    pub(super) modifier: Modifier,
    /// What speaks for it.
    pub(super) score: Score,
}

/// A code that near makes it a text about codes, in bytes.
const NEAR: usize = 240;
/// A lone modifier that near makes it a text about modifiers, in bytes.
const KIN: usize = 40;

/// All lone modifiers of the text that belong to none of `codes`, which are sorted; those whose code follows are
/// attached to it instead. The tokens of `claimed` are some code's already.
pub(super) fn find(ground: &Ground<'_>, codes: &mut [Candidate], claimed: &BTreeSet<usize>) -> Vec<Lone> {
    let mut lone: Vec<Lone> = Vec::new();
    if codes.is_empty() && ground.is_everyday() {
        return lone;
    }
    let owned: BTreeSet<Modifier> = codes.iter().flat_map(|code| code.modifiers.iter().copied()).collect();
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
        if claimed.contains(&index) || modifier::at(ground, index).is_none() {
            index += 1;
            continue;
        }
        let at = ground.span(index).start;
        let near = |code: &Candidate| code.shape.span.end + NEAR > at && code.shape.span.start < at + NEAR;
        let beside = codes.get(next_code).is_some_and(near)
            || next_code.checked_sub(1).and_then(|before| codes.get(before)).is_some_and(near);
        let coding = window.at(ground, at).max(if beside { Coding::Much } else { Coding::Elsewhere });
        let group = group(ground, index);
        let end = group.last().map_or(index, |last| *last) + 1;
        let listed_below = put_on::heads_list(ground, end - 1, codes, next_code);
        let owners = match codes.get(next_code).filter(|code| put_on::leads_to(ground, end - 1, code)) {
            Some(_) => put_on::list_behind(ground, codes, next_code),
            None => listed_below.unwrap_or_default(),
        };
        let spoken_of = put_on::in_sentence(ground, index, end - 1, codes, next_code);
        let nominal = spoken_of.and_then(|at| codes.get(at)).is_some_and(|code| {
            group.iter().all(|at| {
                !modifier::is_number(ground, *at) || modifier::goes_with(code.shape.code.as_str(), ground.word(*at))
            }) && put_on::is_nominal(ground, index, end - 1)
        });
        let mut score = weigh(ground, &group, coding, !owners.is_empty() || nominal);
        score.add_if(nominal && score.has(Reason::TwoDigits), Reason::OfSentence);
        let usual = group.iter().all(|at| modifier::is_usual(ground.word(*at)));
        score.add_if(spoken_of.is_some() && usual && score.has(Reason::TwoLetters), Reason::OfSentence);
        let said = group.iter().all(|at| modifier::at(ground, *at).is_some_and(|one| owned.contains(&one)));
        score.add_if(said && owners.is_empty(), Reason::SaidBefore);
        // "We need 25 or so": without a code near, the form must say more.
        let listed = score.has(Reason::Wanted)
            && (score.has(Reason::ModifierList)
                || score.has(Reason::Questioned)
                || score.has(Reason::Placed) && coding >= Coding::Some);
        let visit = goes_on_visit(ground, end - 1)
            || index.checked_sub(2).is_some_and(|visit| ground.cue(visit) == Some(Cue::Procedure))
                && ground.cue(index - 1) == Some(Cue::With);
        let formed = [Reason::ModifierNamed, Reason::ModifierDash, Reason::ModifierLetters, Reason::Alternatives];
        let kin = lone.last().is_some_and(|one| at - ground.span(one.index).end < KIN);
        score.add_if(
            !beside && !kin && !listed && !visit && !formed.into_iter().any(|reason| score.has(reason)),
            Reason::Wordlike,
        );
        // What stands in the row of its code is the code's.
        let celled = ground.cell(index).is_some_and(|cell| {
            [Column::Procedure, Column::Code].iter().any(|column| ground.beside(cell, *column).next().is_some())
        });
        if score.is_mention() && !celled {
            let found =
                group.iter().filter_map(|at| Some(Lone { index: *at, modifier: modifier::at(ground, *at)?, score }));
            let owners = match spoken_of {
                Some(one) if owners.is_empty() => one..one + 1,
                _ => owners,
            };
            if owners.is_empty() {
                lone.extend(found);
            } else {
                let one = owners.len() == 1;
                for code in codes.get_mut(owners).into_iter().flatten() {
                    found.clone().for_each(|one| take(code, one.modifier));
                    if one {
                        go_on_behind(ground, code);
                    }
                }
            }
        }
        index = end;
    }
    lone
}

/// "25 on 99214 or 57?": what is asked about instead goes to the same code.
fn go_on_behind(ground: &Ground<'_>, code: &mut Candidate) {
    let Some(next) = attach::next_in_list(ground, code.reach.last).filter(|_| code.reach.last == code.shape.last)
    else {
        return;
    };
    // A line that goes on with "or 59 on 20610" speaks of the next code.
    if let Some(modifier) = modifier::at(ground, next).filter(|_| asks_about(ground, next)) {
        take(code, modifier);
        code.reach = Reach { last: next, end: ground.span(next).end };
    }
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

/// What speaks for and against the modifiers of one list, which no code stands before.
fn weigh(ground: &Ground<'_>, group: &[usize], coding: Coding, leads: bool) -> Score {
    let mut score = Score::default();
    let (Some(&first), Some(&last)) = (group.first(), group.last()) else { return score };
    let number = modifier::is_number(ground, first);
    let called = label(ground, first) == Some(Label::Modifier) && !(number && modifier::is_amount(ground, first));
    let called_after = ground.cue(last + 1) == Some(Cue::Modifier)
        && ground.gap_after(last).is_some_and(|gap| {
            let bare = gap.trim_matches(['"', '\'', '”', '’', ')']);
            blanks_only(bare) || is_dash_gap(bare)
        })
        || is_called_one(ground, last);
    if called || called_after {
        score.add(Reason::ModifierNamed);
        return score;
    }
    if ground.word(first).len() != 2
        || coding < Coding::Silent
        || joined_before(ground, first)
        || joined_after(ground, last)
        || is_denial(ground, first)
        || number && is_named_otherwise(ground, first)
        || modifier::is_amount(ground, last)
        || number && counts(ground, first)
    {
        return score;
    }
    score.add(coding.reason());
    let sides = group.len() > 1 && group.iter().all(|at| matches!(ground.word(*at), "RT" | "LT"));
    score.add(match () {
        () if has_dash(ground, first) && !denial_group(ground, first) => Reason::ModifierDash,
        () if number => Reason::TwoDigits,
        () if sides || modifier::is_unmistakable(ground, first) => Reason::ModifierLetters,
        () if modifier::is_word(ground.word(first).as_bytes()) => Reason::Wordlike,
        () => Reason::TwoLetters,
    });
    let clean = sides || if number { modifier::ends_cleanly(ground, last) } else { goes_on(ground, last) };
    if !clean && !asks_about(ground, last) && !leads {
        return score;
    }
    let is_in = |list: &[&str], word: &str| list.iter().any(|one| word.eq_ignore_ascii_case(one));
    let group_of = group.iter().filter_map(|at| modifier::at(ground, *at)).collect::<Vec<_>>();
    // "25 or 57", "between 58 and 78"; "rows 54, 55 and 56" go on counting.
    let contrast =
        joins_by_contrast(ground, group) || is_in(&["between"], words_before(ground, ground.span(first).start).0);
    let spoken = coding >= Coding::Some || group.iter().any(|at| modifier::is_unmistakable(ground, *at));
    score.add_if(contrast && spoken && modifier::are_alternatives(&group_of), Reason::Alternatives);
    let turned = word_after(ground, last).eq_ignore_ascii_case("to") && modifier::at(ground, last + 2).is_some();
    score.add_if(group.len() > 1 || turned && !leads, Reason::ModifierList);
    score.add_if(leads, Reason::Wanted);
    let before = words_before(ground, ground.span(first).start);
    let article = matches!(before.0.to_ascii_lowercase().as_str(), "a" | "an" | "the");
    let article = article || before.0 == "of" && before.1.eq_ignore_ascii_case("instead");
    if is_in(&WANTING, before.0) || article && is_in(&WANTING, before.1) {
        score.add(Reason::Wanted);
    } else if is_in(&POINTING, before.0) || before.0.is_empty() && (number || score.has(Reason::ModifierLetters)) {
        score.add(Reason::Pointed);
    }
    if asks_about(ground, last) {
        score.add(Reason::Questioned);
    } else {
        score.add_if(is_in(&PLACING, word_after(ground, last)), Reason::Placed);
    }
    // "MUE says 96?", "in SC, GA and TN": nothing asks for it.
    let asked: &[Reason] = if number {
        &[Reason::Wanted, Reason::Pointed, Reason::ModifierDash, Reason::Alternatives]
    } else {
        &[Reason::Wanted, Reason::Questioned, Reason::ModifierDash, Reason::ModifierLetters, Reason::Alternatives]
    };
    score.add_if(!asked.iter().any(|reason| score.has(*reason)), Reason::Wordlike);
    score
}

/// "25 or 57", "59 vs XS", "RT/LT".
fn joins_by_contrast(ground: &Ground<'_>, group: &[usize]) -> bool {
    let turns = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "or" | "vs" | "versus");
    let slash = |at: usize| ground.gap_after(at).is_some_and(|gap| gap.trim() == "/");
    let numbers = group.iter().all(|at| modifier::is_number(ground, *at));
    group.windows(2).any(|pair| match pair {
        [one, other] => (one + 1..*other).any(|at| turns(ground.word(at))) || !numbers && slash(*one),
        _ => false,
    })
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

/// "quantity of 60": units, whatever code follows.
fn counts(ground: &Ground<'_>, index: usize) -> bool {
    let mut at = index;
    while let Some(before) = at.checked_sub(1).filter(|_| ground.gap_before(at).is_some_and(marks_only)) {
        match ground.cue(before) {
            Some(Cue::Unit) => return true,
            Some(Cue::Filler | Cue::Is | Cue::Number) => at = before,
            _ => return false,
        }
    }
    false
}

/// "CARC 50", "box 24", "line 59", "POS 22": the number of something else.
fn is_named_otherwise(ground: &Ground<'_>, index: usize) -> bool {
    const NAMES: [&str; 22] = [
        "carc", "rarc", "box", "line", "lines", "page", "room", "age", "aged", "pos", "tob", "fl", "reason", "denial",
        "group", "locator", "chapter", "section", "step", "row", "loop", "field",
    ];
    let start = ground.span(index).start;
    let word = start.checked_sub(1).map_or("", |end| ground.word_before(end, 10));
    NAMES.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// `CO-97`, `PR-204`: a denial group and its reason.
fn denial_group(ground: &Ground<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).map(|before| ground.word(before));
    matches!(before, Some("CO" | "PR" | "OA" | "PI" | "CR"))
}

/// "CO 97", `CO-B7`: a denial group before its reason.
fn is_denial(ground: &Ground<'_>, index: usize) -> bool {
    let behind = ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || is_dash_gap(gap));
    let reason =
        matches!(ground.kind(index + 1), Some(Kind::Digits | Kind::Mixed)) && ground.span(index + 1).len() <= 3;
    matches!(ground.word(index), "CO" | "PR" | "OA" | "PI") && behind && reason
}

/// The end of a date, a time, a phone number, an amount.
fn joined_before(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    ground.char_before(start).is_some_and(|mark| {
        (matches!(mark, '/' | ':' | '.' | '#') || is_dash(mark))
            && ground.char_before(start - mark.len_utf8()).is_some_and(char::is_alphanumeric)
            || mark == '$'
    })
}

/// The beginning of a date or a longer number.
fn joined_after(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    ground.char_at(end).is_some_and(|mark| {
        is_dash(mark)
            && ground.char_at(end + mark.len_utf8()).is_some_and(|c| c.is_ascii_digit())
            && ground.word(index + 1).len() != 2
    })
}

/// A lone modifier as a candidate, so that all mentions are made in one way.
pub(super) fn candidate(ground: &Ground<'_>, lone: &Lone) -> Option<Candidate> {
    let span = ground.span(lone.index);
    let code = super::written::Written::of(lone.modifier.as_str())?;
    Some(Candidate {
        shape: super::candidate::Shape::whole(lone.index, span, crate::domain::code::CodeSystem::Modifier, code),
        first: lone.index,
        label: Some(Label::Modifier),
        score: lone.score,
        modifiers: Vec::new(),
        units: None,
        reach: Reach { last: lone.index, end: span.end },
        place: ground.place(span.start),
    })
}
