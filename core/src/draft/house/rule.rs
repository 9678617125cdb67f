//! One house rule: who answers for it, from when to when it may be used, when it holds, and what it says.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{condition::Condition, wording::Wording};
use crate::draft::kind::Kind;

/// The name under which a rule is cited: letters, digits, dots and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HouseRuleId(String);

/// A text that cannot be a rule's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 40 letters, digits, dots and hyphens and begins with a letter or digit")]
pub struct NotAnId;

impl HouseRuleId {
    /// Reads a name.
    ///
    /// # Errors
    /// When it is empty, long, or holds blanks or other characters.
    pub fn read(text: &str) -> Result<Self, NotAnId> {
        let fine = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
            && text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if fine { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HouseRuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where in the reply a rule's statement stands. It is never the short answer: whether that is supported follows from the
/// tables and the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 4, the reasons.
    Why,
    /// 5, edits.
    Edits,
    /// 6, diagnosis and necessity.
    Diagnosis,
    /// 8, considered and rejected.
    Rejected,
    /// 9, what answers a refusal.
    Denied,
    /// 11, what the reply tells besides.
    Notices,
}

impl Section {
    /// All of them, in the order of a reply.
    pub const ALL: [Self; 6] = [Self::Why, Self::Edits, Self::Diagnosis, Self::Rejected, Self::Denied, Self::Notices];

    /// As in a rule's file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::Edits => "edits",
            Self::Diagnosis => "diagnosis",
            Self::Rejected => "rejected",
            Self::Denied => "denied",
            Self::Notices => "notices",
        }
    }

    /// Where a rule stands that names no section: by the kinds of question that it is for.
    #[must_use]
    pub fn of_kinds(kinds: &[Kind]) -> Self {
        match kinds {
            [Kind::K4] => Self::Denied,
            [Kind::K6] => Self::Diagnosis,
            _ => Self::Why,
        }
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseRule {
    /// Its name.
    pub id: HouseRuleId,
    /// Who answers for it.
    pub owner: String,
    /// The first day on which a draft may use it; none when it always could.
    pub from: Option<Date>,
    /// The last such day.
    pub until: Date,
    /// When it holds.
    pub when: Condition,
    /// What it says, on one line.
    pub statement: Wording,
    /// Where it stands in the reply.
    pub section: Section,
    /// The file that it is in, as the operator names it.
    pub file: String,
    /// Its first line there, from 1.
    pub line: usize,
}

impl HouseRule {
    /// Whether a draft that is written on this day may use it.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.until
    }
}
