//! The lines of the ICD-10-CM alphabetic index that lead to one code.
//!
//! A line is kept whole under each code that it leads to, so that a code's sheet needs no other. A line that leads to
//! none, but elsewhere in the index, is kept under its main term. Every line has one home among its sheets, by which
//! it is counted once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::{layout::icd10cm_index::Row, sheet::json_body};

/// Lines in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexTerms {
    /// Each with the whole path of its terms, which is what a person looks up.
    pub terms: Vec<Row>,
}

json_body!(IndexTerms);

/// The longest main term that makes a key; the published ones have some 80 characters.
const LONGEST: usize = 200;

/// The keys of the sheets that a line belongs on.
#[must_use]
pub fn keys(line: &Row) -> BTreeSet<String> {
    let codes: BTreeSet<String> = line.pointers().map(|pointer| pointer.code.to_string()).collect();
    if codes.is_empty() { BTreeSet::from([home(line)]) } else { codes }
}

/// The one sheet that a line is counted on: that of the first code, or `term Fever`.
#[must_use]
pub fn home(line: &Row) -> String {
    match line.pointers().next() {
        Some(pointer) => pointer.code.to_string(),
        None => {
            let main = line.path.first().map_or("", String::as_str);
            format!("term {}", main.chars().take(LONGEST).collect::<String>())
        }
    }
}

impl IndexTerms {
    /// The lines that are counted on the sheet of this key.
    #[must_use]
    pub fn at_home(&self, key: &str) -> u64 {
        self.terms.iter().filter(|line| home(line) == key).count() as u64
    }
}
