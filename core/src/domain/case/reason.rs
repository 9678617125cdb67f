//! Why a case is parked, in words for whoever finds it there.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::outcome::Cause;

/// Why a case is parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum HoldReason {
    /// The mail has no text that could be read: empty, no headers, or damaged beyond reading.
    Unreadable {
        /// What was found.
        what: String,
    },
    /// Larger than the configured limit; only its head is kept.
    Oversize {
        /// Its size in bytes, as the server said.
        bytes: u64,
    },
    /// A step failed as often as it may.
    GivenUp {
        /// The last failure.
        cause: Cause,
    },
    /// It carries a case's token, but its sender is no participant of that case.
    StrangerWithToken,
    /// It asks no coding question: a complaint, a patient's own bill, advertising.
    NoCodingQuestion {
        /// What it seems to be, in words.
        what: String,
    },
    /// A person parked it.
    ByReviewer {
        /// In the person's words.
        note: String,
    },
}

impl fmt::Display for HoldReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { what } => write!(f, "The mail cannot be read: {what}"),
            Self::Oversize { bytes } => {
                write!(f, "The mail is too large ({} MiB); only its head was kept", bytes >> 20)
            }
            Self::GivenUp { cause } => write!(f, "A step failed too often: {cause}"),
            Self::StrangerWithToken => {
                f.write_str("It claims to belong to a case whose participants do not include its sender")
            }
            Self::NoCodingQuestion { what } => {
                write!(
                    f,
                    "It seems to ask no coding question ({what}): answer it by hand, or release it to have it drafted"
                )
            }
            Self::ByReviewer { note } => f.write_str(note),
        }
    }
}

/// Mails that want no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IgnoredKind {
    /// An automatic answer, such as a vacation notice (RFC 3834).
    AutoReply,
    /// A report that a mail could not be delivered (RFC 3464).
    Bounce,
    /// Sent to a mailing list or in bulk.
    Bulk,
    /// A mail that this program sent.
    Own,
}

impl fmt::Display for IgnoredKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AutoReply => "automatic reply",
            Self::Bounce => "delivery report",
            Self::Bulk => "mailing list or bulk mail",
            Self::Own => "our own mail",
        })
    }
}
