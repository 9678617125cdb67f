//! Which of the lists around the code sets a file is, by its first bytes: the parts of ICD-10-CM, the operator's CPT
//! files, brand names.
//!
//! An XML file is told by its root, a table by its column names, a file of fixed columns by its first lines. A CPT
//! file looks like several others once its notice is gone, so it is told only with the AMA's notice above; without it
//! the operator says what the file is, as for a plain list of codes ([`super::layout::plain_csv`]).

use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};

use super::{
    dataset::Dataset,
    layout::{
        cpt_descriptors::{self, Reader},
        cpt_history, cpt_text, hcpcs_csv, icd10_addenda, icd10_order, icd10cm_conversion,
        icd10cm_index::{self, Part},
        icd10cm_index_csv, icd10cm_tabular,
        lines::Lines,
        plain_csv, poa_exempt,
        table::{Column, TableError, is_table, read_sheet},
        unii_brands,
    },
    procedure_code::ProcedureCode,
};
use crate::domain::code::CodeSystem;

/// A layout of a list that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListLayout {
    /// [`icd10cm_tabular`].
    Icd10CmTabular,
    /// [`icd10cm_index`], XML; its part where the first bytes tell it.
    Icd10CmIndex(Option<Part>),
    /// [`icd10cm_index_csv`]; its part where the columns tell it.
    Icd10CmIndexTable(Option<Part>),
    /// [`icd10_addenda`]; whose, where there is a change in it.
    Icd10Addenda(Option<CodeSystem>),
    /// [`icd10cm_conversion`], a workbook.
    Icd10CmConversion,
    /// [`poa_exempt`], text or workbook.
    PoaExempt,
    /// [`cpt_text`]: codes, or modifiers.
    CptText(CodeSystem),
    /// [`cpt_descriptors`].
    CptDescriptors(Reader),
    /// [`cpt_history`].
    CptHistory,
    /// [`hcpcs_csv`].
    HcpcsTable,
    /// [`unii_brands`].
    Brands,
    /// [`plain_csv`], only where the operator says so.
    Plain,
}

