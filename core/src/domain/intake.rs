//! The states of a ledger row. Every mail ever seen in a mailbox has one row, and every row ends in exactly one
//! final state: this is what "nothing is lost" means, and what is counted against the server.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What became of one mail of one mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeState {
    /// It opened a case. Final.
    Case,
    /// It joined a case as a further mail of a participant. Final.
    FollowUp,
    /// Same Message-ID and same content as an earlier mail; linked to that mail's case. Final.
    Copy,
    /// A row of an earlier UIDVALIDITY epoch holds the same bytes; this UID is another name of it. Final.
    Adopted,
    /// Seen in the listing, but the fetch brought nothing; one more look follows.
    Missed,
    /// Gone from the mailbox before it could be fetched, on two looks. Final, shown to the operator.
    Vanished,
    /// Fetching it broke the connection; it is tried alone from now on.
    Failing,
    /// Three tries alone failed. Final, shown to the operator with an alert.
    Unfetchable,
}

impl IntakeState {
    /// All states, in the order of the story.
    pub const ALL: [Self; 8] = [
        Self::Case,
        Self::FollowUp,
        Self::Copy,
        Self::Adopted,
        Self::Missed,
        Self::Vanished,
        Self::Failing,
        Self::Unfetchable,
    ];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::FollowUp => "follow_up",
            Self::Copy => "copy",
            Self::Adopted => "adopted",
            Self::Missed => "missed",
            Self::Vanished => "vanished",
            Self::Failing => "failing",
            Self::Unfetchable => "unfetchable",
        }
    }

    /// The state of that stored name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether the poller has nothing more to fetch for this row.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Missed | Self::Failing)
    }
}

impl fmt::Display for IntakeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_found_by_its_stored_name() {
        for state in IntakeState::ALL {
            assert_eq!(IntakeState::read(state.as_str()), Some(state));
        }
    }
}
