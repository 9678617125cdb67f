//! The task that hands batches to the ledger, so that the next range is fetched while one is being committed. It
//! finishes a batch that it has begun even when the fetching side was dropped.

use caseconsult_store::{
    StoreError,
    intake::{self, Arrival, Mailbox},
};
use tokio::{sync::mpsc, task::JoinHandle};

use super::Summary;
use crate::{context::Context, crash};

/// The way to the task.
pub(super) struct Committer {
    batches: mpsc::Sender<Vec<Arrival>>,
    task: JoinHandle<Result<Summary, StoreError>>,
}

impl Committer {
    /// Starts the task. One batch waits while another is committed: that bounds what is in memory.
    pub(super) fn start(context: &Context, mailbox: &Mailbox) -> Self {
        let (batches, waiting) = mpsc::channel(1);
        Self { batches, task: tokio::spawn(commit_all(context.clone(), mailbox.clone(), waiting)) }
    }

    /// Hands a batch over. False when the ledger failed: [`Committer::finish`] says why.
    pub(super) async fn take(&self, batch: Vec<Arrival>) -> bool {
        batch.is_empty() || self.batches.send(batch).await.is_ok()
    }

    /// Waits until everything handed over is accepted.
    pub(super) async fn finish(self) -> Result<Summary, StoreError> {
        drop(self.batches);
        match self.task.await {
            Ok(result) => result,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // Nobody aborts the task but a runtime that is going down; nothing was accepted then.
            Err(_) => Ok(Summary::default()),
        }
    }
}

async fn commit_all(
    context: Context,
    mailbox: Mailbox,
    mut waiting: mpsc::Receiver<Vec<Arrival>>,
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    while let Some(arrivals) = waiting.recv().await {
        crash::point("intake.before_commit");
        let accepted = intake::accept(&context.db, &context.clock, &mailbox, arrivals).await?;
        context.bell.ring();
        crash::point("intake.after_commit");
        summary.count(&accepted);
    }
    Ok(summary)
}
