//! What differs between two editions, found by the database and told one by one. Called by `codes diff`, and by
//! `codes import` before the switch that puts an edition in the place of another.

use std::collections::HashMap;

use caseconsult_core::{
    catalog::{
        Edition, Entry,
        change::{self, Change},
    },
    domain::code::{Code, CodeSystem},
};

use super::{
    row::{EditionRow, edition_columns},
    shelf::{listed, spot},
};
use crate::{
    Db, StoreError,
    db::{both::both, text::storable},
    row::Column,
};

/// Keys of one statement.
const PAGE: i64 = 500;

/// The live editions that this one would replace, or has replaced: of the same table, name and days.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn replaced_by(db: &Db, edition: &Edition) -> Result<Vec<Edition>, StoreError> {
    const REPLACED: &str = concat!(
        "SELECT ",
        edition_columns!(),
        " FROM editions WHERE live AND dataset = $1 AND name = $2 AND effective_from = $3 \
         AND COALESCE(effective_to, '') = $4 AND id <> $5 ORDER BY imported_at, id"
    );
    let rows: Vec<EditionRow> = both!(db.reader(), pool => {
        sqlx::query_as(REPLACED)
            .bind(edition.dataset.as_str())
            .bind(storable(&edition.name).as_ref())
            .bind(edition.effective.from.to_string())
            .bind(last_day(edition))
            .bind(edition.id.to_string())
            .fetch_all(pool)
            .await?
    });
    rows.into_iter().map(Edition::try_from).collect()
}

/// Hands every difference between two editions of one table to `take`: what is new or changed by key, then what is gone.
/// Neither of them needs to be live.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn each_change(
    db: &Db,
    before: &Edition,
    after: &Edition,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    match after.dataset.system() {
        Some(system) => {
            codes(db, before, after, system, take).await?;
            gone_codes(db, before, after, system, take).await
        }
        None => {
            sheets(db, before, after, take).await?;
            gone_sheets(db, before, after, take).await
        }
    }
}

async fn sheets(
    db: &Db,
    before: &Edition,
    after: &Edition,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    const DIFFERENT: &str = "SELECT n.sheet_key, o.body, n.body FROM sheets n LEFT JOIN sheets o \
         ON o.edition_id = $1 AND o.sheet_key = n.sheet_key WHERE n.edition_id = $2 AND n.sheet_key > $3 \
         AND (o.body IS NULL OR o.body <> n.body) ORDER BY n.sheet_key LIMIT $4";
    let mut last = String::new();
    loop {
        let rows: Vec<(String, Option<Vec<u8>>, Vec<u8>)> = both!(db.reader(), pool => {
            sqlx::query_as(DIFFERENT)
                .bind(before.id.to_string())
                .bind(after.id.to_string())
                .bind(last.as_str())
                .bind(PAGE)
                .fetch_all(pool)
                .await?
        });
        let Some((key, ..)) = rows.last() else { return Ok(()) };
        last.clone_from(key);
        for (key, old, new) in rows {
            tell(after, &key, old.as_deref(), Some(&new), take)?;
        }
    }
}

async fn gone_sheets(
    db: &Db,
    before: &Edition,
    after: &Edition,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    const GONE: &str = "SELECT o.sheet_key, o.body FROM sheets o WHERE o.edition_id = $1 AND o.sheet_key > $3 \
         AND NOT EXISTS (SELECT 1 FROM sheets n WHERE n.edition_id = $2 AND n.sheet_key = o.sheet_key) \
         ORDER BY o.sheet_key LIMIT $4";
    let mut last = String::new();
    loop {
        let rows: Vec<(String, Vec<u8>)> = both!(db.reader(), pool => {
            sqlx::query_as(GONE)
                .bind(before.id.to_string())
                .bind(after.id.to_string())
                .bind(last.as_str())
                .bind(PAGE)
                .fetch_all(pool)
                .await?
        });
        let Some((key, _)) = rows.last() else { return Ok(()) };
        last.clone_from(key);
        for (key, old) in rows {
            tell(after, &key, Some(&old), None, take)?;
        }
    }
}

