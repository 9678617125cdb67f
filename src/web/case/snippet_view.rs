//! The texts of the house that a reviewer can insert, with the case's values already in them. What the case does not tell
//! stays a place for the reviewer.

use caseconsult_core::draft::{
    Facts, HouseBook,
    house::{Snippet, Values, wording::Variable},
};
use serde::Serialize;

use super::file::CaseFile;

/// One snippet, as it would be inserted.
#[derive(Serialize)]
pub(in crate::web) struct SnippetView {
    name: String,
    text: String,
    /// The variables that have no value in this case, joined.
    missing: String,
}

impl SnippetView {
    /// Those that are offered today, in the order of their files.
    pub(in crate::web) fn all(house: &HouseBook, file: &CaseFile) -> Vec<Self> {
        let values = values(file);
        let offered = house.snippets_on(file.now.date());
        offered.map(|snippet| Self::new(snippet, &values)).collect()
    }

    fn new(snippet: &Snippet, values: &Values) -> Self {
        let missing = snippet.text.missing(values);
        Self {
            name: snippet.name.clone(),
            text: snippet.text.filled(values),
            missing: missing.into_iter().map(Variable::name).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The snippet of this name, as it would be inserted; none when it is not offered today.
pub(super) fn filled(house: &HouseBook, file: &CaseFile, name: &str) -> Option<String> {
    let snippet = house.snippets_on(file.now.date()).find(|snippet| snippet.name == name)?;
    Some(snippet.text.filled(&values(file)))
}

/// The values of the newest draft's facts; without them everything is missing.
fn values(file: &CaseFile) -> Values {
    let facts = file.draft.as_ref().and_then(|draft| serde_json::from_str::<Facts>(&draft.facts).ok());
    facts.as_ref().map(Values::of_case).unwrap_or_default()
}
