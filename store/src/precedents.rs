//! What a reply is found by when the like is asked again. Written with the approval, counted from the moment at which the
//! reply was sent, in the transaction that says so, and no longer when it came back. Read by whoever looks for what was
//! answered before.

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        ids::{CaseId, ReplyId},
        instant::Instant,
        tag::CaseTag,
    },
    precedent::Terms,
};
use sqlx::QueryBuilder;

use crate::{
    Clock, Db, StoreError, Tx,
    db::{both::both, text::storable},
    row::{Column, address, to_json},
};

/// Rows that are read at a time.
const PAGE: i64 = 2_000;

/// A reply that was sent, and what it is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The reply.
    pub reply: ReplyId,
    /// Its case.
    pub case: CaseId,
    /// When.
    pub at: Instant,
    /// What it is found by.
    pub terms: Terms,
}

/// The same with what is shown of it.
#[derive(Clone, Debug)]
pub struct Precedent {
    /// The reply.
    pub reply: ReplyId,
    /// The case's short name.
    pub tag: CaseTag,
    /// Who asked. Private.
    pub asker: Option<EmailAddress>,
    /// The asker's display name. Private.
    pub asker_name: String,
    /// When it was sent.
    pub at: Instant,
    /// What it is found by.
    pub terms: Terms,
    /// The source text of the reply. Private: whoever shows it masks it.
    pub body: String,
    /// What it went by, as JSON of `core::draft::Facts`.
    pub facts: String,
}

/// With the approval: nothing finds it yet.
pub(crate) async fn add(tx: &mut Tx, case: CaseId, reply: ReplyId, terms: &Terms) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO precedents (reply_id, case_id, terms) VALUES ($1, $2, $3)";
    let terms = to_json(terms, Column("precedents", "terms"))?;
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(reply.to_string())
            .bind(case.to_string())
            .bind(storable(&terms).as_ref())
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// The reply was sent.
pub(crate) async fn count(tx: &mut Tx, clock: &Clock, reply: ReplyId) -> Result<(), StoreError> {
    const COUNT: &str = "UPDATE precedents SET sent_at = $2 WHERE reply_id = $1";
    both!(tx.connection(), conn => {
        sqlx::query(COUNT).bind(reply.to_string()).bind(clock.now().micros()).execute(conn).await?;
    });
    Ok(())
}

/// The reply came back: it answered nobody.
pub(crate) async fn discount(tx: &mut Tx, reply: ReplyId) -> Result<(), StoreError> {
    const DISCOUNT: &str = "UPDATE precedents SET sent_at = NULL WHERE reply_id = $1";
    both!(tx.connection(), conn => {
        sqlx::query(DISCOUNT).bind(reply.to_string()).execute(conn).await?;
    });
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SentRow {
    reply_id: String,
    case_id: String,
    sent_at: i64,
    terms: String,
}

/// Hands every reply that was sent at `from` or later to `take`, oldest first, some at a time.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn each_sent(db: &Db, from: Instant, take: &mut (dyn FnMut(Sent) + Send)) -> Result<(), StoreError> {
    const SENT: &str = "SELECT reply_id, case_id, sent_at, terms FROM precedents \
                        WHERE sent_at IS NOT NULL AND (sent_at, reply_id) > ($1, $2) \
                        ORDER BY sent_at, reply_id LIMIT $3";
    let mut last = (from.micros().saturating_sub(1), "~".to_owned());
    loop {
        let rows: Vec<SentRow> = both!(db.reader(), pool => {
            sqlx::query_as(SENT).bind(last.0).bind(&last.1).bind(PAGE).fetch_all(pool).await?
        });
        let Some(end) = rows.last() else { return Ok(()) };
        last = (end.sent_at, end.reply_id.clone());
        for row in rows {
            take(Sent {
                reply: Column("precedents", "reply_id").read(&row.reply_id)?,
                case: Column("precedents", "case_id").read(&row.case_id)?,
                at: Instant::from_micros(row.sent_at),
                terms: Column("precedents", "terms").json(&row.terms)?,
            });
        }
    }
}

#[derive(sqlx::FromRow)]
struct PrecedentRow {
    reply_id: String,
    tag: String,
    asker: Option<String>,
    asker_name: String,
    sent_at: i64,
    terms: String,
    body: String,
    facts: Option<String>,
}

/// These replies with what is shown of them, in no order. One that does not count any more is left out.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of(db: &Db, replies: &[ReplyId]) -> Result<Vec<Precedent>, StoreError> {
    const OF: &str = "SELECT p.reply_id, c.tag, c.asker, c.asker_name, p.sent_at, p.terms, r.body, d.facts \
                      FROM precedents p JOIN replies r ON r.id = p.reply_id JOIN cases c ON c.id = p.case_id \
                      LEFT JOIN drafts d ON d.case_id = p.case_id AND d.version = r.draft_version \
                      WHERE p.sent_at IS NOT NULL AND p.reply_id IN (";
    if replies.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<PrecedentRow> = both!(db.reader(), pool: Driver => {
        let mut query = QueryBuilder::<Driver>::new(OF);
        let mut listed = query.separated(", ");
        for reply in replies {
            listed.push_bind(reply.to_string());
        }
        listed.push_unseparated(")");
        query.build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(Precedent::try_from).collect()
}

impl TryFrom<PrecedentRow> for Precedent {
    type Error = StoreError;

    fn try_from(row: PrecedentRow) -> Result<Self, StoreError> {
        Ok(Self {
            reply: Column("precedents", "reply_id").read(&row.reply_id)?,
            tag: Column("cases", "tag").name(CaseTag::read, &row.tag)?,
            asker: row.asker.map(address),
            asker_name: row.asker_name,
            at: Instant::from_micros(row.sent_at),
            terms: Column("precedents", "terms").json(&row.terms)?,
            body: row.body,
            facts: row.facts.unwrap_or_default(),
        })
    }
}
