//! The parts of a running process: pollers, workers, pages. When one ends by itself, the others are stopped: half a
//! service looks alive and is not, and a supervisor can only restart what has ended.

use std::future::Future;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Parts that run together until told to stop.
#[derive(Debug)]
pub struct Parts {
    running: JoinSet<anyhow::Result<()>>,
    stop: CancellationToken,
}

impl Parts {
    /// None yet; they will run until `stop`.
    #[must_use]
    pub fn new(stop: CancellationToken) -> Self {
        Self { running: JoinSet::new(), stop }
    }

    /// What tells a part to stop.
    #[must_use]
    pub fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Starts a part.
    pub fn add<E: Into<anyhow::Error> + 'static>(
        &mut self,
        part: impl Future<Output = Result<(), E>> + Send + 'static,
    ) {
        self.running.spawn(async move { part.await.map_err(Into::into) });
    }

    /// Waits for all of them.
    ///
    /// # Errors
    /// That of the first part that failed.
    pub async fn run(mut self) -> anyhow::Result<()> {
        let mut outcome = Ok(());
        while let Some(ended) = self.running.join_next().await {
            let ended = ended.unwrap_or_else(|error| Err(anyhow::anyhow!("a part of the program died: {error}")));
            if outcome.is_ok() {
                outcome = ended;
            }
            self.stop.cancel();
        }
        outcome
    }
}
