//! Sheets by key. Called wherever a code's facts are asked for: drafts, pages, `codes show` and `codes edits`.
//!
//! The caller names the editions, which it chose from [`super::editions`] for the date of service; so a look-up costs
//! one statement, however many years are loaded.

use caseconsult_core::{
    catalog::{
        Dataset, Edition, Sheet,
        answer::{self, Desk},
    },
    domain::ids::EditionId,
};
use jiff::civil::Date;
use sqlx::QueryBuilder;

use crate::{Db, StoreError, db::both::both, row::Column};

/// Keys of one statement.
const KEYS: usize = 500;
/// Sheets that [`each_sheet`] holds at a time.
const PAGE: i64 = 500;

#[derive(sqlx::FromRow)]
struct SheetRow {
    edition_id: String,
    sheet_key: String,
    body: Vec<u8>,
}

impl TryFrom<SheetRow> for Sheet {
    type Error = StoreError;

    fn try_from(row: SheetRow) -> Result<Self, StoreError> {
        let edition = Column("sheets", "edition_id").read(&row.edition_id)?;
        Ok(Self { edition, key: row.sheet_key, body: row.body })
    }
}

/// What these editions say under these keys, in no order.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn sheets(db: &Db, editions: &[EditionId], keys: &[String]) -> Result<Vec<Sheet>, StoreError> {
    if editions.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for keys in keys.chunks(KEYS) {
        let rows: Vec<SheetRow> = both!(db.reader(), pool: Driver => {
            let mut query =
                QueryBuilder::<Driver>::new("SELECT edition_id, sheet_key, body FROM sheets WHERE sheet_key IN (");
            let mut list = query.separated(", ");
            for key in keys {
                list.push_bind(key.as_str());
            }
            query.push(") AND edition_id IN (");
            let mut list = query.separated(", ");
            for edition in editions {
                list.push_bind(edition.to_string());
            }
            query.push(")").build_query_as().fetch_all(pool).await?
        });
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// A desk for questions to these tables, under these keys, about one day.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn desk(db: &Db, tables: &[Dataset], keys: &[String], day: Date) -> Result<Desk, StoreError> {
    desk_of(db, super::editions(db).await?, tables, keys, &[day]).await
}

/// The same for several days, when the live editions are at hand.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn desk_of(
    db: &Db,
    live: Vec<Edition>,
    tables: &[Dataset],
    keys: &[String],
    days: &[Date],
) -> Result<Desk, StoreError> {
    let mut needed: Vec<EditionId> = days.iter().flat_map(|day| answer::needed(&live, tables, *day)).collect();
    needed.sort_unstable();
    needed.dedup();
    let found = if keys.is_empty() { Vec::new() } else { sheets(db, &needed, keys).await? };
    Ok(Desk::new(live, found))
}

/// Hands every sheet of an edition to `take`, by key, some hundreds at a time: for `codes verify`, `codes diff` and
/// the search index. An edition that is removed meanwhile ends early.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn each_sheet(db: &Db, edition: EditionId, take: &mut (dyn FnMut(Sheet) + Send)) -> Result<(), StoreError> {
    const PAGED: &str = "SELECT edition_id, sheet_key, body FROM sheets WHERE edition_id = $1 AND sheet_key > $2 \
                         ORDER BY sheet_key LIMIT $3";
    let id = edition.to_string();
    let mut last = String::new();
    loop {
        let rows: Vec<SheetRow> = both!(db.reader(), pool => {
            sqlx::query_as(PAGED).bind(id.as_str()).bind(last.as_str()).bind(PAGE).fetch_all(pool).await?
        });
        let Some(row) = rows.last() else { return Ok(()) };
        last.clone_from(&row.sheet_key);
        for row in rows {
            take(row.try_into()?);
        }
    }
}
