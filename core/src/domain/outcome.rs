//! How a step of the work ends, and how a try to send ends. Two small vocabularies that must not be mixed up.

use serde::{Deserialize, Serialize};

use super::instant::Instant;

/// How a worker's handling of a job ends. There is no "error": a failure chooses between later and never.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The step was done and its result committed.
    Done,
    /// Somebody else did it, or the case moved on: success.
    AlreadyDone,
    /// Not now; a job with this start time has been committed.
    RetryAt(Instant, Cause),
    /// Never; the case has been parked with this cause.
    GiveUp(Cause),
}

/// Why a step failed, in words that an operator can act on. Never holds mail text or addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cause(String);

impl Cause {
    /// A cause; cut at 500 characters, since it ends in a row and on a page.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self(text.chars().take(500).collect())
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How one try to hand a reply to the mail server ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SendOutcome {
    /// The server answered 250 after the final dot; `reply` is its text, which often holds its queue id.
    Sent {
        /// The server's last line.
        reply: String,
    },
    /// Nothing was handed over, and a later try may succeed: a 4xx, or a lost connection before DATA's text.
    Later {
        /// What the server or the connection said.
        reply: String,
    },
    /// The server refused this mail for good: a 5xx at MAIL, RCPT, DATA or after the dot.
    Refused {
        /// What the server said.
        reply: String,
    },
    /// The text was (perhaps) handed over and the answer never came. Never resent without a person.
    Uncertain {
        /// What was seen last.
        reply: String,
    },
    /// Sign-in was refused or the server is not the configured one: no mail can go until an operator acts.
    Stopped {
        /// What the server said.
        reply: String,
    },
}

impl SendOutcome {
    /// The stored name of this outcome.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Later { .. } => "later",
            Self::Refused { .. } => "refused",
            Self::Uncertain { .. } => "uncertain",
            Self::Stopped { .. } => "stopped",
        }
    }

    /// What the server or the connection said.
    #[must_use]
    pub fn reply(&self) -> &str {
        match self {
            Self::Sent { reply }
            | Self::Later { reply }
            | Self::Refused { reply }
            | Self::Uncertain { reply }
            | Self::Stopped { reply } => reply,
        }
    }
}
