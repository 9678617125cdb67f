//! An entry of the ICD-10-CM tabular list, with what its notes need to be read without the rest of the list.
//!
//! A code is bound by the notes of everything above it. Codes and their sub-codes share their first characters, so
//! whoever asks for a code asks for the sheets of all its beginnings; the sections and the chapter, whose names a code
//! does not tell, are repeated on the sheet of each category. A note may point to a range of codes, which goes by the
//! list's order, so the places of both ends are kept beside it. [`Tree::part`](crate::catalog::notes::Tree::part) puts
//! the entries together again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{
    layout::icd10cm_tabular::{Name, Row},
    sheet::json_body,
};
use crate::domain::code::{Code, CodeSystem};

/// A chapter, a section or a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// As the list has it.
    pub row: Row,
    /// The number of the last row below it, or its own.
    pub end: u32,
    /// Where the codes stand that its ranges start and end with: the numbers of their rows and of the last below them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spans: BTreeMap<Code, (u32, u32)>,
    /// Of a category: its section, the sections that frame that, and the chapter. Empty for everything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<Self>,
}

json_body!(Listed);

impl Listed {
    /// Its key: the code with its dot, `E08-E13` (`D78-D78` where a section has one category), `chapter 4`.
    #[must_use]
    pub fn key(&self) -> String {
        self.row.name.words()
    }

    /// Itself, and what is repeated on its sheet.
    pub(in crate::catalog) fn with_above(mut self) -> Vec<Self> {
        let mut all = std::mem::take(&mut self.above);
        all.push(self);
        all
    }

    /// Whether the sheet is a code's.
    #[must_use]
    pub const fn is_code(&self) -> bool {
        matches!(self.row.name, Name::Code(_))
    }
}

/// The keys under which the list tells something of a diagnosis: the code and all its beginnings, from the category on.
#[must_use]
pub fn keys(code: &Code) -> Vec<String> {
    let bare: String = code.as_str().chars().filter(|c| *c != '.').collect();
    let lengths = 3..=bare.chars().count();
    let beginning = |length: usize| bare.chars().take(length).collect::<String>();
    lengths.map(|length| Code::normal(CodeSystem::Icd10Cm, &beginning(length)).to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_asked_for_by_all_its_beginnings() {
        let keys = |text: &str| keys(&Code::normal(CodeSystem::Icd10Cm, text));
        assert_eq!(keys("E11.65"), ["E11", "E11.6", "E11.65"]);
        assert_eq!(keys("I10"), ["I10"]);
        assert_eq!(keys("X"), Vec::<String>::new());
    }
}
