//! What layout a file has, by its first bytes. The name alone never decides it, as files get renamed; it is asked only
//! for what no row says: the setting of an NCCI table, and the track of the fee schedule.

use std::io::{self, BufRead, Cursor, Read};

use super::{
    dataset::Dataset,
    layout::{
        anesthesia, drg_exclusion,
        drg_severity::{self, Severity},
        drg_weights,
        gem::{self, Direction},
        hcpcs_text, hcpcs_xlsx, icd10_order,
        lines::Lines,
        ncci_add_on, ncci_mue, ncci_ptp, pfs_amount, pfs_gpci,
        pfs_relative_value::{self, Track, track_of_file},
        table::{self, Column},
    },
    recognise_coverage::CoverageLayout,
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
    /// [`pfs_relative_value`].
    RelativeValues,
    /// [`pfs_gpci`].
    Gpci,
    /// [`pfs_amount`].
    FeeAmounts,
    /// [`anesthesia::read_factors`].
    AnesthesiaFactors,
    /// [`anesthesia::read_units`].
    AnesthesiaUnits,
    /// [`drg_weights`].
    DrgWeights,
    /// [`drg_severity`]: table 6I or 6J.
    DrgSeverity(Severity),
    /// [`drg_exclusion`].
    DrgExclusions,
    /// [`gem`].
    Gem(Direction),
    /// One of the coverage lists.
    Coverage(CoverageLayout),
}

/// The layouts whose columns are bound by name.
const TABLES: [(Layout, &[Column]); 8] = [
    (Layout::NcciPtp, ncci_ptp::COLUMNS),
    (Layout::NcciMue, ncci_mue::COLUMNS),
    (Layout::NcciAddOn, ncci_add_on::COLUMNS),
    (Layout::RelativeValues, pfs_relative_value::COLUMNS),
    (Layout::Gpci, pfs_gpci::COLUMNS),
    (Layout::DrgWeights, drg_weights::COLUMNS),
    (Layout::AnesthesiaFactors, anesthesia::FACTORS),
    (Layout::AnesthesiaUnits, anesthesia::UNITS),
];

impl Layout {
    /// The tables that a file of this layout and these names carries. HCPCS files carry the modifiers too. None when
    /// only a name could tell which of several, and none of these does.
    #[must_use]
    pub fn datasets(self, names: &[&str]) -> Option<Vec<Dataset>> {
        let one = |dataset| Some(vec![dataset]);
        // The track stands in file names alone.
        let qualifying = || names.iter().find_map(|name| track_of_file(name)) == Some(Track::Qualifying);
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
            Self::RelativeValues if qualifying() => one(Dataset::RelativeValuesQp),
            Self::RelativeValues => one(Dataset::RelativeValues),
            Self::Gpci => one(Dataset::Gpci),
            Self::FeeAmounts if qualifying() => one(Dataset::FeeAmountsQp),
            Self::FeeAmounts => one(Dataset::FeeAmounts),
            Self::AnesthesiaFactors => one(Dataset::AnesthesiaFactors),
            Self::AnesthesiaUnits => one(Dataset::AnesthesiaUnits),
            Self::DrgWeights => Some(vec![Dataset::Codes(CodeSystem::MsDrg), Dataset::DrgWeights]),
            Self::DrgSeverity(Severity::Mcc) => one(Dataset::Mcc),
            Self::DrgSeverity(Severity::Cc) => one(Dataset::Cc),
            Self::DrgExclusions => one(Dataset::CcExclusions),
            Self::Gem(Direction::Forward) => one(Dataset::GemForward),
            Self::Gem(Direction::Backward) => one(Dataset::GemBackward),
            Self::Coverage(list) => Some(list.datasets().to_vec()),
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
            Self::RelativeValues => matches!(dataset, Dataset::RelativeValues | Dataset::RelativeValuesQp),
            Self::Gpci => matches!(dataset, Dataset::Gpci),
            Self::FeeAmounts => matches!(dataset, Dataset::FeeAmounts | Dataset::FeeAmountsQp),
            Self::AnesthesiaFactors => matches!(dataset, Dataset::AnesthesiaFactors),
            Self::AnesthesiaUnits => matches!(dataset, Dataset::AnesthesiaUnits),
            Self::DrgWeights => matches!(dataset, Dataset::DrgWeights | Dataset::Codes(CodeSystem::MsDrg)),
            Self::DrgSeverity(Severity::Mcc) => matches!(dataset, Dataset::Mcc),
            Self::DrgSeverity(Severity::Cc) => matches!(dataset, Dataset::Cc),
            Self::DrgExclusions => matches!(dataset, Dataset::CcExclusions),
            Self::Gem(Direction::Forward) => matches!(dataset, Dataset::GemForward),
            Self::Gem(Direction::Backward) => matches!(dataset, Dataset::GemBackward),
            Self::Coverage(list) => list.datasets().contains(&dataset),
        }
    }

    /// Whether files of this layout that were named together are one release: each says a part of what is known.
    #[must_use]
    pub const fn joins(self) -> bool {
        use CoverageLayout as Coverage;
        matches!(
            self,
            Self::List(ListLayout::CptText(_))
                | Self::Coverage(
                    Coverage::McdArticles
                        | Coverage::McdProcedures
                        | Coverage::McdCovered
                        | Coverage::McdNotCovered
                        | Coverage::McdParagraphs(_)
                        | Coverage::McdCarried
                        | Coverage::McdContractors
                        | Coverage::McdServed
                        | Coverage::McdStates
                )
        )
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
    let table = of_first_line(head)?.or_else(|| of_columns(head));
    let list = || ListLayout::of_text(head).map(Layout::List);
    Ok(table.or_else(list).or_else(|| CoverageLayout::of_text(head).map(Layout::Coverage)))
}

