//! Approved bytes and tries to send. STUB: to be written.
use crate::{Clock, Db, StoreError, cases::Case};
use caseconsult_core::domain::{
    address::EmailAddress,
    digest::Digest,
    ids::{AttemptId, CaseId, ReplyId, UserId},
    instant::Instant,
    outcome::SendOutcome,
};
/// An approved reply.
#[derive(Clone, Debug)]
pub struct Reply {
    /// .
    pub id: ReplyId,
    /// .
    pub case: CaseId,
    /// .
    pub draft_version: i64,
    /// our Message-ID with brackets
    pub header_id: String,
    /// envelope sender
    pub sender: EmailAddress,
    /// envelope recipient
    pub recipient: EmailAddress,
    /// exactly what is sent
    pub bytes: Vec<u8>,
    /// of `bytes`, as approved
    pub sha256: Digest,
    /// the source text that the reviewer approved
    pub body: String,
    /// JSON list of overridden findings with reasons
    pub overrides: String,
    /// .
    pub approved_by: UserId,
    /// .
    pub approved_at: Instant,
    /// .
    pub sent_at: Option<Instant>,
}
/// One try.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// .
    pub id: AttemptId,
    /// from 1
    pub number: i64,
    /// .
    pub started_at: Instant,
    /// .
    pub ended_at: Option<Instant>,
    /// None: under way, or its process died
    pub outcome: Option<String>,
    /// what the server said
    pub reply_text: Option<String>,
}
/// Approval: a new draft version by the reviewer (when the text differs from the latest), the reply row, the event and the deliver job,
/// in one transaction. Needs the reviewer's live claim; refuses a stale case (`Stale`) and a moved version (`Conflict`).
/// Returns the case in `Approved`.
pub async fn approve(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _by: UserId,
    _reply: &NewReply,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// What an approval stores.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// made by the caller, since the Message-ID names it
    pub id: ReplyId,
    /// .
    pub header_id: String,
    /// .
    pub sender: EmailAddress,
    /// .
    pub recipient: EmailAddress,
    /// .
    pub bytes: Vec<u8>,
    /// .
    pub body: String,
    /// JSON
    pub overrides: String,
}
/// By id.
pub async fn get(_db: &Db, _id: ReplyId) -> Result<Reply, StoreError> {
    unimplemented!()
}
/// Of a case, oldest first (withdrawn ones too).
pub async fn of_case(_db: &Db, _case: CaseId) -> Result<Vec<Reply>, StoreError> {
    unimplemented!()
}
/// Its tries, oldest first.
pub async fn attempts(_db: &Db, _reply: ReplyId) -> Result<Vec<Attempt>, StoreError> {
    unimplemented!()
}
/// Commits the attempt row and the case's `Sending` BEFORE anything is handed to the server. Durable (fsync) when it returns.
pub async fn start_sending(_db: &Db, _clock: &Clock, _case: &Case) -> Result<(Case, AttemptId), StoreError> {
    unimplemented!()
}
/// Commits how the try ended, the case's next state and its event. `Later` also sets next_try_at = `retry_at` and a delayed job;
/// `Sent` sets sent_at and `sent_copy = 'pending'` when `wants_copy`.
pub async fn finish_sending(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _attempt: AttemptId,
    _outcome: &SendOutcome,
    _retry_at: Option<Instant>,
    _wants_copy: bool,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// Replies whose Sent copy is still to be appended.
pub async fn copies_due(_db: &Db, _limit: i64) -> Result<Vec<Reply>, StoreError> {
    unimplemented!()
}
/// Records the end of the Sent copy: `done` or `failed`.
pub async fn copy_ended(_db: &Db, _reply: ReplyId, _state: &'static str) -> Result<(), StoreError> {
    unimplemented!()
}
