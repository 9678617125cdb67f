//! Numbers of accounts, claims, members, orders, rooms; denial codes. The word before decides.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label, scan::Kind, words::Cue};

/// How many words back a denial group makes what follows a remark code.
const STEPS: usize = 8;

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    match suspect.label {
        Some(Label::Identifier) => Some(Reason::Identifier),
        Some(Label::Remark) => Some(Reason::DenialCode),
        Some(Label::PerhapsIdentifier) => Some(Reason::PerhapsIdentifier),
        _ => is_remark_code(suspect).then_some(Reason::DenialCode),
    }
}

/// "CO-97 N130": N or M and up to three digits, behind a denial group on the same line.
fn is_remark_code(suspect: &Suspect<'_>) -> bool {
    let ground = suspect.ground;
    let written = suspect.shape.span.of(ground.text());
    let digits = written.strip_prefix(['N', 'M']).unwrap_or_default();
    if !matches!(digits.len(), 1..=3) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    (0..suspect.first).rev().take(STEPS).take_while(|index| ground.kind(*index) != Some(Kind::Stop)).any(|index| {
        ground.cue(index) == Some(Cue::Remark)
            || matches!(ground.word(index), "CO" | "PR" | "OA" | "PI") && ground.kind(index + 1) == Some(Kind::Digits)
    })
}
