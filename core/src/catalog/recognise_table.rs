//! Which of the tables of coverage a file is, by its first bytes; and the data set. The other tables about codes are
//! [`super::recognise`]'s, as all will be that are taken in.
//!
//! A table is told by its column names ([`super::layout::table`]).

use std::io::{BufRead, Read, Seek};

use super::{
    dataset::Dataset,
    layout::{
        lab_ncd, mcd_code, mcd_document, place_of_service,
        table::{Column, TableError, is_table, sheet_heads},
    },
};

/// A layout of a table about codes that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableLayout {
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
const TABLES: [(TableLayout, &[Column]); 8] = [
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
        of_columns(head)
    }

    /// The layout of a workbook, by the first rows of its sheets.
    ///
    /// # Errors
    /// [`TableError::Damaged`].
    pub fn of_sheet<R: Read + Seek>(reader: R) -> Result<Option<Self>, TableError> {
        Ok(sheet_heads(reader)?.iter().find_map(|head| of_columns(head)))
    }

    /// The data set that a file of this layout holds. None for lists that hold two.
    #[must_use]
    pub const fn dataset(self) -> Option<Dataset> {
        Some(match self {
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
    let table = TABLES.into_iter().find(|(_, columns)| is_table(head, columns)).map(|(layout, _)| layout);
    // Its two names are common words, so they come last.
    table.or_else(|| is_table(head, place_of_service::COLUMNS).then_some(TableLayout::PlaceOfService))
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
        let sheet = book(&[&["A \"notice\"\tof rights"], &["article_id", "article_version", "title", "description"]]);
        assert_eq!(TableLayout::of_sheet(Cursor::new(sheet))?, Some(TableLayout::McdArticles));
        assert_eq!(TableLayout::of_sheet(Cursor::new(book(&[&["x"]])))?, None);
        assert!(TableLayout::of_sheet(Cursor::new(b"PK")).is_err());
        Ok(())
    }

    #[test]
    fn a_list_of_two_tables_is_none_of_them() {
        assert_eq!(TableLayout::McdDocuments.dataset(), None);
        assert_eq!(TableLayout::LabNcd.dataset(), Some(Dataset::LabNcd));
    }
}
