//! What the operator's CPT files say of a code beside its descriptor. All of it is the AMA's text, from the
//! operator's own licensed files.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{entry::Descriptor, layout::cpt_history::Change, sheet::json_body};

/// Descriptors for patients or for clinicians, of whom the latter have several a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CptWords {
    /// In the file's order.
    pub descriptors: Vec<CptDescriptor>,
}

json_body!(CptWords);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CptDescriptor {
    /// The AMA's concept id, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub concept: String,
    /// The descriptor's own id, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The words.
    pub text: Descriptor,
}

/// When a code came, changed and went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CptHistory {
    /// Oldest first.
    pub changes: Vec<CptChange>,
}

json_body!(CptHistory);

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CptChange {
    /// The day from which it holds; of a deletion the first day without the code.
    pub day: Date,
    /// What changed.
    pub change: Change,
    /// The value before, or empty.
    pub before: Descriptor,
    /// The value after, or empty.
    pub after: Descriptor,
    /// What to use instead, or empty.
    pub instruction: Descriptor,
}
