//! A case and a message as rows.

use caseconsult_core::domain::{
    address::EmailAddress,
    case::CaseState,
    digest::Digest,
    ids::{CaseId, MessageId, UserId},
    instant::Instant,
    outcome::Cause,
    tag::CaseTag,
};

use crate::{
    StoreError,
    row::{Column, address, instant},
};

/// A case as it was when it was read. Whoever changes it hands it back, and loses with `Conflict` when the row
/// has another version by then.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The short name that people use.
    pub tag: CaseTag,
    /// Where it is.
    pub state: CaseState,
    /// Grows by one with each change.
    pub version: i64,
    /// A participant wrote since a person began to work on it, and nobody has read that yet.
    pub stale: bool,
    /// Who asked; none when the mail has no usable From.
    pub asker: Option<EmailAddress>,
    /// The asker's display name. Private.
    pub asker_name: String,
    /// Of the first mail. Private.
    pub subject: String,
    /// When its first mail was taken in.
    pub received_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// The case that it may belong to: its mail names that one without being entitled to join it.
    pub hint: Option<CaseId>,
    /// Who claimed it last and until when. Past that moment the claim has lapsed.
    pub claim: Option<(UserId, Instant)>,
    /// How often the present step has been begun.
    pub attempts: u32,
    /// The present step is not tried again before.
    pub next_try_at: Option<Instant>,
    /// Why the present step failed last, or why it was given up.
    pub last_cause: Option<Cause>,
}

/// The columns that [`CaseRow`] reads, for SELECT and RETURNING.
macro_rules! case_columns {
    () => {
        "id, tag, detail, version, stale, asker, asker_name, subject, received_at, updated_at, hint_case_id, \
         claimed_by, claimed_until, attempts, next_try_at, last_cause"
    };
}
pub(crate) use case_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct CaseRow {
    id: String,
    tag: String,
    detail: String,
    version: i64,
    stale: bool,
    asker: Option<String>,
    asker_name: String,
    subject: String,
    received_at: i64,
    updated_at: i64,
    hint_case_id: Option<String>,
    claimed_by: Option<String>,
    claimed_until: Option<i64>,
    attempts: i64,
    next_try_at: Option<i64>,
    last_cause: Option<String>,
}

impl TryFrom<CaseRow> for Case {
    type Error = StoreError;

    fn try_from(row: CaseRow) -> Result<Self, StoreError> {
        let column = |name| Column("cases", name);
        let claimed_by = column("claimed_by").read_some(row.claimed_by.as_deref())?;
        Ok(Self {
            id: column("id").read(&row.id)?,
            tag: column("tag").name(CaseTag::read, &row.tag)?,
            state: column("detail").json(&row.detail)?,
            version: row.version,
            stale: row.stale,
            asker: row.asker.map(address),
            asker_name: row.asker_name,
            subject: row.subject,
            received_at: Instant::from_micros(row.received_at),
            updated_at: Instant::from_micros(row.updated_at),
            hint: column("hint_case_id").read_some(row.hint_case_id.as_deref())?,
            claim: claimed_by.zip(instant(row.claimed_until)),
            attempts: column("attempts").count(row.attempts)?,
            next_try_at: instant(row.next_try_at),
            last_cause: row.last_cause.map(Cause::new),
        })
    }
}

/// One mail of a case.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Of its raw bytes.
    pub sha256: Digest,
    /// Its Message-ID as written, with the brackets.
    pub header_id: Option<String>,
    /// Its From.
    pub sender: Option<EmailAddress>,
    /// The display name. Private.
    pub sender_name: String,
    /// Its subject. Private.
    pub subject: String,
    /// Its Date header, which its sender chose.
    pub sent_at: Option<Instant>,
    /// When it was taken in.
    pub received_at: Instant,
}

#[derive(sqlx::FromRow)]
pub(super) struct MessageRow {
    id: String,
    pub(super) case_id: String,
    sha256: String,
    header_id: Option<String>,
    sender: Option<String>,
    sender_name: String,
    subject: String,
    sent_at: Option<i64>,
    received_at: i64,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        let column = |name| Column("messages", name);
        Ok(Self {
            id: column("id").read(&row.id)?,
            sha256: column("sha256").read(&row.sha256)?,
            header_id: row.header_id,
            sender: row.sender.map(address),
            sender_name: row.sender_name,
            subject: row.subject,
            sent_at: instant(row.sent_at),
            received_at: Instant::from_micros(row.received_at),
        })
    }
}
