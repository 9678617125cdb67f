//! Whose a modifier is that stands further off: "lost both G6 and V7", "carrying 25 above it", "It went out with 59",
//! "both of them go under his NPI with Q6", "62 on the fusion 22612", "GP on everything:" over a list.
//!
//! One rule, and no list of phrases: a modifier belongs to the nearest code before it in its sentence when a word says that
//! something has, gets or lacks it; "both", "each" and "all" make that the list before, "the first" one of it; what is put
//! on the code behind it belongs to that. A sentence without a code speaks of the code before when it says "it", or names
//! nobody ("Left off the 33"). [`super::read`] calls [`give`] once for a text, before certainty is settled; what stands
//! before its code is read in [`super::put_on`].

use std::collections::BTreeSet;

use super::{
    attach,
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    code_list::{code_before, is_joined, list_before, speaks_of_codes},
    confidence::Reason,
    ground::{Ground, ends_sentence},
    modifier,
    put_on::goes_on_code,
    words::Cue,
};
use crate::domain::code::Modifier;

/// The tokens of modifiers that belong to codes further off, each with the first token of its code.
#[derive(Debug, Default)]
pub(super) struct Claims(Vec<(usize, usize)>);

impl Claims {
    /// Those that are of a code which is one after all.
    pub(super) fn held_by(self, codes: &[Candidate]) -> BTreeSet<usize> {
        let firsts: BTreeSet<usize> = codes.iter().map(|one| one.first).collect();
        self.0.into_iter().filter(|(_, code)| firsts.contains(code)).map(|(token, _)| token).collect()
    }
}

/// Gives every code the modifiers that the words behind it say it has.
pub(super) fn give(ground: &Ground<'_>, codes: &mut [Candidate]) -> Claims {
    let mut claims = Claims::default();
    for at in 0..codes.len() {
        let Some(code) = codes.get(at).filter(|code| can_own(ground, code)) else { continue };
        let next = codes.get(at + 1);
        let to = next.map_or(ground.text().len(), |next| next.shape.span.start);
        if !clause::holds(ground, code.reach.end, to, |token| modifier::at(ground, token).is_some()) {
            continue;
        }
        let (words, whole) = clause::words(ground, code.reach.end, to);
        let next = next.filter(|next| whole && next.family() == Family::Procedure);
        for group in carried(ground, codes, at, &words, whole, next.is_some()) {
            for owner in group.owners {
                let Some(code) = codes.get_mut(owner) else { continue };
                for (token, modifier) in &group.modifiers {
                    attach::push(code, *modifier);
                    code.score.add(Reason::WithModifier);
                    claims.0.push((*token, code.first));
                }
            }
        }
    }
    claims
}

/// A procedure for which something speaks, and whose row does not say already what it has.
pub(super) fn can_own(ground: &Ground<'_>, code: &Candidate) -> bool {
    code.family() == Family::Procedure && code.score.points() > 0 && ground.cell(code.first).is_none()
}

/// Modifiers that stand side by side, with their tokens, and the places of the codes that own them.
struct Group {
    modifiers: Vec<(usize, Modifier)>,
    owners: Vec<usize>,
}

/// What the words read so far say of the next one.
#[derive(Clone, Copy, Default)]
struct Thought {
    /// A word says that a modifier may follow.
    with: bool,
    /// One stands right before.
    listed: bool,
    /// Nothing but joining words since the code.
    straight: bool,
    /// "both", "all": the codes before, together.
    all: bool,
    /// How many words stand between the code and the word that says so.
    far: usize,
}

