//! What was read out of a mail. STUB: to be written.
use crate::{Clock, Db, StoreError, Tx, cases::Case};
use caseconsult_core::domain::ids::{CaseId, MessageId};
/// Stored as JSON of `core::extract::Reading`.
#[derive(Clone, Debug)]
pub struct StoredReading {
    /// .
    pub message: MessageId,
    /// JSON
    pub reading: String,
}
/// Writes the readings of the case's mails and advances it (`Extracted`) in one transaction.
pub async fn finish_extract(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _readings: &[StoredReading],
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// All readings of a case, in the order of its mails.
pub async fn of_case(_db: &Db, _case: CaseId) -> Result<Vec<StoredReading>, StoreError> {
    unimplemented!()
}
/// Inside a transaction.
pub async fn put(_tx: &mut Tx, _clock: &Clock, _case: CaseId, _reading: &StoredReading) -> Result<(), StoreError> {
    unimplemented!()
}
