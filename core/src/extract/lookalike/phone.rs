//! Phone numbers and extensions. Most are caught as parts of longer numbers; here are those that stand apart:
//! `ext. 48213`, `(030) 12345`.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label, scan::Kind};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    let ground = suspect.ground;
    // "from the fax: 992l3" is what somebody reads off it.
    let scanned = suspect.shape.score.has(Reason::LetterForDigit);
    if suspect.label == Some(Label::Phone) && !scanned {
        return Some(Reason::Phone);
    }
    let before = suspect.first.checked_sub(1)?;
    let area = ground.kind(before) == Some(Kind::Digits) && matches!(ground.word(before).len(), 2..=4);
    let closed = ground.gap_before(suspect.first)?;
    let opened = ground.char_before(ground.span(before).start);
    (suspect.is_number() && area && matches!(closed, ")" | ") ") && opened == Some('(')).then_some(Reason::Phone)
}