/// The groups of modifiers behind the code at `at`.
fn carried(
    ground: &Ground<'_>,
    codes: &[Candidate],
    at: usize,
    words: &[Word<'_>],
    whole: bool,
    to_code: bool,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let Some(code) = codes.get(at) else { return groups };
    let mut had = !code.modifiers.is_empty();
    let list = code_before(ground, codes, at).filter(|before| is_joined(ground, codes, *before)).is_some();
    let listed = had && modifier::at(ground, code.reach.last).is_some();
    let mut thought = Thought { straight: true, listed, with: is_announced(ground, code.first), ..Thought::default() };
    let mut sentences = 0;
    for (place, word) in words.iter().enumerate() {
        if word.begins || word.gap.contains(';') {
            sentences += usize::from(word.begins);
            let rest = words.get(place..).unwrap_or_default();
            if sentences > 1 || word.gap.contains('\n') || !refers_back(rest, code_before(ground, codes, at).is_some())
            {
                break;
            }
            thought = Thought::default();
        }
        if let Some(modifier) = word.modifier(ground) {
            let taken = to_code
                && goes_on_code(ground, words.get(place + 1..).unwrap_or_default(), |word| word.is(Role::Places));
            let token = word.token.unwrap_or_default();
            let taken = taken || word.gap.contains(',') && attach::heads_code(ground, token);
            // "can 90837 and 90847 ever be billed with a 59": of neither.
            let of_none = list && thought.far > 2 && !thought.all && !thought.listed;
            let put = code.score.has(Reason::PutOn) && !thought.listed && !thought.straight;
            if !taken && !of_none && !put && belongs(ground, words, place, whole, thought, (code, had)) {
                had = true;
                let token = word.token.unwrap_or_default();
                match groups.last_mut().filter(|_| thought.listed && !groups_apart(words, place)) {
                    Some(group) => group.modifiers.push((token, modifier)),
                    None => {
                        let owners = owners(ground, codes, at, words.get(place + 1..).unwrap_or_default(), thought.all);
                        groups.push(Group { modifiers: vec![(token, modifier)], owners });
                    }
                }
                thought = Thought { listed: true, ..thought };
            } else {
                thought = Thought { all: thought.all, ..Thought::default() };
            }
            continue;
        }
        match word.role {
            // "E0601 should read RR, we still had KI": another one's doing.
            Some(Role::Acts) if had && place > 0 && word.gap.contains(',') => break,
            Some(Role::Carries) => thought = Thought { with: true, far: place, ..thought },
            // "right knee, so RT"
            Some(Role::So) => thought.with |= words.get(place + 1).is_some_and(|next| !next.is_digits()),
            Some(Role::Joins | Role::And | Role::Refers) => {}
            Some(Role::Links) => thought = Thought { listed: false, straight: false, ..thought },
            // "lost both G6 and V7"
            Some(Role::All) if is_before_modifier(ground, words, place) => thought.with = true,
            Some(Role::All) => thought.all |= speaks_of_codes(words.get(place + 1)),
            _ if word.text == "to" => {}
            _ => thought = Thought { all: thought.all, ..Thought::default() },
        }
    }
    groups
}

/// "mods for 66984 are RT and 54": the words before the code speak of its modifiers.
fn is_announced(ground: &Ground<'_>, first: usize) -> bool {
    let mut at = first;
    for _ in 0..4 {
        let Some(before) = at
            .checked_sub(1)
            .filter(|_| ground.gap_before(at).is_some_and(|gap| gap.len() <= 5 && !ends_sentence(gap)))
        else {
            return false;
        };
        match ground.cue(before) {
            Some(Cue::Modifier) => return at != first && !modifier_follows(ground, before),
            Some(Cue::Filler | Cue::Code | Cue::System(_) | Cue::To) => at = before,
            _ => return false,
        }
    }
    false
}

/// "modifier 25 for 66984": the modifier is told before the code.
fn modifier_follows(ground: &Ground<'_>, index: usize) -> bool {
    modifier::at(ground, index + 1).is_some()
}

/// Whether a modifier follows the word at `place`.
pub(super) fn is_before_modifier(ground: &Ground<'_>, words: &[Word<'_>], place: usize) -> bool {
    words.get(place + 1).is_some_and(|next| next.modifier(ground).is_some())
}

/// Whether a comma and a new thought part the modifier at `place` from the one before: each is a group of its own.
fn groups_apart(words: &[Word<'_>], place: usize) -> bool {
    place.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|word| word.token.is_none())
        && words.get(place).is_some_and(|word| word.gap.contains(','))
}

