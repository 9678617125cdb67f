//! A reply and a try to send it, as rows.

use caseconsult_core::domain::{
    address::EmailAddress,
    digest::Digest,
    ids::{AttemptId, CaseId, ReplyId, UserId},
    instant::Instant,
};

use crate::{
    Db, StoreError,
    db::both::both,
    row::{Column, address, instant},
};

/// An approved reply.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its id, which its Message-ID names.
    pub id: ReplyId,
    /// The case that it answers.
    pub case: CaseId,
    /// The draft that was approved.
    pub draft_version: i64,
    /// Our Message-ID, with the brackets.
    pub header_id: String,
    /// The envelope's sender.
    pub sender: EmailAddress,
    /// The envelope's recipient.
    pub recipient: EmailAddress,
    /// Exactly what is sent.
    pub bytes: Vec<u8>,
    /// Of the bytes, when they were approved.
    pub sha256: Digest,
    /// The source text that the reviewer approved.
    pub body: String,
    /// The findings that the reviewer overrode, with reasons, as a JSON list.
    pub overrides: String,
    /// Who approved it.
    pub approved_by: UserId,
    /// When.
    pub approved_at: Instant,
    /// The approval no longer counts: it was taken back, or the asker wrote again.
    pub withdrawn: bool,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

macro_rules! reply_columns {
    () => {
        "id, case_id, draft_version, header_id, sender, recipient, bytes, sha256, body, overrides, approved_by, \
         approved_at, withdrawn, sent_at"
    };
}
pub(super) use reply_columns;

#[derive(sqlx::FromRow)]
pub(super) struct ReplyRow {
    id: String,
    case_id: String,
    draft_version: i64,
    header_id: String,
    sender: String,
    recipient: String,
    bytes: Vec<u8>,
    sha256: String,
    body: String,
    overrides: String,
    approved_by: String,
    approved_at: i64,
    withdrawn: bool,
    sent_at: Option<i64>,
}

impl TryFrom<ReplyRow> for Reply {
    type Error = StoreError;

    fn try_from(row: ReplyRow) -> Result<Self, StoreError> {
        let column = |name| Column("replies", name);
        Ok(Self {
            id: column("id").read(&row.id)?,
            case: column("case_id").read(&row.case_id)?,
            draft_version: row.draft_version,
            header_id: row.header_id,
            sender: address(row.sender),
            recipient: address(row.recipient),
            bytes: row.bytes,
            sha256: column("sha256").read(&row.sha256)?,
            body: row.body,
            overrides: row.overrides,
            approved_by: column("approved_by").read(&row.approved_by)?,
            approved_at: Instant::from_micros(row.approved_at),
            withdrawn: row.withdrawn,
            sent_at: instant(row.sent_at),
        })
    }
}

/// The reply of that id.
///
/// # Errors
/// [`StoreError::NotFound`], or when the database does not answer.
pub async fn get(db: &Db, id: ReplyId) -> Result<Reply, StoreError> {
    const GET: &str = concat!("SELECT ", reply_columns!(), " FROM replies WHERE id = $1");
    let row: Option<ReplyRow> =
        both!(db.reader(), pool => sqlx::query_as(GET).bind(id.to_string()).fetch_optional(pool).await?);
    row.ok_or(StoreError::NotFound("reply"))?.try_into()
}

/// The replies of a case, oldest first, withdrawn ones too.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: CaseId) -> Result<Vec<Reply>, StoreError> {
    const OF_CASE: &str =
        concat!("SELECT ", reply_columns!(), " FROM replies WHERE case_id = $1 ORDER BY approved_at, id");
    let rows: Vec<ReplyRow> =
        both!(db.reader(), pool => sqlx::query_as(OF_CASE).bind(case.to_string()).fetch_all(pool).await?);
    rows.into_iter().map(Reply::try_from).collect()
}

/// One try to send a reply.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// From 1.
    pub number: i64,
    /// When it was committed, before the mail server was spoken to.
    pub started_at: Instant,
    /// When its end was committed.
    pub ended_at: Option<Instant>,
    /// The name of its [`SendOutcome`](caseconsult_core::domain::outcome::SendOutcome), or `bounced` when a delivery
    /// report returned what the server had taken; none while it is under way, or when its process died.
    pub outcome: Option<String>,
    /// What the mail server said.
    pub reply_text: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AttemptRow {
    id: String,
    number: i64,
    started_at: i64,
    ended_at: Option<i64>,
    outcome: Option<String>,
    reply_text: Option<String>,
}

/// The tries to send a reply, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn attempts(db: &Db, reply: ReplyId) -> Result<Vec<Attempt>, StoreError> {
    const ATTEMPTS: &str = "SELECT id, number, started_at, ended_at, outcome, reply_text FROM attempts \
                            WHERE reply_id = $1 ORDER BY number";
    let rows: Vec<AttemptRow> =
        both!(db.reader(), pool => sqlx::query_as(ATTEMPTS).bind(reply.to_string()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            Ok(Attempt {
                id: Column("attempts", "id").read(&row.id)?,
                number: row.number,
                started_at: Instant::from_micros(row.started_at),
                ended_at: instant(row.ended_at),
                outcome: row.outcome,
                reply_text: row.reply_text,
            })
        })
        .collect()
}
