//! Draft versions and working copies. STUB: to be written.
use crate::{Clock, Db, StoreError, cases::Case};
use caseconsult_core::domain::{
    ids::{CaseId, DraftId, UserId},
    instant::Instant,
};
/// One version.
#[derive(Clone, Debug)]
pub struct Draft {
    /// .
    pub id: DraftId,
    /// from 1
    pub version: i64,
    /// None: the machine
    pub author: Option<UserId>,
    /// the reply's source text (Markdown subset)
    pub body: String,
    /// JSON of `core::draft::Facts`
    pub facts: String,
    /// .
    pub made_at: Instant,
}
/// Adds the machine's draft and advances the case (`Drafted`), clearing `stale`, in one transaction.
pub async fn finish_draft(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _body: &str,
    _facts: &str,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// All versions, oldest first.
pub async fn versions(_db: &Db, _case: CaseId) -> Result<Vec<Draft>, StoreError> {
    unimplemented!()
}
/// The newest version.
pub async fn latest(_db: &Db, _case: CaseId) -> Result<Option<Draft>, StoreError> {
    unimplemented!()
}
/// Autosave; needs no claim to be kept, only to be sent.
pub async fn save_working_copy(
    _db: &Db,
    _clock: &Clock,
    _case: CaseId,
    _user: UserId,
    _body: &str,
) -> Result<(), StoreError> {
    unimplemented!()
}
/// The unsaved edit of this reviewer, if any.
pub async fn working_copy(_db: &Db, _case: CaseId, _user: UserId) -> Result<Option<(String, Instant)>, StoreError> {
    unimplemented!()
}
