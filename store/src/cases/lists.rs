//! Looking at cases. Nothing here changes a row; the queue page, the command line and the workers call it.

use std::collections::HashMap;

use caseconsult_core::domain::{address::EmailAddress, ids::CaseId, tag::CaseTag};
use sqlx::QueryBuilder;

use super::row::{Case, CaseRow, Message, MessageRow, case_columns};
use crate::{
    Db, StoreError,
    db::{both::both, lookup::each_by_itself},
    row::{Column, address},
};

/// What a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// State names; all when empty.
    pub states: Vec<&'static str>,
    /// The most cases; no limit when 0.
    pub limit: i64,
    /// How many to leave out at the start.
    pub offset: i64,
}

/// States in which nothing more is owed: their lists begin with the newest.
const SETTLED: [&str; 3] = ["sent", "ignored", "closed"];

/// Cases in these states: the one that has waited longest first, or, when all the states asked for are settled
/// ones (sent, ignored, closed), the newest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn list(db: &Db, filter: &Filter) -> Result<Vec<Case>, StoreError> {
    let newest_first = !filter.states.is_empty() && filter.states.iter().all(|state| SETTLED.contains(state));
    let order = if newest_first { "received_at DESC, id DESC" } else { "received_at, id" };
    let limit = if filter.limit > 0 { filter.limit } else { i64::MAX };
    let rows: Vec<CaseRow> = both!(db.reader(), pool: Driver => {
        let mut query = QueryBuilder::<Driver>::new(concat!("SELECT ", case_columns!(), " FROM cases"));
        if !filter.states.is_empty() {
            query.push(" WHERE state IN (");
            let mut names = query.separated(", ");
            for state in &filter.states {
                names.push_bind(*state);
            }
            query.push(")");
        }
        query.push(" ORDER BY ").push(order);
        query.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(filter.offset);
        query.build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(Case::try_from).collect()
}

/// How many cases are in each state, by its name. States without cases are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &Db) -> Result<Vec<(String, u64)>, StoreError> {
    const COUNTS: &str = "SELECT state, COUNT(*) FROM cases GROUP BY state ORDER BY state";
    let rows: Vec<(String, i64)> = both!(db.reader(), pool => sqlx::query_as(COUNTS).fetch_all(pool).await?);
    Ok(rows.into_iter().map(|(state, count)| (state, count.unsigned_abs())).collect())
}

/// The case of that id.
///
/// # Errors
/// [`StoreError::NotFound`], or when the database does not answer.
pub async fn get(db: &Db, id: CaseId) -> Result<Case, StoreError> {
    const GET: &str = concat!("SELECT ", case_columns!(), " FROM cases WHERE id = $1");
    let row: Option<CaseRow> =
        both!(db.reader(), pool => sqlx::query_as(GET).bind(id.to_string()).fetch_optional(pool).await?);
    row.ok_or(StoreError::NotFound("case"))?.try_into()
}

/// The case of that tag.
///
/// # Errors
/// [`StoreError::NotFound`], or when the database does not answer.
pub async fn find(db: &Db, tag: &CaseTag) -> Result<Case, StoreError> {
    const FIND: &str = concat!("SELECT ", case_columns!(), " FROM cases WHERE tag = $1");
    let row: Option<CaseRow> =
        both!(db.reader(), pool => sqlx::query_as(FIND).bind(tag.as_str()).fetch_optional(pool).await?);
    row.ok_or(StoreError::NotFound("case"))?.try_into()
}

/// Its mails, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn messages(db: &Db, id: CaseId) -> Result<Vec<Message>, StoreError> {
    const MESSAGES: &str = "SELECT id, case_id, sha256, header_id, sender, sender_name, subject, sent_at, received_at \
                            FROM messages WHERE case_id = $1 ORDER BY received_at, id";
    let rows: Vec<MessageRow> =
        both!(db.reader(), pool => sqlx::query_as(MESSAGES).bind(id.to_string()).fetch_all(pool).await?);
    rows.into_iter().map(Message::try_from).collect()
}

/// The mails of several cases, each case's oldest first. A case without mails is not there.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn messages_of_each(db: &Db, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<Message>>, StoreError> {
    let (before, behind) = each_by_itself(&db.reader());
    let mut found: HashMap<CaseId, Vec<Message>> = HashMap::new();
    for cases in cases.chunks(500) {
        let rows: Vec<MessageRow> = both!(db.reader(), pool: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "SELECT found.id, found.case_id, found.sha256, found.header_id, found.sender, found.sender_name, \
                 found.subject, found.sent_at, found.received_at FROM (",
            );
            query.push_values(cases, |mut row, case| {
                row.push_bind(case.to_string());
            });
            query.push(before).push("messages AS found WHERE found.case_id = wanted.column1").push(behind);
            query.push(" ORDER BY found.received_at, found.id").build_query_as().fetch_all(pool).await?
        });
        for row in rows {
            let case = Column("messages", "case_id").read(&row.case_id)?;
            found.entry(case).or_default().push(row.try_into()?);
        }
    }
    Ok(found)
}

/// The addresses that may write into it.
///
/// # Errors
/// When the database does not answer.
pub async fn participants(db: &Db, id: CaseId) -> Result<Vec<EmailAddress>, StoreError> {
    const PARTICIPANTS: &str = "SELECT address FROM participants WHERE case_id = $1 ORDER BY address";
    let rows: Vec<String> =
        both!(db.reader(), pool => sqlx::query_scalar(PARTICIPANTS).bind(id.to_string()).fetch_all(pool).await?);
    Ok(rows.into_iter().map(address).collect())
}
