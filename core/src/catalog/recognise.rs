//! What layout a file has, by its first bytes. The name alone never decides it, as files get renamed; it is asked only
//! for what no row says: the setting of an NCCI table.

use std::io::{self, BufRead, Cursor, Read, Seek};

use super::{
    dataset::Dataset,
    layout::{
        hcpcs_text, hcpcs_xlsx, icd10_order,
        lines::Lines,
        ncci_add_on, ncci_mue, ncci_ptp,
        table::{self, Column},
    },
    recognise_list::ListLayout,
    setting::Setting,
    terms::Terms,
};
use crate::domain::code::CodeSystem;

/// A layout that has a reader. What comes as text and as a spreadsheet is one layout when its columns are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// [`hcpcs_text`].
    HcpcsText,
    /// [`hcpcs_xlsx`].
    HcpcsXlsx,
    /// [`icd10_order`], diagnoses.
    Icd10CmOrder,
    /// [`icd10_order`], procedures.
    Icd10PcsOrder,
    /// [`ncci_ptp`].
    NcciPtp,
    /// [`ncci_mue`].
    NcciMue,
    /// [`ncci_add_on`].
    NcciAddOn,
    /// One of the lists around the code sets.
    List(ListLayout),
}

/// The layouts whose columns are bound by name.
const TABLES: [(Layout, &[Column]); 3] = [
    (Layout::NcciPtp, ncci_ptp::COLUMNS),
    (Layout::NcciMue, ncci_mue::COLUMNS),
    (Layout::NcciAddOn, ncci_add_on::COLUMNS),
];

impl Layout {
    /// The tables that a file of this layout and these names carries. HCPCS files carry the modifiers too. None when
    /// only a name could tell which of several, and none of these does.
    #[must_use]
    pub fn datasets(self, names: &[&str]) -> Option<Vec<Dataset>> {
        let one = |dataset| Some(vec![dataset]);
        match self {
            Self::HcpcsText | Self::HcpcsXlsx => {
                Some([CodeSystem::Hcpcs, CodeSystem::Modifier].map(Dataset::Codes).to_vec())
            }
            Self::Icd10CmOrder => one(Dataset::Codes(CodeSystem::Icd10Cm)),
            Self::Icd10PcsOrder => one(Dataset::Codes(CodeSystem::Icd10Pcs)),
            Self::NcciPtp => one(Dataset::Ptp(names.iter().find_map(|name| Setting::of_file(name))?)),
            Self::NcciMue => one(names.iter().find_map(|name| ncci_mue::FileName::dataset(name))?),
            Self::NcciAddOn => one(Dataset::AddOn),
            Self::List(list) => list.datasets(names),
        }
    }

    /// Whether a file of this layout can carry that table, as an operator may say it does.
    #[must_use]
    pub fn carries(self, dataset: Dataset) -> bool {
        match self {
            Self::HcpcsText | Self::HcpcsXlsx => {
                matches!(dataset, Dataset::Codes(CodeSystem::Hcpcs | CodeSystem::Modifier))
            }
            Self::Icd10CmOrder => matches!(dataset, Dataset::Codes(CodeSystem::Icd10Cm)),
            Self::Icd10PcsOrder => matches!(dataset, Dataset::Codes(CodeSystem::Icd10Pcs)),
            Self::NcciPtp => matches!(dataset, Dataset::Ptp(_)),
            Self::NcciMue => matches!(dataset, Dataset::Mue(_) | Dataset::MueSupplier),
            Self::NcciAddOn => matches!(dataset, Dataset::AddOn),
            Self::List(list) => list.carries(dataset),
        }
    }

    /// Whether files of this layout that were named together are one release: each says a part of what is known.
    #[must_use]
    pub const fn joins(self) -> bool {
        matches!(self, Self::List(ListLayout::CptText(_)))
    }

    /// The terms of such a file where its tables do not tell: it may hold texts of the AMA's.
    #[must_use]
    pub const fn terms(self) -> Option<Terms> {
        match self {
            Self::List(ListLayout::CptText(_)) => Some(Terms::AmaCpt),
            _ => None,
        }
    }
}

/// The first bytes that decide: notices before a header have taken 2 KB, disclaimers before a record ten lines.
const HEAD: u64 = 64 << 10;

/// The layout of a text file, by its first lines. `said` is the table that the operator says it is, which decides
/// what several layouts could be.
///
/// # Errors
/// What the reader says.
pub fn layout_of_text<R: BufRead>(reader: R, said: Option<Dataset>) -> io::Result<Option<Layout>> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head)?;
    let found = by_head(&head)?;
    let Some(dataset) = said.filter(|dataset| found.is_none_or(|layout| !layout.carries(*dataset))) else {
        return Ok(found);
    };
    Ok(ListLayout::as_said(&head, dataset).map(Layout::List).or(found))
}

fn by_head(head: &[u8]) -> io::Result<Option<Layout>> {
    const LOOK_AT: u64 = 64;
    let mut lines = Lines::new(head);
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
    let table = TABLES.into_iter().find(|(_, columns)| table::is_table(head, columns)).map(|(layout, _)| layout);
    Ok(table.or_else(|| ListLayout::of_text(head).map(Layout::List)))
}

/// The layout of a spreadsheet, by the header of one of its sheets.
#[must_use]
pub fn layout_of_sheet(book: &[u8]) -> Option<Layout> {
    let named = TABLES.into_iter().find(|(_, columns)| has_sheet(Cursor::new(book), columns));
    if let Some((layout, _)) = named {
        return Some(layout);
    }
    match ListLayout::of_sheet(|| Cursor::new(book)) {
        Ok(Some(list)) => Some(Layout::List(list)),
        _ => hcpcs_xlsx::is_release(Cursor::new(book)).then_some(Layout::HcpcsXlsx),
    }
}

fn has_sheet<R: Read + Seek>(book: R, columns: &[Column]) -> bool {
    table::read_sheet(book, columns, &mut |_| std::ops::ControlFlow::Break(())).is_ok()
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
        for (text, expected) in [
            (cm.as_str(), Some(Layout::Icd10CmOrder)),
            (pcs.as_str(), Some(Layout::Icd10PcsOrder)),
            (hcpcs, Some(Layout::HcpcsText)),
            (codes_file, None),
            ("column 1\tcolumn 2\n99213\t20610\n", None),
            ("", None),
        ] {
            assert_eq!(layout_of_text(text.as_bytes(), None).ok(), Some(expected), "{text}");
        }
    }
}
