//! `[work]`: how the queue's workers run.

use std::time::Duration;

use caseconsult_workers::settings::WorkSettings;
use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use serde::Deserialize;

/// The workers of one process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Work {
    /// Cases of one step handled at once.
    pub concurrency: usize,
    /// How long a worker may hold a case before another takes it over.
    #[serde(with = "duration")]
    pub lease: Duration,
    /// How often a step is tried before the case is held for a person.
    pub max_attempts: u32,
    /// How often work that was lost sight of is looked for.
    #[serde(with = "duration")]
    pub reconcile_every: Duration,
}

impl Default for Work {
    fn default() -> Self {
        let WorkSettings { concurrency, lease, max_attempts, reconcile_every, .. } = WorkSettings::default();
        Self { concurrency, lease, max_attempts, reconcile_every }
    }
}

impl Work {
    /// As the workers take them.
    #[must_use]
    pub fn settings(&self) -> WorkSettings {
        WorkSettings {
            concurrency: self.concurrency.clamp(1, 64),
            lease: self.lease,
            max_attempts: self.max_attempts.max(1),
            reconcile_every: self.reconcile_every,
            ..WorkSettings::default()
        }
    }
}
