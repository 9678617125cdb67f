//! All hands of a process but the poller's: the three steps' workers, the reconciler, and the Sent copies. The
//! application starts it for `serve`, `work` and `demo`.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::{
    context::Context,
    deliver::Deliver,
    draft::Draft,
    extract::Extract,
    imap::ImapError,
    queue::{self, QueueError, Steps},
    reconciler,
    sent_copy::SentCopies,
    settings::{ImapSettings, Transport, WorkSettings},
    wording::Writer,
};

/// What the hands need to know.
#[derive(Clone)]
pub struct Fleet {
    /// The database and who we are.
    pub context: Context,
    /// How the workers run.
    pub work: WorkSettings,
    /// How replies leave.
    pub transport: Transport,
    /// The account whose `sent_mailbox` takes a copy of each reply; no copies without one.
    pub copies_to: Option<ImapSettings>,
    /// The model that phrases parts of drafts; without one the rules' own words stand.
    pub writer: Option<Arc<Writer>>,
}

/// Why the fleet cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum FleetError {
    /// The queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The mailbox for sent mails is not usable as configured.
    #[error("the mailbox for sent mails: {0}")]
    SentMailbox(#[from] ImapError),
}

impl Fleet {
    /// Works until `stop`, then finishes what is in hand.
    ///
    /// # Errors
    /// When the workers end by themselves, or a setting cannot be used.
    pub async fn run(self, stop: CancellationToken) -> Result<(), FleetError> {
        let copies = self.copies()?;
        let steps = self.steps(copies.as_ref());
        let Self { context, work, .. } = self;
        let every = work.reconcile_every;
        let workers = async {
            // When the workers end, nobody else goes on.
            let _all_stop = stop.clone().drop_guard();
            Box::pin(queue::run(context.clone(), steps, work, stop.clone())).await
        };
        let copying = async {
            if let Some(copies) = &copies {
                copies.run(&context, &stop).await;
            }
        };
        let (worked, (), ()) = tokio::join!(workers, reconciler::run(&context, every, &stop), copying);
        Ok(worked?)
    }

    /// Works until nothing is owed any more, makes the Sent copies that are due, and ends.
    ///
    /// # Errors
    /// As [`Fleet::run`].
    pub async fn until_idle(self, stop: CancellationToken) -> Result<(), FleetError> {
        let copies = self.copies()?;
        let steps = self.steps(copies.as_ref());
        let context = self.context.clone();
        Box::pin(queue::until_idle(self.context, steps, self.work, stop)).await?;
        if let Some(copies) = copies {
            // Its trouble is logged, and the next run finds what is still due.
            let _ = copies.round(&context).await;
        }
        Ok(())
    }

    fn copies(&self) -> Result<Option<Arc<SentCopies>>, ImapError> {
        match &self.copies_to {
            Some(settings) => Ok(SentCopies::new(settings)?.map(Arc::new)),
            None => Ok(None),
        }
    }

    fn steps(&self, copies: Option<&Arc<SentCopies>>) -> Steps<Extract, Draft, Deliver> {
        Steps {
            extract: Extract::new(self.context.clone()),
            draft: Draft::new(self.context.clone()).worded_by(self.writer.clone()),
            deliver: Deliver::new(
                self.context.clone(),
                self.transport.clone(),
                copies.map(Arc::clone),
                self.work.lease,
            ),
        }
    }
}
