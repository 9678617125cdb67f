//! What layout a file has, by its first bytes. The name alone never decides it, as files get renamed.

use std::io::{self, BufRead};

use super::{
    dataset::Dataset,
    layout::{hcpcs_text, icd10_order, lines::Lines},
};
use crate::domain::code::CodeSystem;

/// A layout that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// [`hcpcs_text`].
    HcpcsText,
    /// [`super::layout::hcpcs_xlsx`].
    HcpcsXlsx,
    /// [`icd10_order`], diagnoses.
    Icd10CmOrder,
    /// [`icd10_order`], procedures.
    Icd10PcsOrder,
}

impl Layout {
    /// The tables that a file of this layout carries. HCPCS files carry the modifiers too.
    #[must_use]
    pub const fn datasets(self) -> &'static [Dataset] {
        match self {
            Self::HcpcsText | Self::HcpcsXlsx => {
                &[Dataset::Codes(CodeSystem::Hcpcs), Dataset::Codes(CodeSystem::Modifier)]
            }
            Self::Icd10CmOrder => &[Dataset::Codes(CodeSystem::Icd10Cm)],
            Self::Icd10PcsOrder => &[Dataset::Codes(CodeSystem::Icd10Pcs)],
        }
    }
}

/// The layout of a text file, by its first lines.
///
/// # Errors
/// What the reader says.
pub fn layout_of_text<R: BufRead>(reader: R) -> io::Result<Option<Layout>> {
    /// Disclaimers before the first record have taken ten lines so far.
    const LOOK_AT: u64 = 64;
    let mut lines = Lines::new(reader.take(LOOK_AT * 4096));
    while let Some(line) = lines.advance()? {
        match icd10_order::system_of(line) {
            Some(CodeSystem::Icd10Cm) => return Ok(Some(Layout::Icd10CmOrder)),
            Some(_) => return Ok(Some(Layout::Icd10PcsOrder)),
            None => {}
        }
        if hcpcs_text::is_record(line) {
            return Ok(Some(Layout::HcpcsText));
        }
        if line.number >= LOOK_AT {
            break;
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_tell_the_layout_whatever_the_name() {
        let cm = format!("00001 A00     0 {:<60} Cholera\r\n", "Cholera");
        let pcs = format!("00001 001     0 {:<60} Central Nervous System, Bypass\r\n", "Bypass");
        let hcpcs = "***Disclaimers\t\t\r\n\r\n   A1001007Dressing for one wound\r\n";
        let codes_file = "A000    Cholera due to Vibrio cholerae 01, biovar cholerae\r\n";
        let addenda = "Delete:      1 B880    Other acariasis\r\n";
        for (text, expected) in [
            (cm.as_str(), Some(Layout::Icd10CmOrder)),
            (pcs.as_str(), Some(Layout::Icd10PcsOrder)),
            (hcpcs, Some(Layout::HcpcsText)),
            (codes_file, None),
            (addenda, None),
            ("column 1\tcolumn 2\n99213\t20610\n", None),
            ("", None),
        ] {
            assert_eq!(layout_of_text(text.as_bytes()).ok(), Some(expected), "{text}");
        }
    }
}
