//! The Medicare coverage database: a document under its number, and the groups that a code is in under the code.
//!
//! Which groups of procedures and diagnoses belong together is said by their paragraphs, in words; equal numbers alone
//! do not connect them. In which states an article holds is said by the number of an area, which all articles of the same
//! contractors share: [`McdAreas`].

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{layout::mcd_document::Kind, sheet::json_body};

/// The key of a document's sheet: `article 52451`, `lcd 36668`.
#[must_use]
pub fn key(kind: Kind, number: u32) -> String {
    match kind {
        Kind::Article => format!("article {number}"),
        Kind::Lcd => format!("lcd {number}"),
    }
}

/// The key of the sheet of areas.
pub const AREAS: &str = "areas";

/// Sets of states in which articles hold, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdAreas {
    /// By their numbers, from 0.
    pub areas: Vec<McdArea>,
}

json_body!(McdAreas);

/// Where articles hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct McdArea {
    /// The contractors, by name.
    pub contractors: Vec<String>,
    /// The states, by their postal abbreviations.
    pub states: Vec<String>,
}

/// A document with the paragraphs of its groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdDocument {
    /// Its versions, in the order of the file.
    pub versions: Vec<McdVersion>,
    /// What is said of its groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<McdParagraph>,
}

json_body!(McdDocument);

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdVersion {
    /// Its number.
    pub version: u32,
    /// The title.
    pub title: String,
    /// The contractor; empty where the file does not tell.
    pub contractor: String,
    /// First day.
    pub effective: Option<Date>,
    /// Last day; none while it stands.
    pub ended: Option<Date>,
    /// A active, R retired, P proposed, or what a report notes; empty where the file does not tell.
    pub status: String,
}

/// What is said of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdParagraph {
    /// The document's version.
    pub version: u32,
    /// Of what the group is.
    pub of: GroupOf,
    /// Its number.
    pub group: u32,
    /// The words.
    pub text: String,
}

/// The groups that a code is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdGroups {
    /// In the order of the files.
    pub groups: Vec<McdGroup>,
}

json_body!(McdGroups);

/// A group of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct McdGroup {
    /// The article's number, which people write with an A in front.
    pub article: u32,
    /// Its version.
    pub version: u32,
    /// Of what the group is.
    pub of: GroupOf,
    /// Its number.
    pub group: u32,
    /// Whether an asterisk points to a condition in the group's paragraph.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
    /// The number of its article's area; none where the download does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<u16>,
}

/// What a group is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupOf {
    /// Procedures that the article is about.
    Procedures,
    /// Diagnoses that support medical necessity.
    Covered,
    /// Diagnoses that do not.
    NotCovered,
}
