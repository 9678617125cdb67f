//! Approved → Sent, at most once.
//!
//! `sending` is committed, to the disk, before anything is handed to the mail server. A case that is found in
//! `sending` without a live lease belonged to a process that died in the middle: nobody knows whether the mail
//! went, so it becomes `uncertain` and is never sent again without a person. Called by the deliver queue.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use caseconsult_core::domain::{
    case::{CaseState, HoldReason, Step},
    ids::{AttemptId, ReplyId},
    instant::Instant,
    outcome::{Cause, SendOutcome},
};
use caseconsult_store::{StoreError, cases, cases::Case, replies, replies::Reply};

use crate::{
    context::Context,
    crash, folder, objection,
    queue::{Failure, Work},
    sent_copy::SentCopies,
    settings::Transport,
    smtp,
};

/// The pauses after the first, second, … try that a server put off; the last is repeated.
const PAUSES: [Duration; 4] =
    [Duration::from_secs(60), Duration::from_secs(5 * 60), Duration::from_secs(15 * 60), Duration::from_secs(3600)];

/// How long a server may put a reply off before it counts as refused (RFC 5321 §4.5.4.1 says 4 to 5 days; an
/// advice that old is of no use).
const GIVE_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 3600);

/// How long no reply is sent after one whose trouble is the configuration's.
const STANDSTILL: Duration = Duration::from_secs(5 * 60);

/// How often we try to write down what the mail server said; what is not written down ends as `uncertain`.
const WRITE_TRIES: u32 = 6;

/// The deliver step.
pub struct Deliver {
    context: Context,
    transport: Transport,
    copies: Option<Arc<SentCopies>>,
    lease: Duration,
    /// No reply of this process leaves before then: microseconds, as [`Instant`].
    closed_until: AtomicI64,
}

impl Deliver {
    /// Sends over `transport`; with `copies`, a copy of each sent reply is wanted. While a reply is on its way its
    /// lease is renewed for `lease` at a time.
    #[must_use]
    pub const fn new(context: Context, transport: Transport, copies: Option<Arc<SentCopies>>, lease: Duration) -> Self {
        Self { context, transport, copies, lease, closed_until: AtomicI64::new(0) }
    }
}

impl Work for Deliver {
    const STEP: Step = Step::Deliver;
    const TOGETHER: usize = 1;
    type Ground = ();
    type Made = ();

    /// All of the transport's time limits, one after the other: the frame's limit must never cut a transaction.
    fn limit(&self, lease: Duration) -> Duration {
        match &self.transport {
            Transport::Folder(_) => lease,
            Transport::Smtp(settings) => {
                lease + settings.connect_timeout * 2 + settings.command_timeout * 6 + settings.dot_timeout
            }
        }
    }

    /// Never given up by their number: a server that puts us off is asked for three days, and while no mail can go
    /// at all the replies wait for the operator.
    fn tries(&self, _: u32) -> u32 {
        u32::MAX
    }

    async fn prepare(&self, _: &[Case]) -> Result<(), Failure> {
        Ok(())
    }

    async fn make(&self, case: &Case, (): &()) -> Result<(), Failure> {
        match &case.state {
            CaseState::Sending { attempt, .. } => self.left_behind(case, *attempt).await,
            CaseState::Approved { reply } => self.deliver(case, *reply).await,
            _ => Err(Failure::MovedOn),
        }
    }

    /// Everything was committed on the way.
    async fn commit(&self, made: Vec<(Case, ())>) -> Vec<Result<(), StoreError>> {
        made.iter().map(|_| Ok(())).collect()
    }

    /// An approved reply is not held: a reviewer finds it among the undeliverable ones, with the cause.
    async fn put_aside(&self, context: &Context, case: &Case, reason: HoldReason) -> Result<(), StoreError> {
        let cause = match reason {
            HoldReason::GivenUp { cause } => cause,
            other => Cause::new(other.to_string()),
        };
        replies::refuse(&context.db, &context.clock, case, &cause).await.map(|_| ())
    }
}

impl Deliver {
    /// A try whose process died. Whether the mail went is not for us to guess.
    async fn left_behind(&self, case: &Case, attempt: AttemptId) -> Result<(), Failure> {
        let Context { db, clock, .. } = &self.context;
        let outcome = SendOutcome::Uncertain { reply: "the program ended while it was sending".to_owned() };
        tracing::error!(case = %case.id, "deliver.uncertain");
        replies::finish_sending(db, clock, case, attempt, &outcome, None, false).await?;
        Ok(())
    }

