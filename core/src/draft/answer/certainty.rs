//! How certain an answer is. There are three degrees, and no other words for them.

use std::fmt;

use serde::Serialize;

/// From the least certain to the most, so that the least of several parts is that of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// A fact is missing, or no rule and no table answers.
    NotYet,
    /// It holds if the assumption about the date of service does.
    IfAssumed,
    /// The facts support it.
    Supported,
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Supported => "Supported",
            Self::IfAssumed => "Supported if A1 holds",
            Self::NotYet => "Not answerable yet",
        })
    }
}
