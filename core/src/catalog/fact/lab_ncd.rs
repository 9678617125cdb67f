//! What the lists of the laboratory national coverage determinations say of one code.
//!
//! A procedure's sheet names the NCDs that are about it, a diagnosis's what it means under each; the sheet
//! [`OTHERS`] holds what every diagnosis means that an NCD does not list.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{layout::lab_ncd::Resolution, sheet::json_body};

/// The key of the sheet for diagnoses that are not listed.
pub const OTHERS: &str = "all others";

/// The entries of one code, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabNcds {
    /// One a section.
    pub entries: Vec<LabNcd>,
}

json_body!(LabNcds);

/// A code under one NCD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabNcd {
    /// The section: `190.20A`.
    pub ncd: String,
    /// What a diagnosis means; none for a procedure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// First day; none when the list does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// Last day; none while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminated: Option<Date>,
}

impl LabNcd {
    /// Whether it holds on `day`, as far as its own dates tell.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.effective.is_none_or(|first| first <= day) && self.terminated.is_none_or(|last| day <= last)
    }
}
