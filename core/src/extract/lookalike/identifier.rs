//! Numbers of accounts, claims, members, orders, rooms; denial codes. The word before decides.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    match suspect.label? {
        Label::Identifier => Some(Reason::Identifier),
        Label::Remark => Some(Reason::DenialCode),
        Label::PerhapsIdentifier => Some(Reason::PerhapsIdentifier),
        _ => None,
    }
}
