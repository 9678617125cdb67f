//! All workers of a process, until told to stop or until nothing is owed.

use std::{io, time::Duration};

use apalis::prelude::Monitor;
use caseconsult_core::domain::case::Step;
use caseconsult_store::{StoreError, queue};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    Work,
    answer::Desk,
    bell::{Bells, pass_on},
    worker::hire,
};
use crate::{context::Context, settings::WorkSettings};

/// How long running handlers may go on after the stop. What is cut off then is taken up again when its lease ends.
const GRACE: Duration = Duration::from_secs(30);

/// How often [`until_idle`] asks whether work is owed.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// Why the queues cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The workers ended though nobody told them to.
    #[error("the queue's workers ended: {0}")]
    Ended(String),
    /// The database did not say what is owed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The three steps' work.
#[derive(Debug)]
pub struct Steps<E, D, S> {
    /// Received → Extracted.
    pub extract: E,
    /// Extracted → Drafted.
    pub draft: D,
    /// Approved → Sent and its kin.
    pub deliver: S,
}

/// Works until `stop`, then finishes what is in hand, for at most half a minute.
///
/// # Errors
/// When the workers end by themselves.
pub async fn run<E: Work, D: Work, S: Work>(
    context: Context,
    steps: Steps<E, D, S>,
    settings: WorkSettings,
    stop: CancellationToken,
) -> Result<(), QueueError> {
    let bells = Bells::default();
    let mut monitor = Monitor::new().should_restart(|worker, error| {
        tracing::error!(worker = worker.name(), %error, "queue.worker_ended");
        true
    });
    let (work, on) = (steps.extract, context.clone());
    monitor = hire(monitor, Desk { context: on, settings: settings.clone(), work }, bells.of(Step::Extract).clone());
    let (work, on) = (steps.draft, context.clone());
    monitor = hire(monitor, Desk { context: on, settings: settings.clone(), work }, bells.of(Step::Draft).clone());
    let (work, on) = (steps.deliver, context.clone());
    monitor = hire(monitor, Desk { context: on, settings, work }, bells.of(Step::Deliver).clone());
    let stopped = stop.clone();
    let signal = async move {
        stopped.cancelled().await;
        Ok::<(), io::Error>(())
    };
    // The timer is made when the stop begins: made now, it would have run out by then.
    let grace = async { tokio::time::sleep(GRACE).await };
    let working = monitor.with_terminator(grace).run_with_signal(signal);
    let ended = tokio::select! {
        ended = working => ended,
        never = pass_on(&context.db, &bells) => match never {},
    };
    match ended {
        Ok(()) if stop.is_cancelled() => Ok(()),
        Ok(()) => Err(QueueError::Ended("nobody told them to".to_owned())),
        Err(error) => Err(QueueError::Ended(error.to_string())),
    }
}

/// Works until no case owes a step that could be done now, then stops as [`run`] does. What is to be tried again
/// later is left for later.
///
/// # Errors
/// As [`run`], and when the database does not answer.
pub async fn until_idle<E: Work, D: Work, S: Work>(
    context: Context,
    steps: Steps<E, D, S>,
    settings: WorkSettings,
    stop: CancellationToken,
) -> Result<(), QueueError> {
    let Context { db, clock, .. } = context.clone();
    let every = settings.reconcile_every;
    let done = stop.child_token();
    let running = run(context, steps, settings, done.clone());
    let watching = async {
        let _stops_the_workers = done.clone().drop_guard();
        // What a dead process left behind is owed too: its bells are rung again, now and as its leases end.
        let mut reconciled: Option<Instant> = None;
        while !done.is_cancelled() && queue::owed(&db, &clock).await? > 0 {
            if reconciled.is_none_or(|at| at.elapsed() >= every) {
                queue::reconcile(&db, &clock).await?;
                reconciled = Some(Instant::now());
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
        Ok::<(), StoreError>(())
    };
    let (worked, watched) = tokio::join!(running, watching);
    worked?;
    Ok(watched?)
}
