//! The copy of a sent reply for the mailbox's Sent folder. Whatever becomes of it, the case stays as it is.

use caseconsult_core::domain::ids::ReplyId;

use super::reply::{Reply, ReplyRow, reply_columns};
use crate::{Db, StoreError, db::both::both};

/// Sent replies whose copy is still to be appended, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn copies_due(db: &Db, limit: i64) -> Result<Vec<Reply>, StoreError> {
    const DUE: &str =
        concat!("SELECT ", reply_columns!(), " FROM replies WHERE sent_copy = 'pending' ORDER BY sent_at, id LIMIT $1");
    let rows: Vec<ReplyRow> = both!(db.reader(), pool => sqlx::query_as(DUE).bind(limit).fetch_all(pool).await?);
    rows.into_iter().map(Reply::try_from).collect()
}

/// Records how the copy ended: `done` or `failed`.
///
/// # Errors
/// When the database does not answer.
pub async fn copy_ended(db: &Db, reply: ReplyId, state: &'static str) -> Result<(), StoreError> {
    const END: &str = "UPDATE replies SET sent_copy = $2 WHERE id = $1";
    both!(db.writer(), pool => {
        sqlx::query(END).bind(reply.to_string()).bind(state).execute(pool).await?;
    });
    Ok(())
}
