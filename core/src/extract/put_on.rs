//! Modifiers that stand before their code: "62 on the fusion 22612", "33 that I hung on 45380", "GP on everything:" over a
//! list, "GW should've been there: 73140"; and those of the one code in their sentence.
//!
//! [`super::lone`] asks here for every modifier that no code before it owns; [`super::owner`], whether one is the next
//! code's. Nothing here decides that two characters are a modifier.

use std::ops::Range;

use super::{
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    code_list::{MOST, SENTENCE, code_before, is_joined},
    confidence::Reason,
    ground::{Ground, ends_sentence},
    modifier,
    words::Cue,
};
use crate::domain::code::Modifier;

/// Whether modifiers whose last token is `last` are put on `code`, which stands behind them.
pub(super) fn leads_to(ground: &Ground<'_>, last: usize, code: &Candidate) -> bool {
    let from = ground.span(last).end;
    if code.family() != Family::Procedure || code.shape.span.start.saturating_sub(from) > LEADING {
        return false;
    }
    let (rest, whole) = clause::words(ground, from, code.shape.span.start);
    let tail = ground.between(rest.last().map_or(from, |word| word.span.end), code.shape.span.start);
    let near = !tail.contains([',', ';', '\n', '?', '!']) && !ends_sentence(tail);
    let beside = rest.is_empty() && is_label_gap(ground, last, tail);
    let short = rest.iter().filter(|word| word.cue.is_none()).count() <= 4;
    let two = ground.word(last);
    let named = last.checked_sub(1).is_some_and(|before| ground.cue(before) == Some(Cue::Modifier));
    if !named && modifier::is_number(ground, last) && !modifier::goes_with(code.shape.code.as_str(), two) {
        return false;
    }
    whole
        && near
        && short
        && (beside || goes_on_code(ground, &rest, is_placing) || is_headed(ground, last, &rest, tail))
}

/// How far a modifier may stand before its code, in bytes.
const LEADING: usize = 60;

/// "put 91 on 82947", "33 that I hung on the 45380": whether the words lead on to the code behind them.
pub(super) fn goes_on_code(ground: &Ground<'_>, rest: &[Word<'_>], places: fn(&Word<'_>) -> bool) -> bool {
    let Some(places) = rest.iter().take(6).position(places) else { return false };
    let marked = |word: &Word<'_>| word.begins || word.gap.contains([',', ';', ':', '(', ')', '\n']);
    let led = rest.get(..places).unwrap_or_default();
    let said = led.is_empty() || led.first().is_some_and(|word| word.is(Role::Refers)) || led.iter().all(is_put);
    let behind = rest.get(places + 1..).unwrap_or_default();
    let parted =
        |word: &Word<'_>| marked(word) || word.is_digits() || word.is(Role::And) || word.modifier(ground).is_some();
    said && behind.len() <= 3 && !rest.iter().any(parted)
}

/// "on", "to", and before a code also "with" and "from": "drop the 51 from 47563".
fn is_placing(word: &Word<'_>) -> bool {
    word.is(Role::Places) || matches!(word.text, "with" | "w" | "from" | "w/" | "under" | "off")
}

/// Words between a modifier and the "on" that puts it on a code.
fn is_put(word: &Word<'_>) -> bool {
    matches!(word.role, Some(Role::Carries | Role::Links | Role::Joins | Role::Places))
        || matches!(
            word.text,
            "should"
                | "would"
                | "could"
                | "goes"
                | "go"
                | "went"
                | "going"
                | "belongs"
                | "belong"
                | "placed"
                | "right"
                | "needed"
                | "correct"
                | "ok"
                | "required"
                | "allowed"
                | "do"
                | "does"
                | "not"
                | "can"
                | "must"
                | "appropriate"
                | "there"
                | "out"
        )
}

/// "RT 20610", "RT: 20610", "(RT) 20610", "59 -> 97530", "25/99214".
fn is_label_gap(ground: &Ground<'_>, last: usize, tail: &str) -> bool {
    let letters = !modifier::is_number(ground, last);
    match tail.trim() {
        "" | "->" | "=>" | "→" | "-->" => !tail.is_empty(),
        ":" | ")" => letters && modifier::is_usual(ground.word(last)),
        "/" => true,
        "-" | "–" => tail.len() > 2,
        _ => false,
    }
}

/// "GW should've been there: 73140": nothing but a colon stands between what is said and its code.
fn is_headed(ground: &Ground<'_>, last: usize, rest: &[Word<'_>], tail: &str) -> bool {
    let plain = rest
        .iter()
        .all(|word| word.text.chars().all(|c| c.is_lowercase() || c == '\'') && !word.gap.contains([',', '(']));
    let owed = rest
        .iter()
        .any(|word| matches!(word.text, "be" | "been" | "missing" | "needed" | "missed" | "forgotten" | "off" | "due"));
    tail == ": " && rest.len() <= 5 && owed && plain && !modifier::is_number(ground, last)
}

/// Whether a number stands as a name does: behind an article or a word that asks for it, and before none that it counts.
pub(super) fn is_nominal(ground: &Ground<'_>, first: usize, last: usize) -> bool {
    let end = ground.span(last).end;
    let (words, whole) = clause::words(ground, ground.span(last).start, end + 24);
    let clean = words.len() > 1 && clause::ends_cleanly(&words, 0, whole) || words.len() == 1;
    let start = ground.span(first).start;
    let before = start.checked_sub(1).map_or("", |at| ground.word_before(at, 12));
    let begins = ground.char_before(start).is_none_or(|c| c == '\n')
        || matches!(ground.before(start, 2), ". " | "? " | "! " | ", ");
    let pointed = begins
        || matches!(
            before.to_ascii_lowercase().as_str(),
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "our"
                | "their"
                | "no"
                | "that"
                | "this"
                | "my"
                | "your"
                | "its"
                | "both"
                | "of"
                | "does"
                | "is"
                | "so"
                | "why"
                | "and"
                | "or"
                | "either"
        )
        || clause::role(before) == Some(Role::Carries);
    clean && pointed && !modifier::is_amount(ground, last)
}

