//! The task that hands batches to the ledger, so that the next range is fetched while one is being committed. The
//! mails of a range are read (digests, headers) on a thread of their own meanwhile, for the same reason. It finishes a
//! batch that it has begun even when the fetching side was dropped.

use std::collections::BTreeMap;

use caseconsult_store::{
    StoreError,
    intake::{self, Arrival, Mailbox},
};
use tokio::{
    sync::mpsc,
    task::{JoinError, JoinHandle},
};

use super::Summary;
use crate::{arrival, context::Context, crash};

/// Mails that are accepted together.
pub(super) enum Batch {
    /// Small ones, which are being read.
    Small(JoinHandle<Vec<Arrival>>),
    /// A large one, which was read as it came.
    Large(Box<Arrival>),
}

impl Batch {
    /// Begins to read mails that came together, each with its UID.
    pub(super) fn read(context: &Context, mails: BTreeMap<u32, Vec<u8>>) -> Self {
        let context = context.clone();
        Self::Small(tokio::task::spawn_blocking(move || {
            let whole = |(uid, bytes): (u32, Vec<u8>)| arrival::whole(&context, uid.to_string(), Some(uid), bytes);
            mails.into_iter().map(whole).collect()
        }))
    }

    /// None when the runtime is going down.
    async fn arrivals(self) -> Option<Vec<Arrival>> {
        match self {
            Self::Small(reading) => joined(reading.await),
            Self::Large(arrival) => Some(vec![*arrival]),
        }
    }
}

/// What a task made. None when it was aborted, which nobody does but a runtime that is going down.
fn joined<T>(ended: Result<T, JoinError>) -> Option<T> {
    match ended {
        Ok(made) => Some(made),
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => None,
    }
}

/// The way to the task.
pub(super) struct Committer {
    batches: mpsc::Sender<Batch>,
    task: JoinHandle<Result<Summary, StoreError>>,
}

impl Committer {
    /// Starts the task. One batch waits while another is committed: that bounds what is in memory.
    pub(super) fn start(context: &Context, mailbox: &Mailbox) -> Self {
        let (batches, waiting) = mpsc::channel(1);
        Self { batches, task: tokio::spawn(commit_all(context.clone(), mailbox.clone(), waiting)) }
    }

    /// Hands a batch over. False when the ledger failed: [`Committer::finish`] says why.
    pub(super) async fn take(&self, batch: Batch) -> bool {
        self.batches.send(batch).await.is_ok()
    }

    /// Whether the ledger failed.
    pub(super) fn has_failed(&self) -> bool {
        self.batches.is_closed()
    }

    /// Waits until everything handed over is accepted.
    pub(super) async fn finish(self) -> Result<Summary, StoreError> {
        drop(self.batches);
        // Nothing was accepted when the runtime is going down.
        joined(self.task.await).unwrap_or_else(|| Ok(Summary::default()))
    }
}

async fn commit_all(
    context: Context,
    mailbox: Mailbox,
    mut waiting: mpsc::Receiver<Batch>,
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    while let Some(batch) = waiting.recv().await {
        let Some(arrivals) = batch.arrivals().await else { break };
        crash::point("intake.before_commit");
        let accepted = intake::accept(&context.db, &context.clock, &mailbox, arrivals).await?;
        context.bell.ring();
        crash::point("intake.after_commit");
        summary.count(&accepted);
    }
    Ok(summary)
}