impl ListLayout {
    /// The layout of a text, by its first bytes. Some 64 KB are enough.
    #[must_use]
    pub fn of_text(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head);
        if head.trim_ascii_start().starts_with(b"<") {
            return of_xml(head);
        }
        let notice = holds(head, "american medical association");
        of_addenda(head).or_else(|| of_columns(head, notice)).or_else(|| notice.then(|| of_cpt(head)).flatten())
    }

    /// The layout of a text of which the operator says that it is this table, where its first bytes alone do not tell
    /// it.
    #[must_use]
    pub fn as_said(head: &[u8], dataset: Dataset) -> Option<Self> {
        let head = head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head);
        let has = |columns: &[Column], layout| is_table(head, columns).then_some(layout);
        match dataset {
            Dataset::CptConsumer => has(cpt_descriptors::CONSUMER, Self::CptDescriptors(Reader::Consumer)),
            Dataset::CptClinician => has(cpt_descriptors::CLINICIAN, Self::CptDescriptors(Reader::Clinician)),
            Dataset::CptHistory => has(cpt_history::COLUMNS, Self::CptHistory),
            Dataset::Codes(system) => has(plain_csv::COLUMNS, Self::Plain)
                .or_else(|| of_cpt(head).filter(|layout| *layout == Self::CptText(system))),
            _ => None,
        }
    }

    /// The layout of a workbook, by the column names of its sheets. `open` gives it anew for each try.
    ///
    /// # Errors
    /// [`TableError::Damaged`].
    pub fn of_sheet<R: Read + Seek>(mut open: impl FnMut() -> R) -> Result<Option<Self>, TableError> {
        for (layout, columns) in
            [(Self::Icd10CmConversion, icd10cm_conversion::COLUMNS), (Self::PoaExempt, poa_exempt::COLUMNS)]
        {
            match read_sheet(open(), columns, &mut |_| ControlFlow::Break(())) {
                Ok(()) => return Ok(Some(layout)),
                Err(TableError::NoHeader(_) | TableError::NoColumn(_)) => {}
                Err(damaged) => return Err(damaged),
            }
        }
        Ok(None)
    }

    /// The tables that a file of this layout and these names holds. None when neither tells.
    #[must_use]
    pub fn datasets(self, names: &[&str]) -> Option<Vec<Dataset>> {
        let all = self.possible();
        match (self, all.as_slice()) {
            (Self::HcpcsTable, _) => Some(all),
            (_, [only]) => Some(vec![*only]),
            (Self::Icd10CmIndex(_) | Self::Icd10CmIndexTable(_), _) => {
                names.iter().find_map(|name| part_of_file(name)).map(|part| vec![dataset_of_part(part)])
            }
            (Self::Icd10Addenda(_), _) => names.iter().find_map(|name| addenda_of_file(name)).map(|one| vec![one]),
            _ => None,
        }
    }

    /// Whether it can hold that table.
    #[must_use]
    pub fn carries(self, dataset: Dataset) -> bool {
        self.possible().contains(&dataset)
    }

    fn possible(self) -> Vec<Dataset> {
        match self {
            Self::Icd10CmTabular => vec![Dataset::Icd10CmTabular],
            Self::Icd10CmIndex(Some(part)) | Self::Icd10CmIndexTable(Some(part)) => vec![dataset_of_part(part)],
            Self::Icd10CmIndex(None) => Part::ALL.map(dataset_of_part).to_vec(),
            // The tables of neoplasms and drugs are told by their columns.
            Self::Icd10CmIndexTable(None) => [Part::Diseases, Part::ExternalCauses].map(dataset_of_part).to_vec(),
            Self::Icd10Addenda(Some(CodeSystem::Icd10Pcs)) => vec![Dataset::Icd10PcsAddenda],
            Self::Icd10Addenda(Some(_)) => vec![Dataset::Icd10CmAddenda],
            Self::Icd10Addenda(None) => vec![Dataset::Icd10CmAddenda, Dataset::Icd10PcsAddenda],
            Self::Icd10CmConversion => vec![Dataset::Icd10CmConversion],
            Self::PoaExempt => vec![Dataset::PoaExempt],
            Self::CptText(system) => vec![Dataset::Codes(system)],
            Self::CptDescriptors(Reader::Consumer) => vec![Dataset::CptConsumer],
            Self::CptDescriptors(Reader::Clinician) => vec![Dataset::CptClinician],
            Self::CptHistory => vec![Dataset::CptHistory],
            Self::HcpcsTable => [CodeSystem::Hcpcs, CodeSystem::Modifier].map(Dataset::Codes).to_vec(),
            Self::Brands => vec![Dataset::Brands],
            Self::Plain => CodeSystem::ALL.map(Dataset::Codes).to_vec(),
        }
    }
}

/// The table of a part of the index.
#[must_use]
pub const fn dataset_of_part(part: Part) -> Dataset {
    match part {
        Part::Diseases => Dataset::Icd10CmIndex,
        Part::ExternalCauses => Dataset::Icd10CmExternalCauses,
        Part::Neoplasms => Dataset::Icd10CmNeoplasms,
        Part::Drugs => Dataset::Icd10CmDrugs,
    }
}

/// `icd10cm-2025-externalindex.csv`, `icd-10-cm-eindex-2025.xml`, `icd-10-cm-index-2025.xml`.
fn part_of_file(name: &str) -> Option<Part> {
    let name = name.to_ascii_lowercase();
    let words = [
        ("external", Part::ExternalCauses),
        ("eindex", Part::ExternalCauses),
        ("neoplasm", Part::Neoplasms),
        ("drug", Part::Drugs),
        ("index", Part::Diseases),
    ];
    words.into_iter().find(|(word, _)| name.contains(word)).map(|(_, part)| part)
}

