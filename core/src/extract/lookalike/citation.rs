//! Sections, pages, figures, versions: "section 12345", "42 CFR 41078", `§ 12345`.

use super::Suspect;
use crate::{
    domain::code::CodeSystem,
    extract::{confidence::Reason, label::Label},
};

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    let before = suspect.ground.text().get(..suspect.shape.span.start).unwrap_or_default();
    let sign = before.trim_end_matches([' ', '\u{A0}']).ends_with('§');
    // "the PCS for the section is 10D00Z1"
    let cited = suspect.label == Some(Label::Section) && suspect.shape.system != CodeSystem::Icd10Pcs;
    (sign || cited).then_some(Reason::Citation)
}
