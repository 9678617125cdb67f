//! Numbers of accounts, claims, members, orders, rooms. The word before decides.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    match suspect.label {
        Some(Label::Identifier) => Some(Reason::Identifier),
        Some(Label::PerhapsIdentifier) => Some(Reason::PerhapsIdentifier),
        _ if suspect.is_number() && names_payer(suspect) => Some(Reason::Identifier),
        _ if suspect.is_number() && is_document(suspect) => Some(Reason::PerhapsIdentifier),
        _ => None,
    }
}

/// "Payer IDs: Aetna 60054, Cigna 62308": the numbers of clearinghouses for payers.
fn names_payer(suspect: &Suspect<'_>) -> bool {
    let before = suspect.ground.before(suspect.shape.span.start, 90);
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.contains("ayer ID") || line.contains("ayer id")
}

/// "report 36415 lists", "policy 90853 covers": what is read, and no code.
fn is_document(suspect: &Suspect<'_>) -> bool {
    let behind = suspect.ground.line_after(suspect.shape.tail, 12);
    let word =
        behind.strip_prefix(' ').unwrap_or_default().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(word, "shows" | "lists" | "holds" | "contains" | "tracks")
}