/// `icd10cm_order_addenda_April_2026.txt`.
fn addenda_of_file(name: &str) -> Option<Dataset> {
    let name = name.to_ascii_lowercase().replace(['-', '_'], "");
    let words = [("icd10cm", Dataset::Icd10CmAddenda), ("icd10pcs", Dataset::Icd10PcsAddenda)];
    words.into_iter().find(|(word, _)| name.contains(word)).map(|(_, dataset)| dataset)
}

/// By the root, and by what stands above the first term.
fn of_xml(head: &[u8]) -> Option<ListLayout> {
    if holds(head, &format!("<{}", icd10cm_tabular::ROOT)) {
        return Some(ListLayout::Icd10CmTabular);
    }
    if !holds(head, &format!("<{}", icd10cm_index::ROOT)) {
        return None;
    }
    let parts = [
        ("<head col=\"2\">malignant", Part::Neoplasms),
        ("<head col=\"2\">poisoning", Part::Drugs),
        ("external cause of injur", Part::ExternalCauses),
        ("index to diseases", Part::Diseases),
    ];
    let part = parts.into_iter().find(|(words, _)| holds(head, words)).map(|(_, part)| part);
    Some(ListLayout::Icd10CmIndex(part))
}

/// By the first line that has something on it: a change, or the count of none. The changes are procedures when one of
/// them can be no diagnosis.
fn of_addenda(head: &[u8]) -> Option<ListLayout> {
    let mut lines = Lines::new(head);
    let mut found = None;
    while let Ok(Some(line)) = lines.advance() {
        if line.is_blank() {
            continue;
        }
        match icd10_addenda::system_of(line) {
            Some(CodeSystem::Icd10Pcs) => return Some(ListLayout::Icd10Addenda(Some(CodeSystem::Icd10Pcs))),
            Some(system) => found = Some(ListLayout::Icd10Addenda(Some(system))),
            None if found.is_none() && icd10_addenda::is_count(line) => {
                return holds(head, "additions").then_some(ListLayout::Icd10Addenda(None));
            }
            None => break,
        }
    }
    found
}

fn of_columns(head: &[u8], notice: bool) -> Option<ListLayout> {
    let has = |columns: &[Column]| is_table(head, columns);
    if has(icd10cm_index_csv::COLUMNS) {
        let part = [("MalignantPrimary", Part::Neoplasms), ("Underdosing", Part::Drugs)];
        let part = part.into_iter().find(|(name, _)| holds(head, name)).map(|(_, part)| part);
        return Some(ListLayout::Icd10CmIndexTable(part));
    }
    if has(poa_exempt::COLUMNS) {
        return Some(ListLayout::PoaExempt);
    }
    if has(hcpcs_csv::COLUMNS) {
        return Some(ListLayout::HcpcsTable);
    }
    if has(unii_brands::COLUMNS) {
        return Some(ListLayout::Brands);
    }
    // Their names are common words.
    let cpt = notice || holds(head, "cpt code") || holds(head, "cpt_code");
    if cpt && has(cpt_descriptors::CLINICIAN) && holds(head, "clinician") {
        return Some(ListLayout::CptDescriptors(Reader::Clinician));
    }
    if cpt && has(cpt_descriptors::CONSUMER) && holds(head, "consumer") {
        return Some(ListLayout::CptDescriptors(Reader::Consumer));
    }
    (cpt && has(cpt_history::COLUMNS)).then_some(ListLayout::CptHistory)
}

/// By the first code below the notice, with words behind it and not another code, as in tables of pairs.
fn of_cpt(head: &[u8]) -> Option<ListLayout> {
    let mut lines = Lines::new(head);
    while let Ok(Some(line)) = lines.advance() {
        if icd10_order::system_of(line).is_some() {
            return None;
        }
        if cpt_text::form(CodeSystem::Cpt, line).is_some() {
            let pair = ProcedureCode::read(line.columns(7, 11)).is_some();
            return (!pair).then_some(ListLayout::CptText(CodeSystem::Cpt));
        }
        if cpt_text::form(CodeSystem::Modifier, line).is_some() {
            return Some(ListLayout::CptText(CodeSystem::Modifier));
        }
    }
    None
}

