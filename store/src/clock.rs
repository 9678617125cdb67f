//! The one place that reads the clock and makes ids. Everything else is handed a [`Clock`].

use std::sync::{Arc, Mutex, PoisonError};

use caseconsult_core::domain::instant::Instant;
use uuid::Uuid;

/// Where instants and ids come from: the system, or a test that sets the time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Fixed(Arc<Mutex<Instant>>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::set`] moves it.
    #[must_use]
    pub fn fixed(at: Instant) -> Self {
        Self(Source::Fixed(Arc::new(Mutex::new(at))))
    }

    /// Moves a fixed clock; has no effect on the system's.
    pub fn set(&self, at: Instant) {
        if let Source::Fixed(now) = &self.0 {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }

    /// The present moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Instant {
        match &self.0 {
            Source::System => Instant::from(jiff::Timestamp::now()),
            Source::Fixed(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// A fresh `UUIDv7`: sortable by time, 74 random bits.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    pub fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
