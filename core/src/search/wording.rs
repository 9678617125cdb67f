//! What is stored of a code → its rows: one for each wording, as short as it is printed.
//!
//! Never joins wordings of a code into one text: a question meets one wording, and what the others add only dilutes
//! it. Called by the crate that makes the index.

use super::word::{stem, words};
use crate::{
    catalog::{
        Entry,
        layout::{
            icd10cm_index::{self, Column, Part},
            icd10cm_tabular::{self, NoteKind},
        },
    },
    domain::code::{Code, CodeSystem},
};

/// Where a wording is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The long title.
    Title,
    /// The short title.
    ShortTitle,
    /// A note of the tabular list on what a code includes.
    Inclusion,
    /// The index to diseases and injuries.
    Index,
    /// The index of external causes.
    ExternalCause,
    /// The table of neoplasms.
    Neoplasm,
    /// The table of drugs and chemicals.
    Drug,
    /// A brand name of the drug.
    Brand,
}

impl Form {
    /// All of them, by their number.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::ShortTitle,
        Self::Inclusion,
        Self::Index,
        Self::ExternalCause,
        Self::Neoplasm,
        Self::Drug,
        Self::Brand,
    ];

    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::ShortTitle => "short_title",
            Self::Inclusion => "inclusion_term",
            Self::Index => "index",
            Self::ExternalCause => "external_cause_index",
            Self::Neoplasm => "neoplasm_table",
            Self::Drug => "drug_table",
            Self::Brand => "brand",
        }
    }

    /// As a person is told.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::ShortTitle => "short title",
            Self::Inclusion => "inclusion term",
            Self::Index => "index",
            Self::ExternalCause => "external-cause index",
            Self::Neoplasm => "table of neoplasms",
            Self::Drug => "table of drugs",
            Self::Brand => "brand name",
        }
    }
}

/// One wording of one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Where it is printed.
    pub form: Form,
    /// The code's system.
    pub system: CodeSystem,
    /// The code; a header where the wording leads to a whole group.
    pub code: Code,
    /// As it is shown.
    pub text: String,
    /// Words that may stand beside it and change nothing.
    pub beside: String,
}

impl Wording {
    /// Its words in compared form, each once, and those beside it.
    #[must_use]
    pub fn words(&self) -> (Vec<String>, Vec<String>) {
        let once = |text: &str| {
            let mut found: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let own = once(&self.text);
        let beside = once(&self.beside).into_iter().filter(|word| own.binary_search(word).is_err()).collect();
        (own, beside)
    }
}

impl Wording {
    /// Where a long title has named its thing, and goes on with how it is made, given or measured: its words up to
    /// there, in order of the alphabet. A title of HCPCS Level II names first and describes after a comma, at length;
    /// other wordings name by all of their words.
    #[must_use]
    pub fn name(&self) -> Option<Vec<String>> {
        if self.system != CodeSystem::Hcpcs || self.form != Form::Title {
            return None;
        }
        let lower = self.text.to_ascii_lowercase();
        let head = if lower.starts_with("injection,") { self.text.find(',').map_or(0, |at| at + 1) } else { 0 };
        let rest = self.text.get(head..).unwrap_or("");
        let end = head + rest.find([',', '(', ';']).unwrap_or(rest.len());
        let mut name: Vec<String> =
            words(self.text.get(..end).unwrap_or(&self.text)).into_iter().map(|word| word.text).collect();
        name.sort_unstable();
        Some(name)
    }
}

/// The titles of an entry. A short title is a wording of its own only in HCPCS Level II, where it is written anew; in
/// ICD-10 it is the long one with its words cut off.
#[must_use]
pub fn of_entry(entry: &Entry) -> Vec<Wording> {
    let row = |form, text: &str| Wording {
        form,
        system: entry.system,
        code: entry.code.clone(),
        text: text.to_owned(),
        beside: String::new(),
    };
    let mut rows = vec![row(Form::Title, &entry.title.text)];
    if entry.system == CodeSystem::Hcpcs && !entry.short_title.is_empty() {
        rows.push(row(Form::ShortTitle, &entry.short_title));
    }
    rows
}

/// What the tabular list includes under a code.
#[must_use]
pub fn of_tabular(row: &icd10cm_tabular::Row) -> Vec<Wording> {
    let icd10cm_tabular::Name::Code(code) = &row.name else { return Vec::new() };
    let notes = row.notes.iter().filter(|group| matches!(group.kind, NoteKind::InclusionTerm | NoteKind::Includes));
    let texts = notes.flat_map(|group| &group.notes).filter(|note| !note.text.ends_with(':'));
    texts.map(|note| cm(Form::Inclusion, code, note.text.clone(), String::new())).collect()
}

/// A term of the index, with the codes that it leads to.
#[must_use]
pub fn of_term(part: Part, row: &icd10cm_index::Row) -> Vec<Wording> {
    let form = match part {
        Part::Diseases => Form::Index,
        Part::ExternalCauses => Form::ExternalCause,
        Part::Neoplasms => Form::Neoplasm,
        Part::Drugs => Form::Drug,
    };
    let path = row.path.join(", ");
    let mut rows: Vec<Wording> =
        row.codes.iter().map(|pointer| cm(form, &pointer.code, path.clone(), row.modifiers.clone())).collect();
    for (column, pointer) in &row.cells {
        let (said, beside) = cell(*column);
        // "Neoplasm, neoplastic" leads every path of its table.
        let site =
            if part == Part::Neoplasms { row.path.get(1..).unwrap_or_default().join(", ") } else { path.clone() };
        let text = if site.is_empty() { said.to_owned() } else { format!("{said}: {site}") };
        rows.push(cm(form, &pointer.code, text, format!("{} {beside}", row.modifiers)));
    }
    rows
}

/// What a column says, and what it may be called beside that.
const fn cell(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::MalignantPrimary => ("Malignant neoplasm", "primary cancer carcinoma"),
        Column::MalignantSecondary => ("Secondary malignant neoplasm", "cancer metastasis metastatic spread"),
        Column::CaInSitu => ("Carcinoma in situ", "neoplasm cancer"),
        Column::Benign => ("Benign neoplasm", "tumor growth"),
        Column::UncertainBehavior => ("Neoplasm of uncertain behavior", "tumor"),
        Column::UnspecifiedBehavior => ("Neoplasm of unspecified behavior", "tumor mass growth"),
        Column::PoisoningAccidental => ("Poisoning, accidental", "overdose unintentional"),
        Column::PoisoningSelfHarm => ("Poisoning, intentional self-harm", "overdose suicide attempt"),
        Column::PoisoningAssault => ("Poisoning, assault", ""),
        Column::PoisoningUndetermined => ("Poisoning, undetermined", "overdose"),
        Column::AdverseEffect => ("Adverse effect", "reaction side"),
        Column::Underdosing => ("Underdosing", "missed dose"),
    }
}

