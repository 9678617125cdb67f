//! The ledger and the door. STUB: to be written.
use crate::{Clock, Db, StoreError, raw::RawMail};
use caseconsult_core::domain::{
    digest::Digest,
    ids::{CaseId, IntakeId, MailboxId},
    instant::Instant,
    intake::IntakeState,
};
use caseconsult_core::mail::head::Head;
use std::collections::{HashMap, HashSet};

/// A mailbox in one epoch.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// .
    pub id: MailboxId,
    /// e.g. `imap://user@host/INBOX`, `maildir:/path`, `import`
    pub source: String,
    /// UIDVALIDITY; 0 for Maildir and import
    pub epoch: i64,
    /// every UID up to it has a final row
    pub floor_uid: u32,
    /// last full comparison
    pub swept_at: Instant,
    /// true when an earlier epoch of this source exists
    pub renewed: bool,
}

/// One fetched mail with what its headers say.
#[derive(Debug)]
pub struct Arrival {
    /// the source's own name: UID in decimal, Maildir base name, sha256
    pub item: String,
    /// for IMAP
    pub uid: Option<u32>,
    /// .
    pub raw: RawMail,
    /// of the raw bytes kept
    pub sha256: Digest,
    /// from `core::mail::head::read`
    pub head: Head,
}

/// What became of one arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// .
    pub item: String,
    /// .
    pub state: IntakeState,
    /// .
    pub case: Option<CaseId>,
    /// false when the ledger had the item already: nothing was changed
    pub fresh: bool,
}

/// Finds or makes the mailbox row of (source, epoch).
pub async fn mailbox(_db: &Db, _clock: &Clock, _source: &str, _epoch: i64) -> Result<Mailbox, StoreError> {
    unimplemented!()
}
/// UIDs above `above` that have a row in a final state, and those that have one in `missed`/`failing` with tries.
pub async fn known_uids(
    _db: &Db,
    _mailbox: MailboxId,
    _above: u32,
) -> Result<(HashSet<u32>, HashMap<u32, (IntakeState, u32)>), StoreError> {
    unimplemented!()
}
/// Which of these items have a row in a final state.
pub async fn known_items(_db: &Db, _mailbox: MailboxId, _items: &[String]) -> Result<HashSet<String>, StoreError> {
    unimplemented!()
}
/// THE DOOR. One transaction for the whole batch: raw bytes, ledger rows, messages, cases or follow-ups, events, jobs.
/// After it returns Ok, every arrival is accepted for good. `copy_window`: same Message-ID and content within it is a copy.
pub async fn accept(
    _db: &Db,
    _clock: &Clock,
    _mailbox: &Mailbox,
    _batch: Vec<Arrival>,
) -> Result<Vec<Accepted>, StoreError> {
    unimplemented!()
}
/// A UID that was listed but whose fetch brought nothing: first time `missed`, second time `vanished`.
pub async fn absent(_db: &Db, _clock: &Clock, _mailbox: MailboxId, _uids: &[u32]) -> Result<(), StoreError> {
    unimplemented!()
}
/// A UID whose fetch broke the connection: `failing` with one more try; at `limit` tries `unfetchable`. Returns the new state.
pub async fn broke(
    _db: &Db,
    _clock: &Clock,
    _mailbox: MailboxId,
    _uid: u32,
    _limit: u32,
) -> Result<IntakeState, StoreError> {
    unimplemented!()
}
/// Accepted rows whose mark or move on the server is still to be done: (row, uid or None, item).
pub async fn unmarked(
    _db: &Db,
    _mailbox: MailboxId,
    _limit: i64,
) -> Result<Vec<(IntakeId, Option<u32>, String)>, StoreError> {
    unimplemented!()
}
/// Records that they were marked.
pub async fn marked(_db: &Db, _clock: &Clock, _rows: &[IntakeId]) -> Result<(), StoreError> {
    unimplemented!()
}
/// Raises the floor.
pub async fn set_floor(_db: &Db, _mailbox: MailboxId, _floor_uid: u32) -> Result<(), StoreError> {
    unimplemented!()
}
/// Records a full comparison.
pub async fn swept(_db: &Db, _clock: &Clock, _mailbox: MailboxId) -> Result<(), StoreError> {
    unimplemented!()
}
/// Rows per state of one mailbox source (all epochs), for `doctor`, `cases` and tests.
pub async fn counts(_db: &Db, _source: &str) -> Result<HashMap<IntakeState, u64>, StoreError> {
    unimplemented!()
}
/// Takes the poll lock of a source, so that two pollers do not work on one mailbox: PostgreSQL session advisory lock on
/// a connection of its own, held until dropped; on SQLite always granted (one machine; the UNIQUE is the backstop).
pub async fn lock(_db: &Db, _source: &str) -> Result<Option<PollLock>, StoreError> {
    unimplemented!()
}
/// Held while polling.
#[derive(Debug)]
pub struct PollLock(pub(crate) Option<sqlx::pool::PoolConnection<sqlx::Postgres>>);
