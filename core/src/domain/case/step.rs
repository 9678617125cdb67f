//! The work that a machine does on a case.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The work that a machine does on a case: one queue each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Find the codes.
    Extract,
    /// Attach what the code sets say, and draft.
    Draft,
    /// Send.
    Deliver,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 3] = [Self::Extract, Self::Draft, Self::Deliver];

    /// The queue's name. Part of stored rows: never renamed.
    #[must_use]
    pub const fn queue(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::Draft => "draft",
            Self::Deliver => "deliver",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.queue())
    }
}
