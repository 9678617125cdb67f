//! Codes that are spoken of together: those of one sentence, those of a list, and what is said of "both" and "all".
//!
//! [`super::owner`], [`super::put_on`] and [`super::unit_told`] ask here; [`share`] is called once behind them.

use super::{
    attach,
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    confidence::Reason,
    ground::{Ground, ends_sentence},
    owner::{can_own, is_before_modifier},
};

/// "97110 and 97140 both need GP", "each of 97110 and 97112 had GP": what the last code of a list was given beside it, and
/// is said of all, is of all.
pub(super) fn share(ground: &Ground<'_>, codes: &mut [Candidate]) {
    for at in 1..codes.len() {
        let Some(code) = codes.get(at).filter(|code| can_own(ground, code) && !code.modifiers.is_empty()) else {
            continue;
        };
        let bare = |at: usize| codes.get(at).is_some_and(|code| can_own(ground, code) && code.modifiers.is_empty());
        let mut first = at;
        while let Some(before) = first
            .checked_sub(1)
            .filter(|before| at - before < MOST && bare(*before) && is_joined(ground, codes, *before))
        {
            first = before;
        }
        if first < at && code.modifiers.len() == at + 1 - first && is_in_turn(ground, code) {
            let modifiers = code.modifiers.clone();
            for (code, modifier) in codes.get_mut(first..=at).into_iter().flatten().zip(modifiers) {
                code.modifiers = vec![modifier];
                code.score.add(Reason::WithModifier);
            }
            continue;
        }
        if first == at || !(is_of_all(ground, code) || is_headed_by_all(ground, codes, first)) {
            continue;
        }
        let modifiers = code.modifiers.clone();
        for code in codes.get_mut(first..at).into_iter().flatten() {
            modifiers.iter().for_each(|modifier| attach::push(code, *modifier));
            code.score.add(Reason::WithModifier);
        }
    }
}

/// "99213 and 20610 with 25 and RT respectively": as many modifiers as codes, in their order.
fn is_in_turn(ground: &Ground<'_>, code: &Candidate) -> bool {
    ground.line_after(code.reach.end, 20).trim_start_matches([' ', ',']).starts_with("respectively")
}

/// Whether "both", "all" or "each" stands between the code and its modifiers, or right behind them.
fn is_of_all(ground: &Ground<'_>, code: &Candidate) -> bool {
    let (words, _) = clause::words(ground, code.shape.span.end, code.reach.end + 24);
    let sentence =
        words.iter().enumerate().take_while(|(at, word)| *at == 0 || !word.begins && !word.gap.contains(';'));
    let own = |word: &Word<'_>| word.span.start < code.reach.end;
    let mut behind = 0;
    for (at, word) in sentence {
        behind += usize::from(!own(word));
        if behind > 3 || !own(word) && word.token.is_some() && word.role.is_none() && word.cue.is_none() {
            return false;
        }
        if word.is(Role::All) && !is_before_modifier(ground, &words, at) && speaks_of_codes(words.get(at + 1)) {
            return true;
        }
    }
    false
}

/// "All three (97110, 97140)", "each of 97110 and 97112".
fn is_headed_by_all(ground: &Ground<'_>, codes: &[Candidate], first: usize) -> bool {
    let Some(start) = codes.get(first).map(|code| code.shape.span.start) else { return false };
    let before = ground.before(start, 18).to_ascii_lowercase();
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.by_ref().take(3).any(|word| matches!(word, "each" | "all" | "both" | "every"))
}

/// Whether "both" and "all" speak of codes, and not of knees or modifiers.
pub(super) fn speaks_of_codes(next: Option<&Word<'_>>) -> bool {
    next.is_none_or(|next| {
        next.begins
            || next.gap.contains([',', '.', ';', ')'])
            || matches!(next.role, Some(Role::Carries | Role::And | Role::Places))
            || matches!(
                next.text,
                "of" | "go"
                    | "goes"
                    | "went"
                    | "are"
                    | "were"
                    | "is"
                    | "should"
                    | "lines"
                    | "codes"
                    | "them"
                    | "three"
                    | "four"
                    | "two"
                    | "would"
                    | "with"
                    | "need"
                    | "line"
                    | "code"
                    | "visits"
                    | "units"
                    | "must"
                    | "can"
                    | "could"
            )
    })
}

/// Where the codes of the sentence begin that ends with the code at `at`.
pub(super) fn list_before(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> usize {
    let mut first = at;
    while let Some(before) = code_before(ground, codes, first).filter(|_| at - first < MOST) {
        first = before;
    }
    first
}

/// No list that somebody speaks of together is longer.
pub(super) const MOST: usize = 12;

/// The procedure before the one at `at`, in the same sentence.
pub(super) fn code_before(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let (one, other) = (codes.get(before)?, codes.get(at)?);
    let gap = ground.gap_within(one.reach.end, other.shape.span.start, SENTENCE)?;
    let near = !ends_sentence(gap) && !gap.contains(';') && !gap.contains("\n\n");
    (near && one.family() == Family::Procedure).then_some(before)
}

/// Whether nothing but a comma or "and" stands between the code at `before` and the next.
pub(super) fn is_joined(ground: &Ground<'_>, codes: &[Candidate], before: usize) -> bool {
    let ends = codes.get(before).zip(codes.get(before + 1));
    let gap = ends.and_then(|(one, other)| ground.gap_within(one.reach.end, other.shape.span.start, 8));
    gap.is_some_and(|gap| matches!(gap.trim_matches([' ', ',']), "" | "and" | "&" | "or" | "/" | "+" | "with"))
}

/// How far apart codes of one sentence stand, in bytes.
pub(super) const SENTENCE: usize = 120;
