//! What a release of ICD-10 changed at one code.

use serde::{Deserialize, Serialize};

use super::super::{layout::icd10_addenda::Action, sheet::json_body};

/// The changes, in the order of the addenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisions {
    /// A code that became a header was deleted as valid and added as not.
    pub revisions: Vec<Revision>,
}

json_body!(Revisions);

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What was done.
    pub action: Action,
    /// Whether that was to the code as one that is valid on a claim.
    pub billable: bool,
    /// The long title.
    pub title: String,
}
