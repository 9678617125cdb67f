//! The modifier that a code carries behind a few words: "with modifier 25", "should have had a 25", "29827 cuff repair RT".
//!
//! [`super::attach`] asks here when none stands right beside the code. Nothing looks past the end of the sentence, a word
//! that [`super::asking`] does not know, or a modifier that is put on the code behind it.

use super::{
    asking::{self, Link},
    candidate::{Candidate, Reach},
    ground::{Ground, blanks_only, ends_sentence, is_dash_gap},
    modifier,
    scan::Kind,
    words::Cue,
};

/// How many words may stand between a code and "with modifier".
const STEPS: usize = 7;

/// "with modifier 25", "w/ 25", "needs a 59 modifier", "should have had a 25", "dash 25", "Modifier 1: 25".
pub(super) fn named_after(ground: &Ground<'_>, reach: Reach) -> Option<usize> {
    let (mut with, mut named) = (false, false);
    let mut end = reach.end;
    for (step, index) in (reach.last + 1..).take(STEPS).enumerate() {
        let gap = ground.gap(end, ground.token(index)?.span.start)?;
        // A few words may stand between the code and "with": "99213 visit with modifier 25".
        let plain = step == 0 && gap.split_whitespace().count() <= 4 && !gap.contains(['\n', ',', ';', ':', '(']);
        let linked = asking::links(gap);
        // "mod. 25"
        let shortened = gap == ". " && ends_shortened(ground, index);
        if !shortened && (!plain && linked.is_none() || ends_sentence(gap))
            || gap.contains([';', '\n']) && gap.contains("\n\n")
        {
            return None;
        }
        // "20610, and I want 59 there"
        if ground.word(index).eq_ignore_ascii_case("i") {
            return None;
        }
        with |= linked == Some(Link::Carries);
        end = ground.span(index).end;
        let carries = asking::carries(ground.word(index));
        match ground.kind(index)? {
            Kind::Cue(Cue::With) => with = true,
            Kind::Cue(Cue::Modifier) => named = true,
            Kind::Cue(
                Cue::Filler | Cue::Is | Cue::Number | Cue::And | Cue::Coding | Cue::Billing | Cue::Handling | Cue::To,
            ) => with |= carries,
            Kind::Cue(Cue::Procedure | Cue::Medicine | Cue::Clinical) if step == 0 => {}
            // "same day w/ 59"
            Kind::Cue(Cue::Duration) if ground.word(index).eq_ignore_ascii_case("day") => {}
            // "Modifier 1: 25"
            Kind::Digits if is_place(ground, index) => {}
            // "modifier twenty five"
            Kind::Digits | Kind::Pair | Kind::Mixed | Kind::Cue(Cue::Amount(20..)) => {
                let found = modifier::at(ground, index).is_some();
                let modifier_follows = ground.cue(index + 1) == Some(Cue::Modifier)
                    && ground.gap_after(index).is_some_and(|gap| blanks_only(gap) || is_dash_gap(gap));
                let alone = with && modifier::ends_cleanly(ground, index) && !modifier::is_wordlike(ground, index);
                let taken = !named && goes_to_next(ground, index);
                return (found && !taken && (named || modifier_follows || alone)).then_some(index);
            }
            _ => return None,
        }
    }
    None
}

/// Whether the word before token `index` is "mod", which is written with a dot.
fn ends_shortened(ground: &Ground<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).filter(|before| ground.cue(*before) == Some(Cue::Modifier));
    before.is_some_and(|before| ground.word(before).len() <= 4)
}

/// "93005 and using 91 on 82947": the modifier is put on the code behind it.
fn goes_to_next(ground: &Ground<'_>, index: usize) -> bool {
    let joins = |at: usize| ground.gap_before(at).is_some_and(blanks_only);
    let filled = |at: &usize| matches!(ground.cue(*at), Some(Cue::Filler | Cue::To | Cue::Code | Cue::System(_)));
    let code = (index + 1..).take(4).find(|at| !filled(at) || !joins(*at)).unwrap_or(index);
    let placed = matches!(ground.word(index + 1), "on" | "to" | "for");
    placed
        && joins(code)
        && matches!(ground.kind(code), Some(Kind::Digits | Kind::Mixed))
        && ground.span(code).len() == 5
}

/// The "1" of "Modifier 1: 25".
pub(super) fn is_place(ground: &Ground<'_>, index: usize) -> bool {
    let named = index.checked_sub(1).is_some_and(|before| ground.cue(before) == Some(Cue::Modifier));
    named && ground.span(index).len() == 1 && modifier::at(ground, index + 1).is_some()
}

/// "29827 cuff repair RT": a side behind a few words of what was done.
pub(super) fn side_after(ground: &Ground<'_>, candidate: &Candidate) -> Option<usize> {
    let mut end = candidate.reach.end;
    for index in (candidate.reach.last + 1..).take(4) {
        let gap = ground.gap(end, ground.token(index)?.span.start)?;
        let words = gap.split(' ').filter(|word| !word.is_empty());
        let plain = words.clone().count() <= 3 && words.clone().all(|word| word.chars().all(char::is_lowercase));
        if !plain || !gap.ends_with(' ') {
            return None;
        }
        end = ground.span(index).end;
        match ground.kind(index)? {
            Kind::Pair if matches!(ground.word(index), "RT" | "LT") => {
                let closed = ground.char_at(end).is_none_or(|c| matches!(c, '\n' | '\r' | '.' | ',' | ';' | ')'));
                return closed.then_some(index);
            }
            Kind::Cue(Cue::Clinical) => {}
            _ => return None,
        }
    }
    None
}
