//! One release of one published table.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{dataset::Dataset, interval::Interval};
use crate::domain::{
    code::{Code, CodeSystem},
    digest::Digest,
    ids::EditionId,
    instant::Instant,
};

/// The publisher of an operator's plain list.
pub const OWN_LIST: &str = "own list";

/// A release: which table, by whom, for which days, and from which file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The table.
    pub dataset: Dataset,
    /// As people say it: `ICD-10-CM FY2026`, `HCPCS Level II 2020 October`.
    pub name: String,
    /// Who publishes it: `CMS`, `CDC/NCHS`, `caseconsult`.
    pub publisher: String,
    /// The dates of service that it answers for.
    pub effective: Interval,
    /// SHA-256 of the file's bytes.
    pub sha256: Digest,
    /// The file's name as imported.
    pub file_name: String,
    /// Rows taken in: of a code list, its codes.
    pub rows: u64,
    /// Lines of the file that were refused; all editions of one file have the same number.
    pub rejected: u64,
    /// When.
    pub imported_at: Instant,
}

impl Edition {
    /// By which editions are put in order: by table, then by first day.
    #[must_use]
    pub const fn place(&self) -> (Dataset, Date, EditionId) {
        (self.dataset, self.effective.from, self.id)
    }

    /// Whether the code could be in it at all. Modifiers of digits are CPT's: that the HCPCS list is silent of them says
    /// nothing.
    #[must_use]
    pub fn may_list(&self, code: &Code) -> bool {
        let is_hcpcs_list = self.dataset == Dataset::Codes(CodeSystem::Modifier)
            && !matches!(self.publisher.as_str(), "AMA" | OWN_LIST);
        !is_hcpcs_list || code.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
    }
}