/// Whether the modifier at `place` is one of the code, as the words around it say.
fn belongs(
    ground: &Ground<'_>,
    words: &[Word<'_>],
    place: usize,
    whole: bool,
    thought: Thought,
    (code, had): (&Candidate, bool),
) -> bool {
    let (Some(word), next) = (words.get(place), words.get(place + 1)) else { return false };
    let Some(token) = word.token else { return false };
    let marked = |word: &Word<'_>| word.begins || word.gap.contains([',', ')', '.', ';']);
    if word.gap.ends_with(['$', '#', '/', ':']) && !thought.listed || modifier::is_amount(ground, token) {
        return false;
    }
    if word.is_digits() || word.cue.is_some() {
        let before = place.checked_sub(1).and_then(|before| words.get(before)).map_or("", |word| word.text);
        // "the visit 99213 gets the 25, the shot 96372 the 59."
        let short = thought.straight && place == 1 && next.is_none_or(|next| next.begins);
        let pointed = matches!(before, "the" | "The" | "its" | "that") && (short || next.is_some_and(is_fate));
        // "…, 25 on the second one", "99291, 25 too?", "99214 as audio only, 93."
        let placed = is_placed(words.get(place + 1..).unwrap_or_default());
        let counts_on = attach::follows_in_count(code.shape.code.as_str(), word.text);
        let listed = word.gap.trim() == ","
            && !counts_on
            && (thought.straight || place <= 5 && next.is_none_or(|next| next.begins));
        // "read at home: 26 only", "our read, their machine - 26."
        let marked = place > 0 && matches!(word.gap, ": " | " - " | " – " | " = " | " → ");
        let pointed = pointed || placed || listed || marked;
        let named = matches!(before, "modifier" | "modifiers" | "mod" | "mods" | "Modifier");
        if !named && !modifier::goes_with(code.shape.code.as_str(), word.text) {
            return false;
        }
        return (thought.with || thought.listed || pointed) && clause::ends_cleanly(words, place, whole);
    }
    let denial = matches!(word.text, "CO" | "PR" | "OA" | "PI") && next.is_some_and(Word::is_digits);
    let wordlike = modifier::is_wordlike(ground, token);
    let word_of_its_own = wordlike || modifier::is_word(word.text.as_bytes());
    let alone = word.gap.contains(',') && next.is_none_or(marked);
    let behind_article =
        place.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| word.is(Role::Joins));
    let marked = place > 0 && matches!(word.gap.trim(), "=" | "→" | "->") && !word_of_its_own;
    let said = marked
        || thought.listed && !(wordlike && behind_article)
        || thought.with && !wordlike
        || thought.straight && !word_of_its_own;
    !denial && (said || had && alone && !word_of_its_own)
}

/// "on the second", "on both", "on it".
fn is_placed(rest: &[Word<'_>]) -> bool {
    let mut rest = rest.iter().take(3).skip_while(|word| word.is(Role::Joins));
    rest.next().is_some_and(|word| word.is(Role::Places))
        && rest
            .find(|word| !word.is(Role::Joins))
            .is_some_and(|word| matches!(word.role, Some(Role::Nth(_) | Role::All | Role::Refers)))
}

/// "the 25 was on it": what becomes of a modifier.
fn is_fate(word: &Word<'_>) -> bool {
    matches!(
        word.text,
        "was"
            | "is"
            | "were"
            | "should"
            | "went"
            | "goes"
            | "got"
            | "fell"
            | "on"
            | "belongs"
            | "there"
            | "never"
            | "didn't"
            | "wasn't"
            | "isn't"
            | "must"
            | "needs"
            | "has"
            | "had"
            | "did"
    )
}

/// Whether a sentence without a code of its own speaks of the code before it: "It went out with 59", "Left off the 33".
fn refers_back(rest: &[Word<'_>], several: bool) -> bool {
    let opening = |word: &Word<'_>| {
        word.is(Role::Acts)
            || ["so", "and", "then", "now", "yes", "no", "please", "also", "still"]
                .iter()
                .any(|one| word.text.eq_ignore_ascii_case(one))
    };
    let acted = rest.iter().take(3).any(|word| word.is(Role::Acts));
    let sentence = rest.iter().enumerate().take_while(|(at, word)| *at == 0 || !word.begins).map(|(_, word)| word);
    let mut words = sentence.take(8).skip_while(|word| opening(word));
    let Some(first) = words.next() else { return false };
    if first.is(Role::All) || rest.iter().take(6).any(|word| matches!(word.role, Some(Role::Nth(_) | Role::All))) {
        return true;
    }
    let plainly = matches!(
        first.text.to_ascii_lowercase().as_str(),
        "left" | "sent" | "went" | "came" | "billed" | "should" | "ought"
    );
    let spoken = !acted && (plainly || first.is(Role::Carries))
        || first.is(Role::Refers)
        || words.take(5).any(|word| word.text == "it");
    spoken && !several
}

/// The codes that own a modifier behind the code at `at`; `rest` is what stands behind the modifier.
fn owners(ground: &Ground<'_>, codes: &[Candidate], at: usize, rest: &[Word<'_>], all: bool) -> Vec<usize> {
    let first = list_before(ground, codes, at);
    let mut rest = rest.iter().take(8).take_while(|word| !word.begins && !word.gap.contains([',', ';']));
    let mut placed = false;
    while let Some(word) = rest.next() {
        match word.role {
            Some(Role::Places) => placed = true,
            Some(Role::All) if placed && speaks_of_codes(rest.next()) => return (first..=at).collect(),
            Some(Role::Nth(nth)) if placed && first < at => {
                return vec![if nth == u8::MAX { at } else { (first + usize::from(nth)).min(at) }];
            }
            Some(Role::Links | Role::Joins) => {}
            _ => placed = false,
        }
    }
    if all { (first..=at).collect() } else { vec![at] }
}
