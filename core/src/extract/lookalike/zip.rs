//! ZIP codes: `60614-1234`, `Chicago, IL 60614`, `ZIP 60614`.

use super::Suspect;
use crate::{
    domain::code::CodeSystem,
    extract::{
        confidence::Reason,
        ground::{Ground, blanks_only, is_dash},
        label::Label,
        modifier, phrasebook,
        scan::Kind,
        words::Cue,
    },
};

/// The two-letter names of states and territories (USPS).
const STATES: &str = "ALAKAZARCACOCTDEFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUT\
VTVAWAWVWIWYDCPRVIGU";

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if suspect.label == Some(Label::Zip) {
        return Some(Reason::Zip);
    }
    let next = suspect.shape.last + 1;
    let called_after = suspect.ground.cue(next) == Some(Cue::Zip)
        && suspect.ground.gap_after(suspect.shape.last).is_some_and(blanks_only);
    if called_after {
        return Some(Reason::Zip);
    }
    let five = suspect.shape.system == CodeSystem::Cpt && suspect.is_number();
    if !five {
        return None;
    }
    if has_plus_four(suspect) || follows_state(suspect.ground, suspect.first) {
        return Some(Reason::Zip);
    }
    follows_town(suspect)
}

/// Words for where people live.
const LIVING: [&str; 12] = [
    "lives", "lived", "living", "moved", "moving", "resides", "residing", "resident", "home", "house", "address",
    "mailed",
];
/// Months, which stand behind "in" like towns.
const MONTHS: &str = "January February March April May June July August September October November December";
/// How far back a town is looked for, in bytes.
const TOWN: usize = 80;

/// "lives in Spokane 99203", "Ann Ray of 27814", "moved from 73102": a town, or the word before a place.
fn follows_town(suspect: &Suspect<'_>) -> Option<Reason> {
    let start = suspect.shape.span.start;
    let text = suspect.ground.text().get(..start)?.strip_suffix(' ')?;
    let mut from = text.len().saturating_sub(TOWN);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let sentence = text.get(from..)?.rsplit(['\n', ';', '?', '!']).next()?;
    let mut words = sentence.rsplit(' ').filter(|word| !word.is_empty()).peekable();
    let living = sentence.split(' ').any(|word| LIVING.contains(&word));
    let preposition = |word: &str| matches!(word, "in" | "from" | "of" | "at" | "near" | "to");
    if words.next_if(|word| preposition(word)).is_some() {
        let name = words
            .next()
            .filter(|word| is_name(word))
            .and_then(|_| words.next())
            .is_some_and(|word| is_name(word.trim_end_matches(',')));
        return (living || name && !suspect.shape.score.has(Reason::VisitRange)).then_some(Reason::Zip);
    }
    let mut named = false;
    for _ in 0..3 {
        named |= words.next_if(|word| is_name(word)).is_some();
    }
    let town = named && words.next().is_some_and(|word| matches!(word, "in" | "from" | "near"));
    town.then_some(if living { Reason::Zip } else { Reason::AfterTown })
}

/// A word with a capital letter that no rule knows.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some_and(char::is_lowercase)
        && letters.all(|c| c.is_alphabetic() || c == '-')
        && phrasebook::cue(word.as_bytes()).is_none()
        && !MONTHS.split(' ').any(|month| month == word)
}

fn has_plus_four(suspect: &Suspect<'_>) -> bool {
    let next = suspect.shape.last + 1;
    let dashed =
        suspect.ground.gap_after(suspect.shape.last).is_some_and(|gap| gap.chars().all(is_dash) && !gap.is_empty());
    let word = suspect.ground.word(next);
    let modified = suspect.shape.score.has(Reason::VisitRange) && modifier::visit_pair(word).is_some();
    !modified && dashed && suspect.ground.kind(next) == Some(Kind::Digits) && word.len() == 4
}

/// A state right before it, and before the state a comma, a name or the start of a line: "our PA 99213" is a visit.
fn follows_state(ground: &Ground<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    // "^OH^43604", "PA*16509": the fields of HL7 and X12.
    let field = ground.gap_before(first).is_some_and(|gap| matches!(gap, "^" | "*"));
    if !field
        && !ground
            .gap_before(first)
            .is_some_and(|gap| blanks_only(gap.trim_start_matches([',', '.'])) && gap.len() <= 4)
    {
        return false;
    }
    let word = ground.word(before);
    if ground.cue(before) == Some(Cue::State) {
        return word.starts_with(char::is_uppercase);
    }
    let upper = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    if !upper || !STATES.as_bytes().chunks_exact(2).any(|state| state == word.as_bytes()) {
        return false;
    }
    let start = ground.span(before).start;
    let text = ground.text().get(..start).unwrap_or_default();
    let trimmed = text.trim_end_matches([' ', '\u{A0}', '\t']);
    if text.len().saturating_sub(trimmed.len()) > 4 {
        return false;
    }
    // "our PA 99213": no town has a name that says something here.
    let spoken = before.checked_sub(1).filter(|word| ground.span(*word).end == trimmed.len());
    if spoken.is_some_and(|word| !matches!(ground.cue(word), None | Some(Cue::State | Cue::Street))) {
        return false;
    }
    // "J1885 GA 96372": a modifier between two codes.
    match trimmed.chars().next_back() {
        None | Some(',' | '\n' | '\r' | '(' | '|' | '.') => true,
        Some('^' | '*') => field,
        Some(c) if c.is_alphabetic() => ground.word_before(trimmed.len(), 24).starts_with(char::is_uppercase),
        Some(_) => false,
    }
}
