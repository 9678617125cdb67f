//! What an edition says of one code.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use crate::domain::{
    code::{Code, CodeSystem},
    ids::EditionId,
};

/// Where a text about a code comes from, which decides whether and how it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSource {
    /// A title that a government agency published: HCPCS Level II (outside the D codes), ICD-10.
    Public,
    /// This project's own words, marked as such wherever they are shown.
    Plain,
    /// From a file that the operator holds under licence.
    Licensed,
}

impl TextSource {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Plain => "plain",
            Self::Licensed => "licensed",
        }
    }

    /// The source of that stored name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::Public, Self::Plain, Self::Licensed].into_iter().find(|source| source.as_str() == text)
    }
}

/// A text about a code. Never shown without its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptor {
    /// The text.
    pub text: String,
    /// Whose.
    pub source: TextSource,
}

/// One code in one edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its edition.
    pub edition: EditionId,
    /// Its system.
    pub system: CodeSystem,
    /// In normal form.
    pub code: Code,
    /// The long title.
    pub title: Descriptor,
    /// The short title, or empty.
    pub short_title: String,
    /// False for a header that needs more characters.
    pub billable: bool,
    /// The days on which the code itself is in force, as this edition knows them.
    pub valid: Interval,
    /// Codes that the edition names as its successors or cross-references.
    pub see_also: Vec<Code>,
}