/// The codes that what is put on the one at `first` goes on to: "QW on 87880, 87804 and 81002".
pub(super) fn list_behind(ground: &Ground<'_>, codes: &[Candidate], first: usize) -> Range<usize> {
    let mut end = first + 1;
    while let Some((one, other)) = codes.get(end - 1).zip(codes.get(end)).filter(|_| end - first < MOST) {
        let gap = ground.gap_within(one.reach.end, other.shape.span.start, 8).unwrap_or(".");
        let listed = matches!(gap.trim_matches([' ', ',']), "" | "and" | "&" | "/" | "or")
            && !gap.contains('\n')
            && !gap.trim().is_empty();
        if !listed || !other.modifiers.is_empty() || !one.modifiers.is_empty() || other.family() != Family::Procedure {
            break;
        }
        end += 1;
    }
    first..end
}

/// "GP on everything Monday:": the codes of the lines below, when that is what the line of token `last` says.
pub(super) fn heads_list(ground: &Ground<'_>, last: usize, codes: &[Candidate], next: usize) -> Option<Range<usize>> {
    let from = ground.span(last).end;
    let first = codes.get(next).filter(|code| code.family() == Family::Procedure)?;
    let gap = ground.gap_within(from, first.shape.span.start, LEADING)?;
    // "JW or JZ? The vial: J1885": what ends before the colon heads nothing.
    let colon = gap.find(':').filter(|colon| !gap.get(..*colon).unwrap_or("").contains(['?', '!', '\n']))?;
    let (rest, _) = clause::words(ground, from, from + colon);
    let placed = rest.first().is_some_and(|word| word.is(Role::Places)) && rest.iter().any(|word| word.is(Role::All));
    // "GP/KX: 97110, 97140", "GP lines: 97110", "with 59: 11102, 11104"
    let lines = |word: &Word<'_>| {
        matches!(word.text, "lines" | "codes" | "line" | "claims" | "ones" | "rows" | "on" | "services")
    };
    let start = ground.span(last).start;
    let before = start.checked_sub(1).map_or("", |at| ground.word_before(at, 12));
    let carried = modifier::is_number(ground, last) && clause::role(before) == Some(Role::Carries);
    let named = rest.iter().all(lines) && (carried || modifier::is_usual(ground.word(last)));
    let below = gap.get(colon + 1..)?;
    let begins = below.trim_matches(['\n', ' ', '-', '*', '•', '\t', '>', '.', ')']).len() <= 3;
    let lines = below.contains('\n');
    if !(placed || named && !lines) || !begins {
        return None;
    }
    let mut end = next + 1;
    while let Some((one, other)) = codes.get(end - 1).zip(codes.get(end)) {
        let gap = ground.gap_within(one.reach.end, other.shape.span.start, SENTENCE);
        let goes_on = if lines {
            gap.is_some_and(|gap| !gap.contains("\n\n") && gap.matches('\n').count() <= 1)
        } else {
            is_joined(ground, codes, end - 1)
        };
        if !goes_on || end - next > MOST {
            break;
        }
        end += 1;
    }
    Some(next..end)
}

/// The one procedure in the sentence that holds the tokens `first..=last`: what is said there of a modifier is said of it.
/// `next` is the place of the first code behind them.
pub(super) fn in_sentence(
    ground: &Ground<'_>,
    first: usize,
    last: usize,
    codes: &[Candidate],
    next: usize,
) -> Option<usize> {
    let (start, end) = (ground.span(first).start, ground.span(last).end);
    let near = |from: usize, to: usize| {
        let gap = ground.gap_within(from, to, SENTENCE)?;
        (!ends_sentence(gap) && !gap.contains([';', '\n'])).then_some(())
    };
    let before =
        next.checked_sub(1).filter(|at| codes.get(*at).is_some_and(|code| near(code.reach.end, start).is_some()));
    let behind = Some(next).filter(|at| codes.get(*at).is_some_and(|code| near(end, code.shape.span.start).is_some()));
    let one = match (before, behind) {
        (Some(at), None) => code_before(ground, codes, at).is_none().then_some(at),
        (None, Some(at)) => {
            let several = codes.get(at + 1).is_some_and(|_| code_before(ground, codes, at + 1).is_some());
            (!several).then_some(at)
        }
        _ => None,
    }?;
    let group: Vec<Modifier> = (first..=last).filter_map(|at| modifier::at(ground, at)).collect();
    // "they say 24 is wrong, 99214-24 was denied" speaks of the modifier, and so do lists to choose from.
    let turned = ["from", "of"].contains(&ground.word_before(start.saturating_sub(1), 8));
    // "it should read RR, we still had KI"
    let others = |code: &Candidate| {
        let gap = ground.gap_within(code.reach.end, start, SENTENCE).unwrap_or_default();
        !code.modifiers.is_empty()
            && [", we ", ", they ", ", I ", ", he ", ", she "].iter().any(|one| gap.contains(one))
    };
    let free = |code: &&Candidate| {
        code.family() == Family::Procedure
            && !code.score.has(Reason::PutOn)
            && !others(code)
            && !group.iter().any(|modifier| code.modifiers.contains(modifier))
    };
    codes.get(one).filter(free).filter(|_| group.len() < 3 && !turned).map(|_| one)
}