/// By the first line that has something on it.
fn of_first_line(head: &[u8]) -> io::Result<Option<Layout>> {
    let mut lines = Lines::new(head);
    while let Some(line) = lines.advance()? {
        if line.is_blank() {
            continue;
        }
        return Ok(match () {
            () if drg_exclusion::is_title(line) => Some(Layout::DrgExclusions),
            () if pfs_amount::is_record(line) => Some(Layout::FeeAmounts),
            () => gem::direction_of(line).map(Layout::Gem),
        });
    }
    Ok(None)
}

/// By the names of its columns; of the two lists of complications, by the title above them.
fn of_columns(head: &[u8]) -> Option<Layout> {
    if table::is_table(head, drg_severity::COLUMNS) {
        return drg_severity::severity_of_title(head).map(Layout::DrgSeverity);
    }
    TABLES.into_iter().find(|(_, columns)| table::is_table(head, columns)).map(|(layout, _)| layout)
}

/// The layout of a spreadsheet, by the header of one of its sheets.
#[must_use]
pub fn layout_of_sheet(book: &[u8]) -> Option<Layout> {
    let heads = table::sheet_heads(Cursor::new(book)).unwrap_or_default();
    if let Some(layout) = heads.iter().find_map(|head| of_columns(head)) {
        return Some(layout);
    }
    if let Ok(Some(list)) = ListLayout::of_sheet(|| Cursor::new(book)) {
        return Some(Layout::List(list));
    }
    match CoverageLayout::of_sheet(Cursor::new(book)) {
        Ok(Some(list)) => Some(Layout::Coverage(list)),
        _ => hcpcs_xlsx::is_release(Cursor::new(book)).then_some(Layout::HcpcsXlsx),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::layout::worksheet::tests::book, *};

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
            ("MAC,STATE,LOCALITY NUMBER,LOCALITY NAME,PW GPCI,PE GPCI,MP GPCI\n", Some(Layout::Gpci)),
            ("A000    0010  00000\n", Some(Layout::Gem(Direction::Backward))),
            ("0010  A000    00000\n", Some(Layout::Gem(Direction::Forward))),
            ("TABLE 6K - COMPLETE LIST OF CC EXCLUSIONS\n", Some(Layout::DrgExclusions)),
            ("TABLE 6J - COMPLETE CC LIST\nDiagnosis Code\tDescription\n", Some(Layout::DrgSeverity(Severity::Cc))),
            ("TABLE 6J.1 - ADDITIONS\nDiagnosis Code\tDescription\n", None),
            ("", None),
        ] {
            assert_eq!(layout_of_text(text.as_bytes(), None).ok(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_first_rows_of_a_sheet_tell_it_too() {
        let notice: &[&str] = &["A \"notice\"\tof rights"];
        let indices: &[&str] = &["MAC", "Locality", "2031 PW GPCI", "2031 PE GPCI", "2031 MP GPCI"];
        assert_eq!(layout_of_sheet(&book(&[notice, indices])), Some(Layout::Gpci));
        let complications: [&[&str]; 2] = [&["Table 6I - Complete MCC List"], &["Diagnosis Code", "Description"]];
        assert_eq!(layout_of_sheet(&book(&complications)), Some(Layout::DrgSeverity(Severity::Mcc)));
        assert_eq!(layout_of_sheet(&book(&[&["x"]])), None);
        assert_eq!(layout_of_sheet(b"PK"), None);
    }

    #[test]
    fn names_tell_what_the_content_does_not() {
        for (layout, names, dataset) in [
            (Layout::RelativeValues, &["PPRRVU2026_Oct_QPP.csv"][..], Dataset::RelativeValuesQp),
            (Layout::RelativeValues, &["PPRRVU2026_Oct_nonQPP.csv"], Dataset::RelativeValues),
            (Layout::RelativeValues, &["PPRRVU24_JUL.csv"], Dataset::RelativeValues),
            (Layout::FeeAmounts, &["PFREV26B.txt", "PFREV26B_QP.zip"], Dataset::FeeAmountsQp),
            (Layout::DrgSeverity(Severity::Mcc), &[], Dataset::Mcc),
            (Layout::Gem(Direction::Forward), &[], Dataset::GemForward),
        ] {
            assert_eq!(layout.datasets(names), Some(vec![dataset]), "{names:?}");
            assert!(layout.carries(dataset));
        }
    }
}
