//! One row for each mail ever seen in a mailbox, and what became of it. The server's flags are decoration; this
//! is what the poller goes by.

use std::collections::{HashMap, HashSet};

use caseconsult_core::domain::{
    ids::{IntakeId, MailboxId},
    intake::IntakeState,
};
use sqlx::QueryBuilder;

use crate::{Clock, Db, StoreError, db::both::both, row::Column};

pub(super) const STATE: Column = Column("intake", "state");

/// The UIDs above `above` that are done with, and those that are to be fetched again, with how often that failed.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn known_uids(
    db: &Db,
    mailbox: MailboxId,
    above: u32,
) -> Result<(HashSet<u32>, HashMap<u32, (IntakeState, u32)>), StoreError> {
    const KNOWN: &str = "SELECT uid, state, tries FROM intake WHERE mailbox_id = $1 AND uid > $2";
    let rows: Vec<(i64, String, i64)> = both!(db.reader(), pool => {
        sqlx::query_as(KNOWN).bind(mailbox.to_string()).bind(i64::from(above)).fetch_all(pool).await?
    });
    let (mut done, mut again) = (HashSet::new(), HashMap::new());
    for (uid, state, tries) in rows {
        let uid = Column("intake", "uid").count(uid)?;
        let state = STATE.name(IntakeState::read, &state)?;
        if state.is_final() {
            done.insert(uid);
        } else {
            again.insert(uid, (state, Column("intake", "tries").count(tries)?));
        }
    }
    Ok((done, again))
}

/// Which of these items are done with.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn known_items(db: &Db, mailbox: MailboxId, items: &[String]) -> Result<HashSet<String>, StoreError> {
    let mut known = HashSet::new();
    for items in items.chunks(500) {
        let rows: Vec<(String, String)> = both!(db.reader(), pool: Driver => {
            let mut query = QueryBuilder::<Driver>::new("SELECT item, state FROM intake WHERE mailbox_id = ");
            query.push_bind(mailbox.to_string()).push(" AND item IN (");
            let mut list = query.separated(", ");
            for item in items {
                list.push_bind(item);
            }
            query.push(")").build_query_as().fetch_all(pool).await?
        });
        for (item, state) in rows {
            if STATE.name(IntakeState::read, &state)?.is_final() {
                known.insert(item);
            }
        }
    }
    Ok(known)
}

/// UIDs that the server listed and then had nothing to give for: `missed` the first time, `vanished` the second.
///
/// # Errors
/// When the database does not answer.
pub async fn absent(db: &Db, clock: &Clock, mailbox: MailboxId, uids: &[u32]) -> Result<(), StoreError> {
    const CHANGE: &str = " ON CONFLICT (mailbox_id, item) DO UPDATE SET updated_at = excluded.updated_at, tries = intake.tries + 1, \
         state = CASE intake.state WHEN 'missed' THEN 'vanished' ELSE 'missed' END \
         WHERE intake.state IN ('missed', 'failing')";
    let now = clock.now().micros();
    for uids in uids.chunks(500) {
        both!(db.writer(), pool: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "INSERT INTO intake (id, mailbox_id, item, uid, state, tries, seen_at, updated_at) ",
            );
            query.push_values(uids, |mut row, uid| {
                row.push_bind(IntakeId::new(clock.id()).to_string())
                    .push_bind(mailbox.to_string())
                    .push_bind(uid.to_string())
                    .push_bind(i64::from(*uid))
                    .push_bind(IntakeState::Missed.as_str())
                    .push_bind(1_i64)
                    .push_bind(now)
                    .push_bind(now);
            });
            query.push(CHANGE).build().execute(pool).await?;
        });
    }
    Ok(())
}

/// A UID whose fetch broke the connection: `failing` with one more try, and `unfetchable` at the `limit`th. Returns
/// what it is now; a mail that was taken in meanwhile stays what it is.
///
/// # Errors
/// When the database does not answer.
pub async fn broke(
    db: &Db,
    clock: &Clock,
    mailbox: MailboxId,
    uid: u32,
    limit: u32,
) -> Result<IntakeState, StoreError> {
    const BROKE: &str = "INSERT INTO intake (id, mailbox_id, item, uid, state, tries, seen_at, updated_at) \
         VALUES ($1, $2, $3, $4, CASE WHEN $5 <= 1 THEN 'unfetchable' ELSE 'failing' END, 1, $6, $6) \
         ON CONFLICT (mailbox_id, item) DO UPDATE SET updated_at = excluded.updated_at, tries = intake.tries + 1, \
         state = CASE WHEN intake.tries + 1 >= $5 THEN 'unfetchable' ELSE 'failing' END \
         WHERE intake.state IN ('missed', 'failing')";
    const STATE_NOW: &str = "SELECT state FROM intake WHERE mailbox_id = $1 AND item = $2";
    let state: String = both!(db.writer(), pool => {
        sqlx::query(BROKE)
            .bind(IntakeId::new(clock.id()).to_string())
            .bind(mailbox.to_string())
            .bind(uid.to_string())
            .bind(i64::from(uid))
            .bind(i64::from(limit))
            .bind(clock.now().micros())
            .execute(pool)
            .await?;
        sqlx::query_scalar(STATE_NOW).bind(mailbox.to_string()).bind(uid.to_string()).fetch_one(pool).await?
    });
    STATE.name(IntakeState::read, &state)
}

/// Mails taken in whose mark or move on the server is still to be done, oldest first: row, UID and item.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn unmarked(
    db: &Db,
    mailbox: MailboxId,
    limit: i64,
) -> Result<Vec<(IntakeId, Option<u32>, String)>, StoreError> {
    const UNMARKED: &str = "SELECT i.id, i.uid, i.item FROM owed_marks o JOIN intake i ON i.id = o.intake_id \
                            WHERE o.mailbox_id = $1 ORDER BY o.intake_id LIMIT $2";
    let rows: Vec<(String, Option<i64>, String)> = both!(db.reader(), pool => {
        sqlx::query_as(UNMARKED).bind(mailbox.to_string()).bind(limit).fetch_all(pool).await?
    });
    rows.into_iter()
        .map(|(id, uid, item)| {
            let uid = uid.map(|uid| Column("intake", "uid").count(uid)).transpose()?;
            Ok((Column("intake", "id").read(&id)?, uid, item))
        })
        .collect()
}

/// Records that they were marked or moved.
///
/// # Errors
/// When the database does not answer.
pub async fn marked(db: &Db, rows: &[IntakeId]) -> Result<(), StoreError> {
    for rows in rows.chunks(1_000) {
        both!(db.writer(), pool: Driver => {
            let mut query = QueryBuilder::<Driver>::new("DELETE FROM owed_marks WHERE intake_id IN (");
            query.push_values(rows, |mut row, id| {
                row.push_bind(id.to_string());
            });
            query.push(")").build().execute(pool).await?;
        });
    }
    Ok(())
}

/// Rows per state of one source, all its epochs together.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn counts(db: &Db, source: &str) -> Result<HashMap<IntakeState, u64>, StoreError> {
    const COUNTS: &str = "SELECT i.state, COUNT(*) FROM intake i JOIN mailboxes m ON m.id = i.mailbox_id \
                          WHERE m.source = $1 GROUP BY i.state";
    let rows: Vec<(String, i64)> =
        both!(db.reader(), pool => sqlx::query_as(COUNTS).bind(source).fetch_all(pool).await?);
    rows.into_iter().map(|(state, count)| Ok((STATE.name(IntakeState::read, &state)?, count.unsigned_abs()))).collect()
}
