//! What a step must say of itself. The frame around it (lease, time limit, panic, retry) is [`super::answer`]'s.

use std::{future::Future, time::Duration};

use caseconsult_core::domain::case::{CaseEvent, HoldReason, Step};
use caseconsult_core::domain::event::Actor;
use caseconsult_store::{StoreError, cases, cases::Case};

use super::Failure;
use crate::context::Context;

/// One step's work on a leased case, in two halves: making, which may take long and changes nothing, and
/// committing, which is short and fenced by the case's version.
pub trait Work: Send + Sync + 'static {
    /// Whose queue it answers.
    const STEP: Step;

    /// How many cases one bell may be answered with: the one that rang, and others that wait for the same step.
    const TOGETHER: usize;

    /// What the database holds for several cases, read with a few statements for all of them.
    type Ground: Send + Sync;

    /// What is made of a case.
    type Made: Send + 'static;

    /// How long making may take. Beyond its lease another worker may have the case, so a step that needs longer
    /// has to renew the lease meanwhile.
    fn limit(&self, lease: Duration) -> Duration {
        lease
    }

    /// The same for this worker: fewer where making one takes seconds, since all of them are leased at once.
    fn together(&self) -> usize {
        Self::TOGETHER
    }

    /// How often it is tried before the case is put aside.
    fn tries(&self, configured: u32) -> u32 {
        configured
    }

    /// Reads what [`Work::make`] needs for these cases, moments before. Its failure is every case's; each is then
    /// tried alone.
    fn prepare(&self, cases: &[Case]) -> impl Future<Output = Result<Self::Ground, Failure>> + Send;

    /// Makes it. Dropped at the time limit, so it must leave nothing half-done at any `await`.
    fn make(&self, case: &Case, ground: &Self::Ground) -> impl Future<Output = Result<Self::Made, Failure>> + Send;

    /// Commits what was made, all in one transaction where the store can, with one result for each case in the
    /// same order. [`StoreError::Conflict`] means that the case has moved on, which is no failure.
    fn commit(&self, made: Vec<(Case, Self::Made)>) -> impl Future<Output = Vec<Result<(), StoreError>>> + Send;

    /// Puts a case aside that cannot be worked on. By default it is held.
    fn put_aside(
        &self,
        context: &Context,
        case: &Case,
        reason: HoldReason,
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        async move {
            let event = CaseEvent::Held { reason };
            cases::advance_now(&context.db, &context.clock, case, &event, Actor::Machine).await.map(|_| ())
        }
    }
}
