//! Which of the published tables about codes a file is, by its first bytes; and the data set, for which some need
//! their name too. Those of NCCI are [`super::recognise`]'s, as all will be that are taken in.
//!
//! A table is told by its column names ([`super::layout::table`]), a file of fixed columns by its first lines. The
//! track of the fee schedule stands in file names alone.

use std::io::{BufRead, Read, Seek};

use super::{
    dataset::Dataset,
    layout::{
        drg_exclusion,
        drg_severity::{self, Severity},
        drg_weights,
        gem::{self, Direction},
        lab_ncd,
        lines::Lines,
        mcd_code, mcd_document, pfs_amount, pfs_gpci,
        pfs_relative_value::{self, Track, track_of_file},
        place_of_service,
        table::{Column, TableError, is_table, sheet_heads},
    },
};

/// A layout of a table about codes that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableLayout {
    /// [`pfs_relative_value`].
    RelativeValues,
    /// [`pfs_gpci`].
    Gpci,
    /// [`pfs_amount`].
    FeeAmounts,
    /// [`drg_weights`].
    DrgWeights,
    /// [`drg_severity`]: table 6I or 6J.
    DrgSeverity(Severity),
    /// [`drg_exclusion`].
    DrgExclusions,
    /// [`gem`].
    Gem(Direction),
    /// [`lab_ncd`].
    LabNcd,
    /// [`mcd_document::read_articles`].
    McdArticles,
    /// [`mcd_document::read_lcds`].
    McdLcds,
    /// [`mcd_document::read_documents`].
    McdDocuments,
    /// [`mcd_code::read_procedures`].
    McdProcedures,
    /// [`mcd_code::read_diagnoses`], those that are covered.
    McdCovered,
    /// [`mcd_code::read_diagnoses`], those that are not.
    McdNotCovered,
    /// [`mcd_code::read_paragraphs`].
    McdParagraphs,
    /// [`place_of_service`].
    PlaceOfService,
}

/// The layouts that are told by their columns, each with those that it has and no other.
const TABLES: [(TableLayout, &[Column]); 11] = [
    (TableLayout::RelativeValues, pfs_relative_value::COLUMNS),
    (TableLayout::Gpci, pfs_gpci::COLUMNS),
    (TableLayout::DrgWeights, drg_weights::COLUMNS),
    (TableLayout::LabNcd, lab_ncd::COLUMNS),
    (TableLayout::McdArticles, mcd_document::ARTICLES),
    (TableLayout::McdLcds, mcd_document::LCDS),
    (TableLayout::McdDocuments, mcd_document::DOCUMENTS),
    (TableLayout::McdProcedures, mcd_code::PROCEDURES),
    (TableLayout::McdCovered, mcd_code::COVERED),
    (TableLayout::McdNotCovered, mcd_code::NOT_COVERED),
    (TableLayout::McdParagraphs, mcd_code::PARAGRAPHS),
];

impl TableLayout {
    /// The layout of a text, by its first bytes. Some 64 KB are enough.
    #[must_use]
    pub fn of_text(head: &[u8]) -> Option<Self> {
        of_lines(head).or_else(|| of_columns(head))
    }

    /// The layout of a workbook, by the first rows of its sheets.
    ///
    /// # Errors
    /// [`TableError::Damaged`].
    pub fn of_sheet<R: Read + Seek>(reader: R) -> Result<Option<Self>, TableError> {
        Ok(sheet_heads(reader)?.iter().find_map(|head| of_columns(head)))
    }

    /// The data set that a file of this layout holds, by its name and, for what that leaves open, the name of the ZIP
    /// around it. None when they do not tell, and for lists that hold two.
    #[must_use]
    pub fn dataset(self, names: &[&str]) -> Option<Dataset> {
        let qualifying = || names.iter().find_map(|name| track_of_file(name)) == Some(Track::Qualifying);
        Some(match self {
            Self::RelativeValues if qualifying() => Dataset::RelativeValuesQp,
            Self::RelativeValues => Dataset::RelativeValues,
            Self::Gpci => Dataset::Gpci,
            Self::FeeAmounts if qualifying() => Dataset::FeeAmountsQp,
            Self::FeeAmounts => Dataset::FeeAmounts,
            Self::DrgWeights => Dataset::DrgWeights,
            Self::DrgSeverity(Severity::Mcc) => Dataset::Mcc,
            Self::DrgSeverity(Severity::Cc) => Dataset::Cc,
            Self::DrgExclusions => Dataset::CcExclusions,
            Self::Gem(Direction::Forward) => Dataset::GemForward,
            Self::Gem(Direction::Backward) => Dataset::GemBackward,
            Self::LabNcd => Dataset::LabNcd,
            Self::McdArticles | Self::McdProcedures | Self::McdCovered | Self::McdNotCovered | Self::McdParagraphs => {
                Dataset::McdArticles
            }
            Self::McdLcds => Dataset::McdLcds,
            Self::McdDocuments => return None,
            Self::PlaceOfService => Dataset::PlaceOfService,
        })
    }
}

