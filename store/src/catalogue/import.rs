//! Filling editions unseen, and the one switch that makes them live or takes them out. Called by `codes import` and
//! `codes remove`.
//!
//! Until the switch nothing that was added is seen by anybody. An import that fails or dies half-way leaves unseen rows:
//! the next import of the same file removes them at once, and that of any other file after an hour.

use std::time::Duration;

use caseconsult_core::{
    catalog::{Edition, Entry, Sheet},
    domain::{ids::EditionId, instant::Instant},
};
use sqlx::QueryBuilder;

use super::row::codes;
use crate::{
    Clock, Db, StoreError, Tx,
    db::{both::both, text::storable},
};

/// An import under way.
#[derive(Debug)]
pub struct Import {
    /// What is being filled.
    pub edition: Edition,
}

/// Rows of one statement, and rows of one transaction: others write in between.
const ROWS: usize = 500;
const ROWS_OF_A_TRANSACTION: usize = 5_000;
const BYTES_OF_A_TRANSACTION: usize = 4 << 20;

/// How long an import may take at the most: what began longer ago and is not live has failed. One that does live on is
/// told at its switch that its edition is gone.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Starts an import, or says that this very file is live already (none). What a failed import of the same file left
/// behind is removed, and what one of another file left an hour ago.
///
/// # Errors
/// When the database refuses.
pub async fn begin_import(db: &Db, clock: &Clock, edition: Edition) -> Result<Option<Import>, StoreError> {
    const FIND: &str = "SELECT id, live FROM editions WHERE dataset = $1 AND sha256 = $2";
    const ADD: &str = "INSERT INTO editions (id, dataset, name, publisher, effective_from, effective_to, sha256, \
                       file_name, code_rows, rejected, imported_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9)";
    let mut tx = db.begin().await?;
    let found: Option<(String, bool)> = both!(tx.connection(), conn => {
        sqlx::query_as(FIND)
            .bind(edition.dataset.as_str())
            .bind(edition.sha256.as_str())
            .fetch_optional(conn)
            .await?
    });
    match found {
        Some((_, true)) => return Ok(None),
        Some((leftover, false)) => remove(&mut tx, &leftover).await?,
        None => {}
    }
    remove_failed(&mut tx, clock.now().minus(LONGEST)).await?;
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(edition.id.to_string())
            .bind(edition.dataset.as_str())
            .bind(storable(&edition.name).as_ref())
            .bind(storable(&edition.publisher).as_ref())
            .bind(edition.effective.from.to_string())
            .bind(edition.effective.to.map(|day| day.to_string()))
            .bind(edition.sha256.as_str())
            .bind(storable(&edition.file_name).as_ref())
            .bind(clock.now().micros())
            .execute(conn)
            .await?;
    });
    tx.commit().await?;
    Ok(Some(Import { edition }))
}

