//! Jobs for apalis. STUB: to be written.
use crate::{Clock, Db, StoreError, Tx};
use caseconsult_core::domain::{case::Step, ids::CaseId, instant::Instant};
/// A job's payload: ids only, and never another shape.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct CaseJob {
    /// .
    pub case_id: CaseId,
}
/// Inserts a job inside our transaction; `at` in the future delays it. Idempotent by key
/// (`case:step:version`), never an error on a duplicate on either database. max_attempts 1.
pub async fn enqueue(
    _tx: &mut Tx,
    _clock: &Clock,
    _step: Step,
    _case: CaseId,
    _key: &str,
    _at: Option<Instant>,
) -> Result<(), StoreError> {
    unimplemented!()
}
/// What the reconciler did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// bells rung again
    pub rung: u64,
    /// finished rows deleted
    pub deleted: u64,
    /// worker rows removed
    pub workers: u64,
}
/// Re-rings for cases that owe a step and have no live job (lease and retry time passed), deletes finished rows in chunks, ANALYZE on
/// SQLite (when due), removes stale worker rows. Advisory lock on PostgreSQL: a second node gets a zero result at once.
pub async fn reconcile(_db: &Db, _clock: &Clock) -> Result<Reconciled, StoreError> {
    unimplemented!()
}
/// Work owed per step: cases in the step's states whose lease is free and retry time passed, plus leased ones. For `--until-idle`.
pub async fn owed(_db: &Db, _clock: &Clock) -> Result<u64, StoreError> {
    unimplemented!()
}
