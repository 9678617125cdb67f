//! A line of the ICD-10-CM alphabetic index, or of one of its two tables. Read by [`super::icd10cm_index`] and
//! [`super::icd10cm_index_csv`].

use serde::{Deserialize, Serialize};

use super::{icd10_code::diagnosis, rejected::Reason, table_header::fold};
use crate::domain::code::Code;

/// A term, with everything that the index says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// Its place in the file, from 0. It changes with every release.
    pub number: u32,
    /// The terms from the main term down to this one. A term alone means nothing: "acute" stands under hundreds.
    pub path: Vec<String>,
    /// Words in parentheses that do not change the code: `(causing exposure to weather conditions)`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub modifiers: String,
    /// The codes that it leads to. They are to be verified in the tabular list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Pointer>,
    /// Codes in brackets, which come second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manifestations: Vec<Pointer>,
    /// Look there instead: terms, `category M01`, a table's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<String>,
    /// Look there too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see_also: Vec<String>,
    /// The cells of the two tables. A column in which the table has a dash is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<(Column, Pointer)>,
}

impl Row {
    /// Every code that it leads to, in order: a code may stand there twice.
    pub fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        let cells = self.cells.iter().map(|(_, pointer)| pointer);
        self.codes.iter().chain(&self.manifestations).chain(cells)
    }
}

/// A code in the index. Many need more characters, and not all of these say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The code.
    pub code: Code,
    /// Whether a dash says that characters are missing: `C56.-`.
    pub open: bool,
}

impl Pointer {
    /// `E11.9`, `C56.-`, `T45.51-`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let stem = text.strip_suffix('-');
        let code = stem.map_or(text, |stem| stem.strip_suffix('.').unwrap_or(stem));
        Some(Self { code: diagnosis(code)?, open: stem.is_some() })
    }
}

/// Which part of the index a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Diseases and injuries.
    Diseases,
    /// External causes of injury.
    ExternalCauses,
    /// The table of neoplasms.
    Neoplasms,
    /// The table of drugs and chemicals.
    Drugs,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Diseases, Self::ExternalCauses, Self::Neoplasms, Self::Drugs];
}

/// A column of one of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// Neoplasms: malignant, where it arose.
    MalignantPrimary,
    /// Neoplasms: malignant, spread from elsewhere.
    MalignantSecondary,
    /// Neoplasms: carcinoma in situ.
    CaInSitu,
    /// Neoplasms: benign.
    Benign,
    /// Neoplasms: of uncertain behavior.
    UncertainBehavior,
    /// Neoplasms: of unspecified behavior.
    UnspecifiedBehavior,
    /// Drugs: poisoning by accident.
    PoisoningAccidental,
    /// Drugs: poisoning, intentional self-harm.
    PoisoningSelfHarm,
    /// Drugs: poisoning, assault.
    PoisoningAssault,
    /// Drugs: poisoning, undetermined.
    PoisoningUndetermined,
    /// Drugs: adverse effect.
    AdverseEffect,
    /// Drugs: underdosing.
    Underdosing,
}

impl Column {
    /// All of them, in the tables' order.
    pub const ALL: [Self; 12] = [
        Self::MalignantPrimary,
        Self::MalignantSecondary,
        Self::CaInSitu,
        Self::Benign,
        Self::UncertainBehavior,
        Self::UnspecifiedBehavior,
        Self::PoisoningAccidental,
        Self::PoisoningSelfHarm,
        Self::PoisoningAssault,
        Self::PoisoningUndetermined,
        Self::AdverseEffect,
        Self::Underdosing,
    ];

    /// As the tables head it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::MalignantPrimary => "Malignant Primary",
            Self::MalignantSecondary => "Malignant Secondary",
            Self::CaInSitu => "Ca in situ",
            Self::Benign => "Benign",
            Self::UncertainBehavior => "Uncertain Behavior",
            Self::UnspecifiedBehavior => "Unspecified Behavior",
            Self::PoisoningAccidental => "Poisoning Accidental (unintentional)",
            Self::PoisoningSelfHarm => "Poisoning Intentional self-harm",
            Self::PoisoningAssault => "Poisoning Assault",
            Self::PoisoningUndetermined => "Poisoning Undetermined",
            Self::AdverseEffect => "Adverse effect",
            Self::Underdosing => "Underdosing",
        }
    }

    /// The table that has it.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::MalignantPrimary
            | Self::MalignantSecondary
            | Self::CaInSitu
            | Self::Benign
            | Self::UncertainBehavior
            | Self::UnspecifiedBehavior => Part::Neoplasms,
            Self::PoisoningAccidental
            | Self::PoisoningSelfHarm
            | Self::PoisoningAssault
            | Self::PoisoningUndetermined
            | Self::AdverseEffect
            | Self::Underdosing => Part::Drugs,
        }
    }

    /// The column of that head.
    pub(super) fn read(head: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| fold(column.title()) == fold(head))
    }
}

/// A table's cell; none for a dash, which says that there is no code.
pub(super) fn cell(column: Column, text: &str) -> Result<Option<(Column, Pointer)>, Reason> {
    if text.bytes().all(|byte| byte == b'-') {
        return Ok(None);
    }
    Pointer::read(text).map(|pointer| Some((column, pointer))).ok_or(Reason::NotACode)
}
