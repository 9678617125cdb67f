//! Numbers of accounts, claims, members, orders, rooms. The word before decides.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    match suspect.label {
        Some(Label::Identifier) => Some(Reason::Identifier),
        Some(Label::PerhapsIdentifier) => Some(Reason::PerhapsIdentifier),
        _ => None,
    }
}
