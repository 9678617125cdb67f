//! Amounts of money: `$12500`, `12500 USD`, "balance: 12500".

use super::Suspect;
use crate::extract::{confidence::Reason, ground::blanks_only, label::Label, words::Cue};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if !suspect.is_number() {
        return None;
    }
    let ground = suspect.ground;
    let before = ground.text().get(..suspect.shape.span.start).unwrap_or_default();
    let sign = before.strip_suffix(' ').unwrap_or(before).chars().next_back();
    let currency = ground.cue(suspect.shape.last + 1) == Some(Cue::Currency)
        && ground.gap_after(suspect.shape.last).is_some_and(blanks_only);
    let money = matches!(sign, Some('$' | '€' | '£' | '¥')) || currency || suspect.label == Some(Label::Money);
    money.then_some(Reason::Money)
}
