//! The people who sign in.

use serde::{Deserialize, Serialize};

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Claims, edits, approves, holds and closes cases.
    Reviewer,
    /// All that, and sees accounts and the state of the machine.
    Admin,
}

impl Role {
    /// As stored and as typed on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::Reviewer, Self::Admin].into_iter().find(|role| role.as_str() == text)
    }
}