    async fn deliver(&self, case: &Case, id: ReplyId) -> Result<(), Failure> {
        let Context { db, clock, .. } = &self.context;
        if let Some(until) = self.closed() {
            let cause = Cause::new("the mail server does not take our mail: see its last answer");
            cases::retry_at(db, clock, case, Step::Deliver, until, &cause).await?;
            return Ok(());
        }
        let reply = replies::get(db, id).await?;
        if let Some(cause) = objection::find(&self.context, case, &reply).await? {
            tracing::error!(case = %case.id, %cause, "deliver.objection");
            replies::refuse(db, clock, case, &cause).await?;
            return Ok(());
        }
        crash::point("deliver.before_sending");
        let (sending, attempt) = replies::start_sending(db, clock, case).await?;
        self.context.bell.ring();
        crash::point("deliver.after_sending");
        let outcome = self.hand_over(&sending, &reply).await;
        crash::point("deliver.after_data");
        self.write_down(&sending, attempt, &reply, outcome).await
    }

    /// While it lasts the lease is renewed, so that nobody takes a slow server for a dead process.
    async fn hand_over(&self, case: &Case, reply: &Reply) -> SendOutcome {
        let sending = async {
            match &self.transport {
                Transport::Smtp(settings) => smtp::send(settings, reply).await,
                Transport::Folder(path) => put(path.clone(), reply.clone()).await,
            }
        };
        tokio::pin!(sending);
        let Context { db, clock, node, .. } = &self.context;
        loop {
            tokio::select! {
                outcome = &mut sending => return outcome,
                () = tokio::time::sleep(self.lease / 3) => {
                    if let Err(error) = cases::renew_lease(db, clock, case.id, node, self.lease).await {
                        tracing::warn!(case = %case.id, %error, "deliver.lease_not_renewed");
                    }
                }
            }
        }
    }

    /// Tries hard: the mail may be gone, and this line is all that will be known of it.
    async fn write_down(
        &self,
        case: &Case,
        attempt: AttemptId,
        reply: &Reply,
        outcome: SendOutcome,
    ) -> Result<(), Failure> {
        let Context { db, clock, .. } = &self.context;
        let (outcome, again_at) = self.again_at(reply, outcome).await;
        tracing::info!(case = %case.id, reply = %reply.id, outcome = outcome.as_str(), "deliver.outcome");
        let wants_copy = self.copies.is_some();
        let mut pause = Duration::from_millis(500);
        for _ in 1..WRITE_TRIES {
            match replies::finish_sending(db, clock, case, attempt, &outcome, again_at, wants_copy).await {
                Err(StoreError::Sql(error)) => tracing::error!(case = %case.id, %error, "deliver.outcome_not_written"),
                Err(other) => return Err(other.into()),
                Ok(_) => {
                    crash::point("deliver.after_sent");
                    if let (SendOutcome::Sent { .. }, Some(copies)) = (&outcome, &self.copies) {
                        copies.ring();
                    }
                    return Ok(());
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        Err(Failure::MovedOn)
    }

    /// When the next try is due, for outcomes that have one. A reply that was put off for too long is refused.
    async fn again_at(&self, reply: &Reply, outcome: SendOutcome) -> (SendOutcome, Option<Instant>) {
        let Context { db, clock, .. } = &self.context;
        let now = clock.now();
        match outcome {
            SendOutcome::Later { reply: words } if now.since(reply.approved_at) > GIVE_UP_AFTER => {
                (SendOutcome::Refused { reply: format!("put off for three days; at last: {words}") }, None)
            }
            SendOutcome::Later { .. } => {
                let tries = replies::attempts(db, reply.id).await.map_or(1, |attempts| attempts.len());
                (outcome, Some(now.plus(pause_after(tries))))
            }
            SendOutcome::Stopped { reply: words } => {
                tracing::error!(cause = %words, "deliver.stopped");
                let until = now.plus(STANDSTILL);
                self.closed_until.store(until.micros(), Ordering::Relaxed);
                (SendOutcome::Stopped { reply: words }, Some(until))
            }
            SendOutcome::Sent { .. } | SendOutcome::Refused { .. } | SendOutcome::Uncertain { .. } => (outcome, None),
        }
    }

    /// Until when no reply leaves, when that is ahead.
    fn closed(&self) -> Option<Instant> {
        let until = Instant::from_micros(self.closed_until.load(Ordering::Relaxed));
        (until > self.context.clock.now()).then_some(until)
    }
}

fn pause_after(tries: usize) -> Duration {
    let last = PAUSES[PAUSES.len() - 1];
    PAUSES.get(tries.saturating_sub(1)).copied().unwrap_or(last)
}

async fn put(path: PathBuf, reply: Reply) -> SendOutcome {
    let putting = tokio::task::spawn_blocking(move || folder::put(&path, &reply)).await;
    putting.unwrap_or_else(|_| SendOutcome::Later { reply: "the folder could not be written".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_are_those_of_a_patient_server() {
        let minutes: Vec<u64> = [0, 1, 2, 3, 4, 5, 100].map(|tries| pause_after(tries).as_secs() / 60).into();
        assert_eq!(minutes, [1, 1, 5, 15, 60, 60, 60]);
    }
}
