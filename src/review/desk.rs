//! What every review action is given.

use std::{fmt, sync::Arc, time::Duration};

use caseconsult_core::{domain::address::EmailAddress, mail::token::ThreadKey};
use caseconsult_store::{Clock, Db};

/// The reviewers' desk: where cases are kept, what time it is, and in whose name replies leave. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The truth.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Signs the Message-IDs of our replies.
    pub thread_key: Arc<ThreadKey>,
    /// The address that replies come from.
    pub own_address: EmailAddress,
    /// The name beside it.
    pub own_name: String,
    /// How long a claim lasts without a sign of life; typing renews it.
    pub claim_length: Duration,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("own_address", &self.own_address).finish_non_exhaustive()
    }
}
