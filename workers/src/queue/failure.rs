//! When a failed step is tried again, and when no more.

use std::time::Duration;

use caseconsult_core::domain::{case::HoldReason, outcome::Cause};
use caseconsult_store::StoreError;

/// The longest pause between two tries.
const LONGEST: Duration = Duration::from_secs(3600);

/// Why a step made nothing of a case. Causes never hold mail text or addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may go better later.
    Later(Cause),
    /// It never will: the case is put aside for a person.
    Never(HoldReason),
    /// The case has moved on meanwhile, and nothing is owed.
    MovedOn,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict | StoreError::NotAllowed(_) => Self::MovedOn,
            // The words of a driver may quote what was bound.
            StoreError::Sql(_) => Self::Later(Cause::new("the database did not answer as it should")),
            other => Self::Later(Cause::new(other.to_string())),
        }
    }
}

/// The pause after the `attempts`-th try (from 1): `base`, doubled with each further one, at most an hour.
pub(super) fn pause(base: Duration, attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    base.saturating_mul(1 << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let base = Duration::from_secs(60);
        let minutes: Vec<_> = [0, 1, 2, 3, 6, 7, 40, u32::MAX].map(|n| pause(base, n).as_secs() / 60).into();
        assert_eq!(minutes, [1, 1, 2, 4, 32, 60, 60, 60]);
        assert_eq!(pause(Duration::MAX, 2), LONGEST);
    }
}
