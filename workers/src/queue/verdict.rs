//! The one place that turns our outcomes into what apalis is told, which is always that all went well.
//!
//! An `Err` would be tried again at once and without end of our own counting; apalis's `RetryAfterError` leaves
//! a job stuck for ever on SQLite and spins on PostgreSQL. A later try is a row of ours and a job with a time.

use apalis::prelude::BoxDynError;
use caseconsult_core::domain::{case::Step, ids::CaseId, outcome::Outcome};

/// What apalis hears of a bell that was answered with these cases. The log hears more.
#[expect(clippy::unnecessary_wraps, reason = "this is the signature that apalis wants, and the point of the file")]
pub(super) fn told(step: Step, outcomes: &[(CaseId, Outcome)]) -> Result<(), BoxDynError> {
    let mut done = 0_u32;
    for (case, outcome) in outcomes {
        match outcome {
            Outcome::Done => {
                done += 1;
                tracing::debug!(%step, %case, "work.done");
            }
            Outcome::AlreadyDone => tracing::debug!(%step, %case, "work.already_done"),
            Outcome::RetryAt(at, cause) => tracing::warn!(%step, %case, %at, %cause, "work.retry"),
            Outcome::GiveUp(cause) => tracing::error!(%step, %case, %cause, "work.given_up"),
        }
    }
    if done > 0 {
        tracing::info!(%step, done, "work.answered");
    }
    Ok(())
}
