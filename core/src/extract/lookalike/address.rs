//! Street numbers: `48213 North Main Street`, `12001 Research Blvd`.

use super::Suspect;
use crate::extract::{confidence::Reason, phrasebook, words::Cue};

/// How far behind the number the word for a street may stand.
const REACH: usize = 48;

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if !suspect.is_number() {
        return None;
    }
    let line = suspect.ground.line_after(suspect.shape.tail, REACH);
    let mut words = line.strip_prefix(' ')?.split([' ', '\t']);
    let first = words.next()?;
    // Names of streets begin with a capital letter or are numbered: "48213 5th Avenue".
    let named = first.starts_with(char::is_uppercase)
        || first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(['h', 't', 'd']);
    if !named || first.ends_with([',', ';', ':', '?']) {
        return None;
    }
    for word in words.take(3) {
        let bare = word.trim_end_matches([',', '.', ';', ')']);
        let is_street = bare.starts_with(char::is_uppercase) && phrasebook::cue(bare.as_bytes()) == Some(Cue::Street);
        if is_street {
            return Some(Reason::Address);
        }
        if bare.len() != word.len() || !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return None;
        }
    }
    None
}
