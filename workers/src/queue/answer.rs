//! One bell: lease, make under a time limit, commit, or note the failure.
//!
//! The bell names a case; while at it, other cases that wait for the same step are taken along, because a
//! transaction for twenty cases costs little more than one for one. Their own bells then find nothing to do.

use std::{panic::AssertUnwindSafe, sync::Arc};

use apalis::prelude::{BoxDynError, Data};
use caseconsult_core::domain::{
    case::HoldReason,
    ids::CaseId,
    outcome::{Cause, Outcome},
};
use caseconsult_store::{StoreError, cases, cases::Case};
use futures::FutureExt as _;
use tokio::time::timeout;

use super::{Failure, Work, failure::pause, payload::Payload, verdict};
use crate::{context::Context, settings::WorkSettings};

/// What the workers of one step share.
pub(super) struct Desk<W> {
    pub(super) context: Context,
    pub(super) settings: WorkSettings,
    pub(super) work: W,
}

/// apalis's handler.
pub(super) async fn answer<W: Work>(payload: Payload, desk: Data<Arc<Desk<W>>>) -> Result<(), BoxDynError> {
    let outcomes = match payload {
        Payload::Case(case) => desk.answer(case).await,
        Payload::Unreadable => {
            tracing::error!(step = %W::STEP, "queue.unreadable_job");
            Vec::new()
        }
    };
    verdict::told(W::STEP, &outcomes)
}

impl<W: Work> Desk<W> {
    /// Everything that one bell sets off.
    async fn answer(&self, rang_for: CaseId) -> Vec<(CaseId, Outcome)> {
        let leased = match self.lease(rang_for).await {
            Ok(leased) => leased,
            Err(error) => {
                // Nothing was touched, and the reconciler rings again.
                tracing::warn!(step = %W::STEP, case = %rang_for, %error, "work.no_lease");
                return Vec::new();
            }
        };
        let mut outcomes = Vec::with_capacity(leased.len());
        let mut made = Vec::with_capacity(leased.len());
        let ground = self.within(self.work.prepare(&leased)).await;
        for case in leased {
            let thing = match &ground {
                Ok(ground) => self.make(&case, ground).await,
                Err(failure) => Err(failure.clone()),
            };
            match thing {
                Ok(thing) => made.push((case, thing)),
                Err(failure) => outcomes.push((case.id, self.failed(&case, failure).await)),
            }
        }
        outcomes.extend(self.commit(made).await);
        if outcomes.iter().any(|(_, outcome)| *outcome != Outcome::AlreadyDone) {
            self.context.bell.ring();
        }
        outcomes
    }

    async fn lease(&self, case: CaseId) -> Result<Vec<Case>, StoreError> {
        let Context { db, clock, node, .. } = &self.context;
        cases::lease_ready(db, clock, case, W::STEP, node, self.settings.lease, self.work.together()).await
    }

    async fn make(&self, case: &Case, ground: &W::Ground) -> Result<W::Made, Failure> {
        if case.attempts > self.tries() {
            // It was tried as often as it may be, and each time the whole process ended.
            return Err(Failure::Later(Cause::new("the program ended while it worked on this case")));
        }
        self.within(self.work.make(case, ground)).await
    }

    /// Turns the two ways of never coming back, too late and not at all, into failures like any other.
    async fn within<T>(&self, making: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let limit = self.work.limit(self.settings.lease);
        match timeout(limit, AssertUnwindSafe(making).catch_unwind()).await {
            Ok(Ok(result)) => result,
            // What the panic said may quote the mail.
            Ok(Err(_)) => Err(Failure::Later(Cause::new("a defect of the program: the step panicked"))),
            Err(_) => Err(Failure::Later(Cause::new(format!("it took longer than {} s", limit.as_secs_f32())))),
        }
    }

    fn tries(&self) -> u32 {
        self.work.tries(self.settings.max_attempts)
    }

    /// All together, with a failure for each that has one.
    async fn commit(&self, made: Vec<(Case, W::Made)>) -> Vec<(CaseId, Outcome)> {
        if made.is_empty() {
            return Vec::new();
        }
        let cases: Vec<Case> = made.iter().map(|(case, _)| case.clone()).collect();
        let results = self.work.commit(made).await;
        let mut outcomes = Vec::with_capacity(cases.len());
        for (case, result) in cases.iter().zip(results) {
            let outcome = match result {
                Ok(()) => Outcome::Done,
                Err(error) => self.failed(case, error.into()).await,
            };
            outcomes.push((case.id, outcome));
        }
        outcomes
    }

    /// Writes the failure down. When even that fails the lease ends by itself, and the reconciler rings again.
    async fn failed(&self, case: &Case, failure: Failure) -> Outcome {
        let Context { db, clock, .. } = &self.context;
        let (written, outcome) = match failure {
            Failure::MovedOn => return Outcome::AlreadyDone,
            Failure::Never(reason) => {
                let cause = Cause::new(reason.to_string());
                (self.work.put_aside(&self.context, case, reason).await, Outcome::GiveUp(cause))
            }
            Failure::Later(cause) if case.attempts >= self.tries() => {
                let reason = HoldReason::GivenUp { cause: cause.clone() };
                (self.work.put_aside(&self.context, case, reason).await, Outcome::GiveUp(cause))
            }
            Failure::Later(cause) => {
                let at = clock.now().plus(pause(self.settings.retry_base, case.attempts));
                (cases::retry_at(db, clock, case, W::STEP, at, &cause).await, Outcome::RetryAt(at, cause))
            }
        };
        match written {
            Ok(()) => outcome,
            Err(StoreError::Conflict | StoreError::NotAllowed(_)) => Outcome::AlreadyDone,
            Err(error) => {
                tracing::error!(step = %W::STEP, case = %case.id, %error, "work.failure_not_written");
                Outcome::RetryAt(clock.now().plus(self.settings.lease), Cause::new(error.to_string()))
            }
        }
    }
}
