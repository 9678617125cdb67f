//! Units told in a sentence further off: "so two", "17003 thirteen", "with 13 on the units", "24G has a 1", and what
//! corrects a number told before: "No, make it 3".
//!
//! [`super::unit_words`] reads what stands beside a code while codes are still being found; [`give`] is called once behind
//! it, for codes that have no units yet, and reads whole sentences ([`super::clause`]). A number counts only where a word
//! or its place says so; minutes, doses, money and people are never units.

use super::{
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    code_list,
    confidence::Reason,
    ground::Ground,
    modifier,
    scan::Kind,
    unit_sentence::{MOST, Sentence},
    unit_words,
    words::Cue,
};

/// Gives every code the units that the words behind it tell.
pub(super) fn give(ground: &Ground<'_>, codes: &mut [Candidate]) {
    respectively(ground, codes);
    for at in (0..codes.len()).rev() {
        let Some(code) = codes.get(at).filter(|code| code.family() == Family::Procedure && code.score.points() > 0)
        else {
            continue;
        };
        if ground.cell(code.first).is_some() {
            continue;
        }
        let next = codes.get(at + 1);
        let to = next.map_or(ground.text().len(), |next| next.shape.span.start);
        let twice = next.and_then(|next| next.units).is_some_and(|units| units > 1);
        let before = at.checked_sub(1).and_then(|before| codes.get(before)).map_or(0, |before| before.reach.end);
        let counts = |token: usize| {
            matches!(ground.kind(token), Some(Kind::Digits | Kind::Mixed | Kind::Cue(Cue::Amount(_) | Cue::Unit)))
        };
        if !twice && !clause::holds(ground, code.reach.end, to, counts) {
            let told = if code.units.is_none() { announced(ground, before, code.shape.span.start) } else { None };
            if let (Some(units), Some(code)) = (told, codes.get_mut(at)) {
                code.units = Some(units);
                code.score.add(Reason::WithUnits);
            }
            continue;
        }
        let (words, whole) = clause::words(ground, code.reach.end, to);
        let to_code = whole && next.is_some_and(|next| next.family() == Family::Procedure);
        let sentence = Sentence {
            words: &words,
            code: code.shape.code.as_str(),
            tail: words
                .last()
                .filter(|_| next.is_some())
                .map_or("", |last| ground.between(last.span.end, to.min(last.span.end + 4))),
            whole,
            to_code,
            twice,
            lettered: is_lettered(code),
            wasted: is_wasted(code),
            listed: is_counted_list(ground, codes, at),
            modified: code.reach.last != code.shape.last && modifier::at(ground, code.reach.last).is_some(),
            settled: unit_words::is_settled(ground, code.first),
        };
        let told = code
            .units
            .or_else(|| sentence.told(ground, code.modifiers.is_empty()))
            .or_else(|| announced(ground, before, code.shape.span.start));
        let corrected = sentence.corrected(told.is_some());
        let Some(units) = corrected.or(told) else { continue };
        if let Some(code) = codes.get_mut(at) {
            code.units = Some(units);
            code.score.add(Reason::WithUnits);
        }
    }
}

/// "97110 and 97140, 2 and 1 units", "Codes: 97110, 97140 / Units: 2, 1": as many numbers as codes, in their order.
fn respectively(ground: &Ground<'_>, codes: &mut [Candidate]) {
    let mut first = 0;
    for at in 0..codes.len() {
        let joined = at.checked_sub(1).is_some_and(|before| code_list::is_joined(ground, codes, before));
        let procedure = |at: usize| codes.get(at).is_some_and(|code| code.family() == Family::Procedure);
        let bare = |at: usize| codes.get(at).is_some_and(|code| code.units.is_none());
        if !joined || !procedure(at) || !at.checked_sub(1).is_some_and(bare) {
            first = at;
        }
        let goes_on = at + 1 < codes.len() && code_list::is_joined(ground, codes, at);
        let Some(code) = codes.get(at).filter(|_| procedure(at) && at > first && !goes_on) else { continue };
        let (words, _) = clause::words(ground, code.shape.tail, code.shape.tail + 80);
        let Some(told) = counted_in_turn(&words, at + 1 - first) else { continue };
        for (code, count) in codes.get_mut(first..=at).into_iter().flatten().zip(told) {
            code.units = Some(count);
            code.score.add(Reason::WithUnits);
        }
    }
}