fn cm(form: Form, code: &Code, text: String, beside: String) -> Wording {
    Wording { form, system: CodeSystem::Icd10Cm, code: code.clone(), text, beside }
}

/// The main words of a title, for comparing wordings: nothing of doses or ways of giving.
#[must_use]
pub fn leading_words(title: &str) -> Vec<String> {
    let end = title.find([',', '(', ';']).unwrap_or(title.len());
    words(title.get(..end).unwrap_or(title))
        .into_iter()
        .map(|word| word.text)
        .filter(|word| *word != stem("injection"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::layout::icd10cm_index::Pointer;

    fn code(text: &str) -> Code {
        Code::normal(CodeSystem::Icd10Cm, text)
    }

    #[test]
    fn a_path_of_the_index_is_one_row_and_its_parentheses_stand_beside_it() {
        let row = icd10cm_index::Row {
            path: vec!["Gout".to_owned(), "foot".to_owned()],
            modifiers: "(acute) (flare)".to_owned(),
            codes: vec![Pointer { code: code("M10.07"), open: true }],
            ..icd10cm_index::Row::default()
        };
        let rows = of_term(Part::Diseases, &row);
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.text.as_str(), row.code.as_str()), ("Gout, foot", "M10.07"));
        let (own, beside) = row.words();
        assert_eq!((own.len(), beside.len()), (2, 2));
        assert!(own.contains(&stem("foot")) && beside.contains(&stem("acute")));
    }

    #[test]
    fn a_title_names_before_it_describes() {
        let row = |text: &str| Wording {
            form: Form::Title,
            system: CodeSystem::Hcpcs,
            code: Code::normal(CodeSystem::Hcpcs, "E0100"),
            text: text.to_owned(),
            beside: String::new(),
        };
        assert_eq!(row("Cane, of all materials, with tip").name(), Some(vec![stem("cane")]));
        assert_eq!(row("Injection, placebine, 5 mg").name(), Some(vec![stem("injection"), stem("placebine")]));
        assert_eq!(Wording { form: Form::ShortTitle, ..row("Cane, with tip") }.name(), None);
    }

    #[test]
    fn a_cell_of_the_table_says_its_column() {
        let row = icd10cm_index::Row {
            path: vec!["Neoplasm, neoplastic".to_owned(), "tonsil".to_owned()],
            cells: vec![(Column::Benign, Pointer { code: code("D10.4"), open: false })],
            ..icd10cm_index::Row::default()
        };
        let rows = of_term(Part::Neoplasms, &row);
        assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["Benign neoplasm: tonsil"]);
    }
}