/// Whether the words stand in the bytes, in small or capital letters.
fn holds(head: &[u8], words: &str) -> bool {
    head.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{super::layout::worksheet::tests::book, *};

    #[test]
    fn the_first_bytes_tell_the_list() {
        use ListLayout as List;
        let order = format!("00001 A00     0 {:<60} Cholera\r\n", "Cholera");
        let ama = "Not copyright of the American Medical Association\r\n";
        for (text, expected) in [
            ("\u{feff}<?xml version=\"1.0\"?>\n<ICD10CM.tabular>", Some(List::Icd10CmTabular)),
            (
                "<?xml?><ICD10CM.index><title>ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX</title>",
                Some(List::Icd10CmIndex(Some(Part::ExternalCauses))),
            ),
            (
                "<ICD10CM.index><head col=\"1\">Substance</head><head col=\"2\">Poisoning Accidental</head>",
                Some(List::Icd10CmIndex(Some(Part::Drugs))),
            ),
            ("<html>", None),
            ("RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n", Some(List::Icd10CmIndexTable(None))),
            (
                "RowID,Level,Term,SeeAlso,NonEssModif,MalignantPrimary\n",
                Some(List::Icd10CmIndexTable(Some(Part::Neoplasms))),
            ),
            (
                "Delete:      1 B880    Other                                                        Other grumbling\n",
                Some(List::Icd10Addenda(Some(CodeSystem::Icd10Cm))),
            ),
            (
                "Add:         XW143YB Transfuse Grumbling\r\nAdd:         09X     Ear, Transfer                                               Ear\r\n",
                Some(List::Icd10Addenda(Some(CodeSystem::Icd10Pcs))),
            ),
            ("\r\nCodes\r\n  74719 codes\r\n      0 additions\r\n", Some(List::Icd10Addenda(None))),
            ("Order26\tPOAexemptCode\tDescription\n", Some(List::PoaExempt)),
            ("HCPC,LONG DESCRIPTION,SHORT DESCRIPTION\n", Some(List::HcpcsTable)),
            ("brand,substance,unii\n", Some(List::Brands)),
            ("Concept Id\tCPT Code\tConsumer Friendly Descriptor\n", Some(List::CptDescriptors(Reader::Consumer))),
            (
                "Concept Id|CPT Code|Clinician Descriptor Id|Clinician Descriptor\n",
                Some(List::CptDescriptors(Reader::Clinician)),
            ),
            ("Concept Id\tCPT Code\tDate Deleted\n", Some(List::CptHistory)),
            (&format!("{ama}00001\tGrumbling\n"), Some(List::CptText(CodeSystem::Cpt))),
            (&format!("{ama}0000101 Grumbling\n"), Some(List::CptText(CodeSystem::Cpt))),
            (&format!("{ama}90 Invented twist\n"), Some(List::CptText(CodeSystem::Modifier))),
            // Without the notice, or with codes in pairs, it may be anything.
            ("00001\tGrumbling\n", None),
            (&format!("{ama}00001\t00002\t*\t20310101\n"), None),
            (&format!("{ama}{order}"), None),
            ("code,description,effective\n", None),
            ("", None),
        ] {
            assert_eq!(List::of_text(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn workbooks_are_told_by_their_columns() -> Result<(), TableError> {
        let of = |rows: &[&[&str]]| {
            let book = book(rows);
            ListLayout::of_sheet(|| Cursor::new(&book))
        };
        let conversion: &[&str] = &["Current code assignment", "Effective", "Previous Code(s) Assignment"];
        assert_eq!(of(&[&["Notice"], conversion])?, Some(ListLayout::Icd10CmConversion));
        assert_eq!(of(&[&["Order26", "POAexemptCode", "Description"]])?, Some(ListLayout::PoaExempt));
        assert_eq!(of(&[&["Code", "Title"]])?, None);
        assert!(ListLayout::of_sheet(|| Cursor::new(b"no workbook")).is_err());
        Ok(())
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_something_or_nothing(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = ListLayout::of_text(&bytes);
        }
    }
}