fn tell(
    edition: &Edition,
    key: &str,
    old: Option<&[u8]>,
    new: Option<&[u8]>,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    let changes = change::of_sheet(edition.dataset, key, old, new).map_err(|_| Column("sheets", "body").damaged())?;
    changes.into_iter().for_each(take);
    Ok(())
}

async fn codes(
    db: &Db,
    before: &Edition,
    after: &Edition,
    system: CodeSystem,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    // That a code's days are those of its edition is no difference.
    const DIFFERENT: &str = "SELECT n.code FROM codes n LEFT JOIN codes o \
         ON o.edition_id = $1 AND o.system = n.system AND o.code = n.code \
         WHERE n.edition_id = $2 AND n.system = $3 AND n.code > $4 AND (o.code IS NULL OR o.title <> n.title \
         OR o.short_title <> n.short_title OR o.billable <> n.billable OR o.see_also <> n.see_also \
         OR ((o.valid_from <> n.valid_from OR COALESCE(o.valid_to, '') <> COALESCE(n.valid_to, '')) \
         AND NOT (o.valid_from = $5 AND COALESCE(o.valid_to, '') = $6 AND n.valid_from = $7 \
         AND COALESCE(n.valid_to, '') = $8))) ORDER BY n.code LIMIT $9";
    let mut last = String::new();
    loop {
        let keys: Vec<String> = both!(db.reader(), pool => {
            sqlx::query_scalar(DIFFERENT)
                .bind(before.id.to_string())
                .bind(after.id.to_string())
                .bind(system.as_str())
                .bind(last.as_str())
                .bind(before.effective.from.to_string())
                .bind(last_day(before))
                .bind(after.effective.from.to_string())
                .bind(last_day(after))
                .bind(PAGE)
                .fetch_all(pool)
                .await?
        });
        let Some(key) = keys.last() else { return Ok(()) };
        last.clone_from(key);
        let pairs: Vec<(CodeSystem, Code)> = keys.iter().map(|key| (system, Code::normal(system, key))).collect();
        let mut found: HashMap<(Code, bool), Entry> = HashMap::new();
        let mut spots = Vec::with_capacity(2 * pairs.len());
        for (system, code) in &pairs {
            spots.extend([before.id, after.id].map(|edition| spot(edition, *system, code)));
        }
        for entry in listed(db, spots).await?.rows {
            found.insert((entry.code.clone(), entry.edition == after.id), entry);
        }
        for (_, code) in pairs {
            let old = found.remove(&(code.clone(), false));
            let new = found.remove(&(code, true));
            let change =
                change::of_entry(old.as_ref().map(|entry| (before, entry)), new.as_ref().map(|entry| (after, entry)));
            change.into_iter().for_each(&mut *take);
        }
    }
}

async fn gone_codes(
    db: &Db,
    before: &Edition,
    after: &Edition,
    system: CodeSystem,
    take: &mut (dyn FnMut(Change) + Send),
) -> Result<(), StoreError> {
    const GONE: &str = "SELECT o.code FROM codes o WHERE o.edition_id = $1 AND o.system = $3 AND o.code > $4 \
         AND NOT EXISTS (SELECT 1 FROM codes n WHERE n.edition_id = $2 AND n.system = o.system AND n.code = o.code) \
         ORDER BY o.code LIMIT $5";
    let mut last = String::new();
    loop {
        let keys: Vec<String> = both!(db.reader(), pool => {
            sqlx::query_scalar(GONE)
                .bind(before.id.to_string())
                .bind(after.id.to_string())
                .bind(system.as_str())
                .bind(last.as_str())
                .bind(PAGE)
                .fetch_all(pool)
                .await?
        });
        let Some(key) = keys.last() else { return Ok(()) };
        last.clone_from(key);
        keys.into_iter().map(Change::removed).for_each(&mut *take);
    }
}

fn last_day(edition: &Edition) -> String {
    edition.effective.to.map(|day| day.to_string()).unwrap_or_default()
}
