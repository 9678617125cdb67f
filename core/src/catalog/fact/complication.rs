//! Whether a secondary diagnosis is a complication or comorbidity, and when it does not count (IPPS tables 6I, 6J, 6K).

use serde::{Deserialize, Serialize};

use super::super::{
    layout::{
        drg_exclusion::{Collection, Rule},
        drg_severity::Severity,
    },
    sheet::json_body,
};
use crate::domain::code::Code;

/// That a diagnosis stands on one of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complication {
    /// On which.
    pub severity: Severity,
}

json_body!(Complication);

/// What the table of exclusions says of a diagnosis, as secondary and as principal one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exclusions {
    /// What it is as a secondary diagnosis; none when the table does not list it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// As principal diagnosis, it excludes those of these collections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<u32>,
    /// It counts only if the patient was discharged alive.
    #[serde(skip_serializing_if = "is_false")]
    pub alive_only: bool,
    /// It does not count in these MS-DRGs, from the first to the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in: Vec<[Code; 2]>,
}

/// A diagnosis of the table's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// CC or MCC.
    pub severity: Severity,
    /// The collection of principal diagnoses that exclude it; none when nothing does.
    pub excluded_by: Option<Collection>,
}

json_body!(Exclusions);

impl Exclusions {
    /// Takes one line of the table in. False when the diagnosis was listed before.
    pub fn add(&mut self, rule: Rule) -> bool {
        match rule {
            Rule::Listed { .. } if self.listed.is_some() => return false,
            Rule::Listed { severity, excluded_by } => self.listed = Some(Listed { severity, excluded_by }),
            Rule::Excludes { collection } => self.excludes.push(collection),
            Rule::AliveOnly => self.alive_only = true,
            Rule::NotIn { first, last } => self.not_in.push([first, last]),
        }
        true
    }

    /// How many lines of the table it holds.
    #[must_use]
    pub fn rows(&self) -> u64 {
        let lists = self.excludes.len() + self.not_in.len();
        u64::from(self.listed.is_some()) + u64::from(self.alive_only) + lists as u64
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field on by reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
