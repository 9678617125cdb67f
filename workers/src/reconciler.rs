//! Rings again where a bell was lost, every so often. Any number of processes may run it.

use std::time::Duration;

use caseconsult_store::queue;
use tokio_util::sync::CancellationToken;

use crate::context::Context;

/// Reconciles now and then every `every`, until `stop`. A round that fails is logged, and the next one follows.
pub async fn run(context: &Context, every: Duration, stop: &CancellationToken) {
    loop {
        match queue::reconcile(&context.db, &context.clock).await {
            Ok(done) if done == queue::Reconciled::default() => {}
            Ok(done) => {
                tracing::info!(rung = done.rung, deleted = done.deleted, workers = done.workers, "queue.reconciled");
            }
            Err(error) => tracing::warn!(%error, "queue.not_reconciled"),
        }
        if stop.run_until_cancelled(tokio::time::sleep(every)).await.is_none() {
            return;
        }
    }
}
