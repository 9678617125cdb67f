//! Who did what to a case, for its history. Events are only added, never changed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::UserId;

/// Who caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "who", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// The poller, a worker or the reconciler.
    Machine,
    /// A person at the web pages or the command line.
    User(UserId),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machine => f.write_str("machine"),
            Self::User(id) => write!(f, "user {id}"),
        }
    }
}
