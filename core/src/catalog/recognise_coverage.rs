//! Which of the coverage lists a file is, by its first bytes: laboratory NCDs, the Medicare coverage database, places
//! of service. All are told by their column names.

use std::io::{Read, Seek};

use super::{
    dataset::Dataset,
    fact::mcd::GroupOf,
    layout::{
        lab_ncd, mcd_code, mcd_contractor, mcd_document, place_of_service,
        table::{Column, TableError, is_table, sheet_heads},
    },
};

/// A layout of a coverage list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageLayout {
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
    /// [`mcd_contractor::read_carried`].
    McdCarried,
    /// [`mcd_contractor::read_contractors`].
    McdContractors,
    /// [`mcd_contractor::read_served`].
    McdServed,
    /// [`mcd_contractor::read_states`].
    McdStates,
    /// [`mcd_code::read_paragraphs`], of groups of these.
    McdParagraphs(GroupOf),
    /// [`place_of_service`].
    PlaceOfService,
}

/// The layouts, each with the columns that it has and no other before it.
const TABLES: [(CoverageLayout, &[Column]); 11] = [
    (CoverageLayout::LabNcd, lab_ncd::COLUMNS),
    (CoverageLayout::McdArticles, mcd_document::ARTICLES),
    (CoverageLayout::McdLcds, mcd_document::LCDS),
    (CoverageLayout::McdDocuments, mcd_document::DOCUMENTS),
    (CoverageLayout::McdProcedures, mcd_code::PROCEDURES),
    (CoverageLayout::McdCovered, mcd_code::COVERED),
    (CoverageLayout::McdNotCovered, mcd_code::NOT_COVERED),
    (CoverageLayout::McdCarried, mcd_contractor::CARRIED),
    (CoverageLayout::McdServed, mcd_contractor::SERVED),
    (CoverageLayout::McdContractors, mcd_contractor::CONTRACTORS),
    (CoverageLayout::McdStates, mcd_contractor::STATES),
];

impl CoverageLayout {
    /// The layout of a text, by its first bytes. Some 64 KB are enough.
    #[must_use]
    pub fn of_text(head: &[u8]) -> Option<Self> {
        let table = TABLES.into_iter().find(|(_, columns)| is_table(head, columns)).map(|(layout, _)| layout);
        let paragraphs = || is_table(head, mcd_code::PARAGRAPHS).then(|| group_of(head)).map(Self::McdParagraphs);
        // Its two names are common words, so they come last.
        let place = || is_table(head, place_of_service::COLUMNS).then_some(Self::PlaceOfService);
        table.or_else(paragraphs).or_else(place)
    }

    /// The layout of a workbook, by the first rows of its sheets.
    ///
    /// # Errors
    /// [`TableError::Damaged`].
    pub fn of_sheet<R: Read + Seek>(reader: R) -> Result<Option<Self>, TableError> {
        let found = sheet_heads(reader)?.iter().find_map(|head| Self::of_text(head));
        // The coverage database is published as text alone.
        Ok(found.filter(|layout| matches!(layout, Self::LabNcd | Self::PlaceOfService)))
    }

    /// The tables that a file of this layout holds.
    #[must_use]
    pub const fn datasets(self) -> &'static [Dataset] {
        match self {
            Self::LabNcd => &[Dataset::LabNcd],
            Self::McdArticles
            | Self::McdProcedures
            | Self::McdCovered
            | Self::McdNotCovered
            | Self::McdCarried
            | Self::McdContractors
            | Self::McdServed
            | Self::McdStates
            | Self::McdParagraphs(_) => &[Dataset::McdArticles],
            Self::McdLcds => &[Dataset::McdLcds],
            Self::McdDocuments => &[Dataset::McdArticles, Dataset::McdLcds],
            Self::PlaceOfService => &[Dataset::PlaceOfService],
        }
    }
}

/// The name of the group's column tells of what the groups are.
fn group_of(head: &[u8]) -> GroupOf {
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window.eq_ignore_ascii_case(name));
    match () {
        () if has(b"icd10_covered_group") => GroupOf::Covered,
        () if has(b"icd10_noncovered_group") => GroupOf::NotCovered,
        () => GroupOf::Procedures,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_list() {
        use CoverageLayout as List;
        for (text, expected) in [
            ("article_id,article_version,icd10_covered_group,icd10_code_id\n", Some(List::McdCovered)),
            ("article_id,article_version,title,description\n", Some(List::McdArticles)),
            (
                "article_id,article_version,icd10_noncovered_group,paragraph\n",
                Some(List::McdParagraphs(GroupOf::NotCovered)),
            ),
            ("article_id,article_version,hcpc_code_group,paragraph\n", Some(List::McdParagraphs(GroupOf::Procedures))),
            (
                "article_id,article_version,contractor_id,contractor_type_id,contractor_version\n",
                Some(List::McdCarried),
            ),
            ("contractor_id,contractor_type_id,contractor_version,state_id,term_date\n", Some(List::McdServed)),
            ("contractor_id,contractor_type_id,contractor_version,contractor_bus_name\n", Some(List::McdContractors)),
            ("state_id,description,state_abbrev\n", Some(List::McdStates)),
            ("POS,NAME\n01,Pharmacy\n", Some(List::PlaceOfService)),
            ("code,description\n", None),
            ("", None),
        ] {
            assert_eq!(List::of_text(text.as_bytes()), expected, "{text}");
        }
    }
}