/// Adds rows, thousands at a time, invisible until the switch. A code that the file lists twice keeps its first
/// row.
///
/// # Errors
/// When the database refuses; what was added until then stays, unseen.
pub async fn add_rows(db: &Db, rows: &[Entry]) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_OF_A_TRANSACTION) {
        let mut tx = db.begin().await?;
        for rows in rows.chunks(ROWS) {
            both!(tx.connection(), conn: Driver => {
                let mut query = QueryBuilder::<Driver>::new(
                    "INSERT INTO codes (edition_id, system, code, title, short_title, source, billable, valid_from, \
                     valid_to, see_also) ",
                );
                query.push_values(rows, |mut row, entry| {
                    row.push_bind(entry.edition.to_string())
                        .push_bind(entry.system.as_str())
                        .push_bind(storable(entry.code.as_str()))
                        .push_bind(storable(&entry.title.text))
                        .push_bind(storable(&entry.short_title))
                        .push_bind(entry.title.source.as_str())
                        .push_bind(entry.billable)
                        .push_bind(entry.valid.from.to_string())
                        .push_bind(entry.valid.to.map(|day| day.to_string()))
                        .push_bind(codes(&entry.see_also));
                });
                query.push(" ON CONFLICT DO NOTHING").build().execute(conn).await?;
            });
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Adds sheets, some megabytes at a time, invisible until the switch.
///
/// # Errors
/// When the database refuses: also when two sheets of the edition have one key.
pub async fn add_sheets(db: &Db, sheets: &[Sheet]) -> Result<(), StoreError> {
    let mut rest = sheets;
    while !rest.is_empty() {
        let mut tx = db.begin().await?;
        let mut bytes = 0;
        while !rest.is_empty() && bytes < BYTES_OF_A_TRANSACTION {
            let (now, later) = rest.split_at(rest.len().min(ROWS));
            bytes += now.iter().map(|sheet| sheet.body.len()).sum::<usize>();
            rest = later;
            both!(tx.connection(), conn: Driver => {
                let mut query = QueryBuilder::<Driver>::new("INSERT INTO sheets (edition_id, sheet_key, body) ");
                query.push_values(now, |mut row, sheet| {
                    row.push_bind(sheet.edition.to_string())
                        .push_bind(storable(&sheet.key))
                        .push_bind(sheet.body.as_slice());
                });
                query.build().execute(conn).await?;
            });
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The switch for an import of one edition; see [`go_live_together`].
///
/// # Errors
/// As [`go_live_together`].
pub async fn go_live(db: &Db, clock: &Clock, import: Import, rows: u64, rejected: u64) -> Result<(), StoreError> {
    go_live_together(db, clock, &[(import, rows, rejected)]).await
}

/// The switch: all these imports are live at once, with the numbers of codes taken in and of lines refused. A live
/// edition of the same system, name and interval, which a publisher posted again, is replaced by the new one. On
/// the disk when it returns.
///
/// # Errors
/// [`StoreError::NotFound`] when another import of the same file removed one of them; nothing is live then.
pub async fn go_live_together(db: &Db, clock: &Clock, imports: &[(Import, u64, u64)]) -> Result<(), StoreError> {
    const REPLACED: &str = "SELECT id FROM editions WHERE live AND dataset = $1 AND name = $2 AND effective_from = $3 \
         AND (effective_to = $4 OR (effective_to IS NULL AND CAST($4 AS TEXT) IS NULL)) AND id <> $5";
    const LIVE: &str = "UPDATE editions SET live = TRUE, code_rows = $2, rejected = $3, imported_at = $4 WHERE id = $1";
    let mut tx = db.begin_durable().await?;
    for (Import { edition }, rows, rejected) in imports {
        let replaced: Vec<String> = both!(tx.connection(), conn => {
            sqlx::query_scalar(REPLACED)
                .bind(edition.dataset.as_str())
                .bind(storable(&edition.name).as_ref())
                .bind(edition.effective.from.to_string())
                .bind(edition.effective.to.map(|day| day.to_string()))
                .bind(edition.id.to_string())
                .fetch_all(conn)
                .await?
        });
        for id in replaced {
            remove(&mut tx, &id).await?;
        }
        set_live(&mut tx, clock, LIVE, edition.id, *rows, *rejected).await?;
    }
    count_switch(&mut tx).await?;
    tx.commit().await
}

async fn set_live(
    tx: &mut Tx,
    clock: &Clock,
    sql: &'static str,
    edition: EditionId,
    rows: u64,
    rejected: u64,
) -> Result<(), StoreError> {
    let switched = both!(tx.connection(), conn => {
        sqlx::query(sql)
            .bind(edition.to_string())
            .bind(i64::try_from(rows).unwrap_or(i64::MAX))
            .bind(i64::try_from(rejected).unwrap_or(i64::MAX))
            .bind(clock.now().micros())
            .execute(conn)
            .await?
            .rows_affected()
    });
    if switched == 1 { Ok(()) } else { Err(StoreError::NotFound("edition")) }
}

/// Takes an edition out of the catalogue, with all its rows, in one switch. On the disk when it returns.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none of that id.
pub async fn remove_edition(db: &Db, edition: EditionId) -> Result<(), StoreError> {
    let mut tx = db.begin_durable().await?;
    let there: Option<String> = both!(tx.connection(), conn => {
        sqlx::query_scalar("SELECT id FROM editions WHERE id = $1")
            .bind(edition.to_string())
            .fetch_optional(conn)
            .await?
    });
    let Some(id) = there else { return Err(StoreError::NotFound("edition")) };
    remove(&mut tx, &id).await?;
    count_switch(&mut tx).await?;
    tx.commit().await
}

/// Tells whoever remembers the live editions ([`super::live`]) that they are others once the transaction commits.
async fn count_switch(tx: &mut Tx) -> Result<(), StoreError> {
    const COUNT: &str = "UPDATE catalogue_generation SET generation = generation + 1";
    both!(tx.connection(), conn => sqlx::query(COUNT).execute(conn).await.map(|_| ())?);
    Ok(())
}

/// Removes editions that were begun before then and never went live.
async fn remove_failed(tx: &mut Tx, before: Instant) -> Result<(), StoreError> {
    const FAILED: &str = "SELECT id FROM editions WHERE NOT live AND imported_at < $1";
    let failed: Vec<String> =
        both!(tx.connection(), conn => sqlx::query_scalar(FAILED).bind(before.micros()).fetch_all(conn).await?);
    for edition in failed {
        remove(tx, &edition).await?;
    }
    Ok(())
}

async fn remove(tx: &mut Tx, edition: &str) -> Result<(), StoreError> {
    both!(tx.connection(), conn => {
        sqlx::query("DELETE FROM codes WHERE edition_id = $1").bind(edition).execute(&mut *conn).await?;
        sqlx::query("DELETE FROM sheets WHERE edition_id = $1").bind(edition).execute(&mut *conn).await?;
        sqlx::query("DELETE FROM editions WHERE id = $1").bind(edition).execute(conn).await?;
    });
    Ok(())
}
