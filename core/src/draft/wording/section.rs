//! The sections of a reply that a model may phrase. All others are rendered from facts alone.

use serde::{Deserialize, Serialize};

/// A section, by the name that it has in the model's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Section 1: the question as understood.
    Question,
    /// Section 2: the short answer.
    Answer,
    /// Section 4: the reasons.
    Why,
    /// Section 8: codes that were considered and rejected.
    Rejected,
}

impl Section {
    /// All of them, in the order of the reply.
    pub const ALL: [Self; 4] = [Self::Question, Self::Answer, Self::Why, Self::Rejected];

    /// The name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Why => "why",
            Self::Rejected => "rejected",
        }
    }

    /// The most sentences that it may hold: as many as the rules write.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Question | Self::Answer => 3,
            Self::Why | Self::Rejected => 6,
        }
    }
}
