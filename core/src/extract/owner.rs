//! Whose a modifier is that stands further off: "lost both G6 and V7", "carrying 25 above it", "It went out with 59",
//! "both of them go under his NPI with Q6", "62 on the fusion 22612", "GP on everything:" over a list.
//!
//! One rule, and no list of phrases: a modifier belongs to the nearest code before it in its sentence when a word says that
//! something has, gets or lacks it; "both", "each" and "all" make that the list before, "the first" one of it; what is put
//! on the code behind it belongs to that. A sentence without a code speaks of the code before when it says "it", or names
//! nobody ("Left off the 33"). [`super::read`] calls [`give`] once for a text, before certainty is settled;
//! [`super::lone`] asks for the rest.

use std::{collections::BTreeSet, ops::Range};

use super::{
    attach,
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    confidence::Reason,
    ground::{Ground, ends_sentence},
    modifier,
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

/// A procedure for which something speaks, and whose row does not say already what it has.
fn can_own(ground: &Ground<'_>, code: &Candidate) -> bool {
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
fn is_before_modifier(ground: &Ground<'_>, words: &[Word<'_>], place: usize) -> bool {
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
        let pointed = pointed || placed || listed;
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
    let said = thought.listed && !(wordlike && behind_article)
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

/// "put 91 on 82947", "33 that I hung on the 45380": whether the words lead on to the code behind them.
fn goes_on_code(ground: &Ground<'_>, rest: &[Word<'_>], places: fn(&Word<'_>) -> bool) -> bool {
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

/// How far a modifier may stand before its code, in bytes.
const LEADING: usize = 60;

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
        || words.take(3).any(|word| word.text == "it");
    spoken && !several
}

/// Whether "both" and "all" speak of codes, and not of knees or modifiers.
fn speaks_of_codes(next: Option<&Word<'_>>) -> bool {
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

/// Where the codes of the sentence begin that ends with the code at `at`.
fn list_before(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> usize {
    let mut first = at;
    while let Some(before) = code_before(ground, codes, first).filter(|_| at - first < MOST) {
        first = before;
    }
    first
}

/// No list that somebody speaks of together is longer.
const MOST: usize = 12;

/// The procedure before the one at `at`, in the same sentence.
fn code_before(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> Option<usize> {
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
const SENTENCE: usize = 120;

/// "GP on everything Monday:": the codes of the lines below, when that is what the line of token `last` says.
pub(super) fn heads_list(ground: &Ground<'_>, last: usize, codes: &[Candidate], next: usize) -> Option<Range<usize>> {
    let from = ground.span(last).end;
    let first = codes.get(next)?;
    let gap = ground.gap_within(from, first.shape.span.start, LEADING)?;
    let colon = gap.find(':')?;
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