/// So many numbers in a list, with a word for units before or behind them.
fn counted_in_turn(words: &[Word<'_>], codes: usize) -> Option<Vec<u32>> {
    let lead =
        words.iter().take_while(|word| matches!(word.text, "with" | "at" | "for" | "in" | "and" | "Total")).count();
    let named = words.get(lead).is_some_and(|word| word.is(Role::Unit));
    let mut numbers = words.get(lead + usize::from(named)..)?.iter().filter(|word| !word.is(Role::And)).peekable();
    let mut told = Vec::new();
    while let Some(word) = numbers.next_if(|word| word.count.is_some() || word.text.contains('/')) {
        match word.count {
            Some(count) => told.push(count),
            // "2/1/1"
            None => told.extend(word.text.split('/').map_while(|part| part.parse::<u32>().ok())),
        }
    }
    let named = named || numbers.next().is_some_and(|word| word.is(Role::Unit));
    (named && told.len() == codes && told.iter().all(|count| (1..=MOST).contains(count))).then_some(told)
}

/// How far before a code its units are told, in bytes.
const LEADING: usize = 70;

/// "Units should read 60 on the J0897": the word for units, the number, and what puts it on the code behind it.
fn announced(ground: &Ground<'_>, from: usize, start: usize) -> Option<u32> {
    let from = from.max(start.saturating_sub(LEADING));
    if !clause::holds(ground, from, start, |token| {
        matches!(ground.kind(token), Some(Kind::Mixed | Kind::Cue(Cue::Unit)))
    }) {
        return None;
    }
    let from = (from..=start).find(|at| ground.text().is_char_boundary(*at))?;
    let (words, whole) = clause::words(ground, from, start);
    let first = words.iter().rposition(|word| word.begins).unwrap_or(0);
    let words = words.get(first..).unwrap_or_default();
    let places = words.iter().rposition(|word| word.is(Role::Places) || word.text == "of")?;
    let number = places.checked_sub(1)?;
    let count = words.get(number)?.count.filter(|count| (1..=MOST).contains(count))?;
    let unit = words.iter().take(number).rposition(|word| word.is(Role::Unit))?;
    let straight =
        words.get(unit + 1..).unwrap_or_default().iter().all(|word| !word.gap.contains([',', ';', '(', ':']));
    let near = number - unit <= 4 && words.len() - places <= 4;
    let plain =
        words.get(places + 1..).unwrap_or_default().iter().all(|word| word.token.is_none_or(|_| word.cue.is_some()));
    (whole && straight && near && plain).then_some(count)
}

/// `97110 2, 97140 1, 97530 1`: the code before or the next one has a bare number behind it, and a comma behind that.
fn is_counted_list(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> bool {
    let bare = |at: usize| {
        codes.get(at).is_some_and(|code| {
            let line = ground.line_after(code.reach.end, 8);
            let number = line.trim_start_matches([' ', '-', ':', '=']);
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let closed = number.get(digits..).unwrap_or_default().trim_start();
            let given = code.units.is_some() && code.reach.last != code.shape.last && !closed.starts_with('.');
            given || matches!(digits, 1 | 2) && number.len() < line.len() && is_end(closed)
        })
    };
    let near = |one: usize| {
        let ends = codes.get(one).zip(codes.get(one + 1));
        let gap = ends.and_then(|(one, other)| ground.gap_within(one.reach.end, other.shape.span.start, 12));
        gap.is_some_and(|gap| {
            gap.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | ';' | '\n' | '-' | ':' | '/' | '='))
        })
    };
    bare(at) && (near(at) && bare(at + 1) || at.checked_sub(1).is_some_and(|before| near(before) && bare(before)))
}

/// Whether what stands behind a number ends it: "2.", "2, 97140", but not "2. 97140", which numbers the next line.
fn is_end(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([',', ';', '/']) || behind.trim_end() == "."
}

/// Drugs and supplies are counted by the piece.
fn is_lettered(code: &Candidate) -> bool {
    code.shape.code.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
}

/// JW: the line of what was thrown away.
fn is_wasted(code: &Candidate) -> bool {
    code.modifiers.iter().any(|modifier| modifier.as_str() == "JW")
}
