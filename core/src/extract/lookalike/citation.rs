//! Sections, pages, figures, versions: "section 12345", "42 CFR 41078", `§ 12345`.

use super::Suspect;
use crate::extract::{confidence::Reason, label::Label};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    let before = suspect.ground.text().get(..suspect.shape.span.start).unwrap_or_default();
    let sign = before.trim_end_matches([' ', '\u{A0}']).ends_with('§');
    (sign || suspect.label == Some(Label::Section)).then_some(Reason::Citation)
}
