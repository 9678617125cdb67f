//! What was reported before a diagnosis code came, and what came in its place when it went.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{
    layout::{icd10_range::CodeRange, icd10cm_conversion::Previous},
    sheet::json_body,
};
use crate::domain::code::Code;

/// Both directions of the conversion table at one code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Its own rows: what was reported before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Predecessor>,
    /// The rows that name it as what was reported before, by itself or, once asked for, within a range. Those that name
    /// it in words are not among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Successor>,
    /// Of a category: the rows that name ranges of codes in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Successor>,
}

json_body!(Conversion);

/// What was reported before a code came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predecessor {
    /// The code's first day.
    pub effective: Date,
    /// As far as a program can read it.
    pub previous: Previous,
    /// As the table has it.
    pub words: String,
}

/// A code that came in the place of another, or beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The code.
    pub code: Code,
    /// Its first day.
    pub effective: Date,
    /// Whether it stands for several older codes together.
    pub together: bool,
    /// The range of older codes that it stands for, where the table names no single one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<CodeRange>,
}