fn of_columns(head: &[u8]) -> Option<TableLayout> {
    if is_table(head, drg_severity::COLUMNS) {
        return drg_severity::severity_of_title(head).map(TableLayout::DrgSeverity);
    }
    let table = TABLES.into_iter().find(|(_, columns)| is_table(head, columns)).map(|(layout, _)| layout);
    // Its two names are common words, so they come last.
    table.or_else(|| is_table(head, place_of_service::COLUMNS).then_some(TableLayout::PlaceOfService))
}

/// By the first line that has something on it.
fn of_lines(head: &[u8]) -> Option<TableLayout> {
    let mut lines = Lines::new(head);
    while let Ok(Some(line)) = lines.advance() {
        if line.is_blank() {
            continue;
        }
        return match () {
            () if drg_exclusion::is_title(line) => Some(TableLayout::DrgExclusions),
            () if pfs_amount::is_record(line) => Some(TableLayout::FeeAmounts),
            () => gem::direction_of(line).map(TableLayout::Gem),
        };
    }
    None
}

/// The first bytes of a reader, as many as [`TableLayout::of_text`] wants.
///
/// # Errors
/// What the reader says.
pub fn head<R: BufRead>(reader: R) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(64 << 10).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{super::layout::worksheet::tests::book, *};

    #[test]
    fn the_first_bytes_tell_the_layout() {
        for (text, expected) in [
            ("MAC,STATE,LOCALITY NUMBER,LOCALITY NAME,PW GPCI,PE GPCI,MP GPCI\n", Some(TableLayout::Gpci)),
            ("A000    0010  00000\n", Some(TableLayout::Gem(Direction::Backward))),
            ("0010  A000    00000\n", Some(TableLayout::Gem(Direction::Forward))),
            ("TABLE 6K - COMPLETE LIST OF CC EXCLUSIONS\n", Some(TableLayout::DrgExclusions)),
            (
                "TABLE 6J - COMPLETE CC LIST\nDiagnosis Code\tDescription\n",
                Some(TableLayout::DrgSeverity(Severity::Cc)),
            ),
            ("TABLE 6J.1 - ADDITIONS\nDiagnosis Code\tDescription\n", None),
            ("article_id,article_version,icd10_covered_group,icd10_code_id\n", Some(TableLayout::McdCovered)),
            ("article_id,article_version,title,description\n", Some(TableLayout::McdArticles)),
            ("POS,NAME\n01,Pharmacy\n", Some(TableLayout::PlaceOfService)),
            ("code,description\n", None),
            ("A000    Cholera due to Vibrio cholerae\n", None),
            ("", None),
        ] {
            assert_eq!(TableLayout::of_text(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn the_first_rows_of_a_sheet_tell_it_too() -> Result<(), TableError> {
        let sheet =
            book(&[&["A \"notice\"\tof rights"], &["MAC", "Locality", "2031 PW GPCI", "2031 PE GPCI", "2031 MP GPCI"]]);
        assert_eq!(TableLayout::of_sheet(Cursor::new(sheet))?, Some(TableLayout::Gpci));
        assert_eq!(TableLayout::of_sheet(Cursor::new(book(&[&["x"]])))?, None);
        assert!(TableLayout::of_sheet(Cursor::new(b"PK")).is_err());
        Ok(())
    }

    #[test]
    fn names_tell_what_the_content_does_not() {
        for (layout, names, dataset) in [
            (TableLayout::RelativeValues, &["PPRRVU2026_Oct_QPP.csv"][..], Some(Dataset::RelativeValuesQp)),
            (TableLayout::RelativeValues, &["PPRRVU2026_Oct_nonQPP.csv"], Some(Dataset::RelativeValues)),
            (TableLayout::RelativeValues, &["PPRRVU24_JUL.csv"], Some(Dataset::RelativeValues)),
            (TableLayout::FeeAmounts, &["PFREV26B.txt", "PFREV26B_QP.zip"], Some(Dataset::FeeAmountsQp)),
            (TableLayout::DrgSeverity(Severity::Mcc), &[], Some(Dataset::Mcc)),
            (TableLayout::Gem(Direction::Forward), &[], Some(Dataset::GemForward)),
            (TableLayout::McdDocuments, &[], None),
        ] {
            assert_eq!(layout.dataset(names), dataset, "{names:?}");
        }
    }
}
