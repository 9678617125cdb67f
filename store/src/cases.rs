//! Cases. STUB: to be written.
use crate::{Clock, Db, StoreError, Tx};
use caseconsult_core::domain::{
    address::EmailAddress,
    case::{CaseEvent, CaseState, Step},
    digest::Digest,
    event::Actor,
    ids::{CaseId, MessageId, UserId},
    instant::Instant,
    outcome::Cause,
    tag::CaseTag,
};
use std::time::Duration;

/// A case as a row.
#[derive(Clone, Debug)]
pub struct Case {
    /// .
    pub id: CaseId,
    /// .
    pub tag: CaseTag,
    /// .
    pub state: CaseState,
    /// for `WHERE version`
    pub version: i64,
    /// a participant wrote since the draft was made
    pub stale: bool,
    /// .
    pub asker: Option<EmailAddress>,
    /// .
    pub asker_name: String,
    /// as the mail had it: private
    pub subject: String,
    /// .
    pub received_at: Instant,
    /// .
    pub updated_at: Instant,
    /// "maybe belongs to"
    pub hint: Option<CaseId>,
    /// who holds the claim and until when
    pub claim: Option<(UserId, Instant)>,
    /// .
    pub attempts: u32,
    /// .
    pub next_try_at: Option<Instant>,
    /// .
    pub last_cause: Option<Cause>,
}
/// One mail of a case.
#[derive(Clone, Debug)]
pub struct Message {
    /// .
    pub id: MessageId,
    /// raw bytes
    pub sha256: Digest,
    /// Message-ID as written, with its brackets
    pub header_id: Option<String>,
    /// .
    pub sender: Option<EmailAddress>,
    /// .
    pub sender_name: String,
    /// .
    pub subject: String,
    /// Date header
    pub sent_at: Option<Instant>,
    /// .
    pub received_at: Instant,
}
/// What a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// state names; empty = all
    pub states: Vec<&'static str>,
    /// .
    pub limit: i64,
    /// .
    pub offset: i64,
}
/// Oldest first for open states.
pub async fn list(_db: &Db, _filter: &Filter) -> Result<Vec<Case>, StoreError> {
    unimplemented!()
}
/// Cases per state name.
pub async fn counts(_db: &Db) -> Result<Vec<(String, u64)>, StoreError> {
    unimplemented!()
}
/// By id.
pub async fn get(_db: &Db, _id: CaseId) -> Result<Case, StoreError> {
    unimplemented!()
}
/// By tag.
pub async fn find(_db: &Db, _tag: &CaseTag) -> Result<Case, StoreError> {
    unimplemented!()
}
/// Its mails, oldest first.
pub async fn messages(_db: &Db, _id: CaseId) -> Result<Vec<Message>, StoreError> {
    unimplemented!()
}
/// Addresses that may write into it.
pub async fn participants(_db: &Db, _id: CaseId) -> Result<Vec<EmailAddress>, StoreError> {
    unimplemented!()
}
/// Inside a transaction: `apply`s the event to the case as read, writes `WHERE id AND version`, adds the event row, clears
/// the lease, and enqueues the job of the new state's step. `Conflict` when the version has moved on.
pub async fn advance(
    _tx: &mut Tx,
    _clock: &Clock,
    _case: &Case,
    _event: &CaseEvent,
    _actor: Actor,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// The same in a transaction of its own.
pub async fn advance_now(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _event: &CaseEvent,
    _actor: Actor,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// A reviewer's claim. Takes Drafted/Undeliverable/InReview with a lapsed or own claim; InReview of another with a live claim
/// is `Conflict` unless `take_over`. Also renews.
pub async fn claim(
    _db: &Db,
    _clock: &Clock,
    _id: CaseId,
    _by: UserId,
    _length: Duration,
    _take_over: bool,
) -> Result<Case, StoreError> {
    unimplemented!()
}
/// Renews the claim while typing; `Conflict` when another has it.
pub async fn renew_claim(
    _db: &Db,
    _clock: &Clock,
    _id: CaseId,
    _by: UserId,
    _length: Duration,
) -> Result<(), StoreError> {
    unimplemented!()
}
/// Clears `stale` (the reviewer has read the new mail), with an event row.
pub async fn follow_up_read(_db: &Db, _clock: &Clock, _id: CaseId, _by: UserId) -> Result<(), StoreError> {
    unimplemented!()
}
/// What a lease attempt gives.
#[derive(Debug)]
pub enum Lease {
    /// The worker has it; attempts already counted.
    Taken(Box<Case>),
    /// Somebody else has it, or the case moved on: nothing to do.
    NotOurs,
}
/// A worker's lease on a step: `UPDATE … SET lease_owner, lease_until, attempts+1, version+1 WHERE id AND state in the step's
/// AND (lease free or lapsed)`.
pub async fn lease(
    _db: &Db,
    _clock: &Clock,
    _id: CaseId,
    _step: Step,
    _owner: &str,
    _length: Duration,
) -> Result<Lease, StoreError> {
    unimplemented!()
}
/// Gives the lease back for a later try: next_try_at, cause, and a delayed job, in one transaction fenced by version.
pub async fn retry_at(
    _db: &Db,
    _clock: &Clock,
    _case: &Case,
    _step: Step,
    _at: Instant,
    _cause: &Cause,
) -> Result<(), StoreError> {
    unimplemented!()
}
