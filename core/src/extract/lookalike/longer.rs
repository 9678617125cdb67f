//! Parts of longer numbers and names: `312-55501`, `INV-48213`, `12345.67`, `R12.2.1`, `48213/2026`.
//!
//! A dash or a slash also joins codes to codes and to modifiers; those are let through here and read elsewhere.

use super::Suspect;
use crate::{
    domain::code::CodeSystem,
    extract::{
        attach,
        confidence::Reason,
        ground::{Ground, is_dash},
        modifier, phrasebook,
        scan::Kind,
        words::Cue,
    },
};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    let joined = suspect.shape.system != CodeSystem::Ndc
        && !is_listed(suspect)
        && (joined_before(suspect) || joined_after(suspect));
    joined.then_some(Reason::PartOfLonger)
}

/// "DRGs 469-470", "rev codes 0250/0258": what is called by its system has others of its length beside it.
fn is_listed(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let (first, last) = (suspect.first, suspect.shape.last);
    let short = matches!(suspect.shape.system, CodeSystem::MsDrg | CodeSystem::Revenue);
    let length = ground.span(first).len();
    let joins = |gap: Option<&str>, other: usize| match gap {
        Some("/" | "-" | "\u{2013}") => ground.kind(other) == Some(Kind::Digits) && ground.span(other).len() == length,
        Some(gap) => !gap.is_empty(),
        None => true,
    };
    short
        && (first == 0 || joins(ground.gap_before(first), first - 1))
        && joins(ground.gap_after(last), last + 1)
        && !ground.char_at(suspect.shape.tail).is_some_and(|c| c == '.' && ground.gap_after(last) == Some("."))
}

fn joined_before(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let start = suspect.shape.span.start;
    if start != ground.span(suspect.first).start {
        return false;
    }
    let Some(mark) = ground.char_before(start) else { return false };
    let at = start - mark.len_utf8();
    let Some(other) = ground.char_before(at).filter(|c| c.is_alphanumeric()) else { return mark == '_' };
    let before = suspect.first.checked_sub(1).filter(|before| ground.span(*before).end == at);
    match mark {
        '.' => other.is_ascii_digit() || other.is_uppercase(),
        ':' => other.is_ascii_digit(),
        '_' | '\\' => true,
        '/' => {
            suspect.is_number()
                && before.is_some_and(|before| {
                    let chained = ground.char_before(ground.span(before).start) == Some('/');
                    ground.kind(before) == Some(Kind::Digits)
                        && !is_five(ground, before)
                        && (chained || modifier::at(ground, before).is_none())
                })
        }
        mark if is_dash(mark) => dashed_before(suspect, before, at),
        _ => false,
    }
}

fn is_five(ground: &Ground<'_>, index: usize) -> bool {
    ground.span(index).len() == 5
}

/// `INV-48213` is one name; `CPT-99213`, `post-99213` and the range `99202-99205` are not.
fn dashed_before(suspect: &Suspect<'_>, before: Option<usize>, at: usize) -> bool {
    let ground = suspect.ground;
    match before.and_then(|before| Some((before, ground.kind(before)?))) {
        // "Clinic-99213" is the name of something; "CPT-99213" and "post-99213" are not.
        Some((before, Kind::Cue(cue))) => {
            let names = matches!(
                cue,
                Cue::Medicine | Cue::Everyday | Cue::Identifier | Cue::OtherCode | Cue::Street | Cue::State
            );
            names && suspect.is_number() && ground.word(before).starts_with(char::is_uppercase)
        }
        Some((before, Kind::Digits)) if suspect.is_number() => {
            !is_five(ground, before) && modifier::at(ground, before).is_none()
        }
        Some((before, Kind::Digits)) => ground.char_before(ground.span(before).start) != Some('.'),
        Some((before, Kind::Mixed)) => suspect.is_number() && !is_five(ground, before),
        Some((_, Kind::Pair)) => true,
        _ => {
            let word = ground.word_before(at, 12);
            let between = suspect.is_number() && word.starts_with(char::is_uppercase) && is_named_behind(suspect);
            !word.is_empty()
                && (word.chars().all(char::is_uppercase) || between)
                && phrasebook::cue(word.as_bytes()).is_none()
        }
    }
}

/// "Maple-27130-Creek": a word is joined behind it as well.
fn is_named_behind(suspect: &Suspect<'_>) -> bool {
    let behind = suspect.ground.line_after(suspect.shape.tail, 4);
    let mut chars = behind.chars();
    chars.next().is_some_and(is_dash) && chars.filter(|c| c.is_alphabetic()).count() >= 3
}

fn joined_after(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let end = suspect.shape.tail;
    let Some(mark) = ground.char_at(end) else { return false };
    let at = end + mark.len_utf8();
    let Some(other) = ground.char_at(at).filter(|c| c.is_alphanumeric()) else { return mark == '_' };
    let next = suspect.shape.last + 1;
    let touching = ground.token(next).is_some_and(|token| token.span.start == at);
    let length = if touching { ground.span(next).len() } else { 0 };
    match mark {
        // `99213.25`: no price ends so high in the visits; `12345.67` is one.
        '.' => {
            other.is_ascii_digit()
                && !(suspect.shape.score.has(Reason::VisitRange) && attach::dotted(ground, next, "."))
        }
        // `HC:99213:25` is a line of a claim file.
        ':' => other.is_ascii_digit() && suspect.is_number() && !(length == 2 && modifier::at(ground, next).is_some()),
        '_' | '\\' => true,
        '/' => {
            touching && suspect.is_number() && ground.kind(next) == Some(Kind::Digits) && matches!(length, 3 | 4 | 6..)
        }
        mark if is_dash(mark) && touching => dashed_after(suspect, next, length),
        _ => false,
    }
}

fn dashed_after(suspect: &Suspect<'_>, next: usize, length: usize) -> bool {
    let ground = suspect.ground;
    let diagnosis = matches!(suspect.shape.system, CodeSystem::Icd10Cm | CodeSystem::Icd9Cm);
    let visit = suspect.shape.score.has(Reason::VisitRange);
    match ground.kind(next) {
        Some(Kind::Digits) if visit && modifier::visit_pair(ground.word(next)).is_some() => false,
        Some(Kind::Digits) => {
            let allowed = if suspect.is_number() || !diagnosis { matches!(length, 1 | 2 | 5) } else { length == 3 };
            !allowed || goes_on(ground, next)
        }
        Some(Kind::Mixed) if modifier::pair(ground.word(next)).is_some() => false,
        Some(Kind::Mixed) => !diagnosis && !matches!(length, 2 | 5) && suspect.shape.system != CodeSystem::Icd10Pcs,
        Some(Kind::Pair) => modifier::at(ground, next).is_none() || goes_on(ground, next),
        _ => false,
    }
}

/// `12345-67-8901`, `48213-AB-9`: after the first dash something that is no modifier and no code.
fn goes_on(ground: &Ground<'_>, index: usize) -> bool {
    let one_dash = ground.gap_after(index).is_some_and(|gap| gap.chars().all(is_dash) && !gap.is_empty());
    let number = matches!(ground.kind(index + 1), Some(Kind::Digits | Kind::Mixed));
    one_dash && number && ground.span(index + 1).len() != 5 && modifier::at(ground, index + 1).is_none()
}
