//! Sheets by key. Called wherever a code's facts are asked for: drafts, pages, `codes show` and `codes edits`.
//!
//! Which editions answer for a day is known beforehand ([`super::live`]); so a look-up costs one statement, however many
//! years are loaded.

use caseconsult_core::{
    catalog::{
        Dataset, Sheet,
        answer::{self, Desk},
    },
    domain::ids::EditionId,
};
use jiff::civil::Date;

use super::{
    live,
    look::{self, Statement, found},
};
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

found!(SheetRow { 1 edition_id, 2 sheet_key, 3 body });

impl TryFrom<SheetRow> for Sheet {
    type Error = StoreError;

    fn try_from(row: SheetRow) -> Result<Self, StoreError> {
        let edition = Column("sheets", "edition_id").read(&row.edition_id)?;
        Ok(Self { edition, key: row.sheet_key, body: row.body })
    }
}

/// A desk for questions to these tables, under these keys, about these days.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn desk(db: &Db, tables: &[Dataset], keys: &[String], days: &[Date]) -> Result<Desk, StoreError> {
    let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut live = live::recent(db).await?;
    loop {
        let mut needed: Vec<EditionId> = days.iter().flat_map(|day| answer::needed(&live, tables, *day)).collect();
        needed.sort_unstable();
        needed.dedup();
        let seen = look_up(db, &needed, &keys).await?;
        if let Some(sheets) = seen.of(live.generation()) {
            return Ok(Desk::new(live.imported(), sheets));
        }
        live = live::read(db).await?;
    }
}

/// What these editions say under these keys, in no order, with the generations of the looks that it took.
pub(super) struct FoundSheets {
    generations: Vec<i64>,
    pub(super) sheets: Vec<Sheet>,
}

impl FoundSheets {
    /// The sheets, when all looks were of that generation.
    fn of(self, generation: i64) -> Option<Vec<Sheet>> {
        self.generations.iter().all(|seen| *seen == generation).then_some(self.sheets)
    }
}

pub(super) async fn look_up(db: &Db, editions: &[EditionId], keys: &[&str]) -> Result<FoundSheets, StoreError> {
    let mut found = FoundSheets { generations: Vec::new(), sheets: Vec::new() };
    if editions.is_empty() || keys.is_empty() {
        found.generations.push(look::generation(db).await?);
    }
    for keys in keys.chunks(KEYS).filter(|_| !editions.is_empty()) {
        let statement = Statement::on::<SheetRow>("sheets")
            .push(" WHERE sheet_key IN ")
            .push_texts(keys.iter().map(|key| (*key).to_owned()))
            .push(" AND edition_id IN ")
            .push_texts(editions.iter().map(ToString::to_string));
        let seen = statement.look::<SheetRow>(db).await?;
        found.generations.push(seen.generation);
        for row in seen.rows {
            found.sheets.push(row.try_into()?);
        }
    }
    Ok(found)
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
