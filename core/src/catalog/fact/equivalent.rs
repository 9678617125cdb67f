//! The possible equivalents of one diagnosis in the other revision of the ICD.
//!
//! A mapping is no translation: of an approximate one the coder has to choose by the record, and of a combination every
//! part is needed.

use serde::{Deserialize, Serialize};

use super::super::{layout::gem::Row, sheet::json_body};
use crate::domain::code::Code;

/// All of them, as listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equivalents(pub Vec<Equivalent>);

json_body!(Equivalents);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equivalent {
    /// The code; none where the table says that there is no equivalent.
    pub target: Option<Code>,
    /// Whether the two differ in meaning.
    pub approximate: bool,
    /// Which part of which combination it is; none when it stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// A place in a combination: of each choice of a scenario, one code is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// The combination, from 1.
    pub scenario: u8,
    /// The part of it, from 1.
    pub choice: u8,
}

impl From<Row> for Equivalent {
    fn from(row: Row) -> Self {
        let part = row.combination.then_some(Part { scenario: row.scenario, choice: row.choice });
        Self { target: row.target, approximate: row.approximate, part }
    }
}
