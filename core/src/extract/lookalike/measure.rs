//! Counts, doses and times: "48213 members", "250.00 mg", "12500 hours", "120.50%".

use super::Suspect;
use crate::{
    domain::code::CodeSystem,
    extract::{confidence::Reason, ground::blanks_only, words::Cue},
};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if !suspect.is_number() {
        return None;
    }
    let ground = suspect.ground;
    if matches!(ground.char_at(suspect.shape.tail), Some('%' | '°')) {
        return Some(Reason::Measured);
    }
    let next = suspect.shape.last + 1;
    let behind = ground.line_after(suspect.shape.tail, 10);
    if behind.starts_with(" of them") || behind.starts_with(" of those") {
        return Some(Reason::Counted);
    }
    if suspect.shape.tail != ground.span(suspect.shape.last).end
        || !ground.gap_after(suspect.shape.last).is_some_and(blanks_only)
    {
        return None;
    }
    let visits = suspect.shape.score.has(Reason::VisitRange);
    match ground.cue(next)? {
        // "99223 day before surgery", "20610 second injection": of so many it would be days, and seconds.
        Cue::Duration if visits || suspect.shape.system == CodeSystem::Cpt && is_single(ground.word(next)) => None,
        Cue::Dose | Cue::Duration => Some(Reason::Measured),
        Cue::Counted if !visits => Some(Reason::Counted),
        Cue::Billing | Cue::Handling if !visits && matches!(ground.word(next), "claims" | "visits" | "services") => {
            Some(Reason::Counted)
        }
        Cue::Medicine if !visits && matches!(ground.word(next), "patients" | "physicians" | "providers") => {
            Some(Reason::Counted)
        }
        _ => None,
    }
}

/// Whether a word for a time speaks of one, or of no count at all.
fn is_single(word: &str) -> bool {
    const SINGLE: [&str; 10] = ["day", "second", "minute", "hour", "week", "month", "year", "old", "am", "pm"];
    SINGLE.iter().any(|one| word.eq_ignore_ascii_case(one))
}
