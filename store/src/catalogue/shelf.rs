//! The live editions, over the built-in catalogue. Called by the draft worker, the case page and `mentions`.

use std::collections::HashSet;

use caseconsult_core::{
    catalog::{Edition, Entry, Shelf, starter},
    domain::{
        code::{Code, CodeSystem},
        ids::EditionId,
    },
};
use sqlx::QueryBuilder;

use super::row::{EditionRow, EntryRow, edition_columns};
use crate::{Db, StoreError, db::both::both, row::Column};

/// Pairs of one statement.
const PAIRS: usize = 500;
/// Entries that [`each_entry`] holds at a time.
const PAGE: i64 = 2_000;

/// Live imported editions, by system and first day. The built-in ones are not among them.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn editions(db: &Db) -> Result<Vec<Edition>, StoreError> {
    const LIVE: &str =
        concat!("SELECT ", edition_columns!(), " FROM editions WHERE live ORDER BY dataset, effective_from, id");
    let rows: Vec<EditionRow> = both!(db.reader(), pool => sqlx::query_as(LIVE).fetch_all(pool).await?);
    rows.into_iter().map(Edition::try_from).collect()
}

/// Everything that live editions say of these codes; for a range, of both its ends. A system of which any edition
/// was imported is answered from imports alone, and one without from the built-in catalogue. All editions are on
/// the shelf, also those that list none of the codes: they were searched.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn shelf(db: &Db, codes: &[(CodeSystem, Code)]) -> Result<Shelf, StoreError> {
    shelf_of(db, &editions(db).await?, codes).await
}

/// The same of the live editions as somebody read them a moment ago, for several cases in a row. What went live
/// since is not on the shelf, neither the edition nor its entries, and what was live then still is.
///
/// # Errors
/// As [`shelf`].
pub async fn shelf_of(db: &Db, live: &[Edition], codes: &[(CodeSystem, Code)]) -> Result<Shelf, StoreError> {
    let mut wanted: HashSet<(CodeSystem, Code)> = HashSet::new();
    for (system, code) in codes {
        match code.ends(*system) {
            Some((first, last)) => wanted.extend([(*system, first), (*system, last)]),
            None => drop(wanted.insert((*system, code.clone()))),
        }
    }
    let mut shelved = live.to_vec();
    let imported: HashSet<CodeSystem> = shelved.iter().filter_map(|edition| edition.dataset.system()).collect();
    let (from_rows, built_in): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(system, _)| imported.contains(system));

    let mut entries = Vec::new();
    for pairs in from_rows.chunks(PAIRS) {
        entries.extend(listed(db, pairs).await?);
    }
    let starter = starter();
    shelved.extend(
        starter
            .editions()
            .into_iter()
            .filter(|edition| edition.dataset.system().is_some_and(|system| !imported.contains(&system)))
            .cloned(),
    );
    for (system, code) in &built_in {
        entries.extend_from_slice(starter.entries(*system, code));
    }
    Ok(Shelf::new(shelved, entries))
}

/// What any edition says of these codes. The shelf leaves out the editions that are not on it: whether they are live
/// is asked once, with the list, so that a switch between the two statements cannot mix the old with the new.
pub(super) async fn listed(db: &Db, pairs: &[(CodeSystem, Code)]) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = both!(db.reader(), pool: Driver => {
        let mut query = QueryBuilder::<Driver>::new(
            "SELECT c.edition_id, c.system, c.code, c.title, c.short_title, c.source, c.billable, c.valid_from, \
             c.valid_to, c.see_also FROM codes c WHERE (c.system, c.code) IN (",
        );
        query.push_values(pairs, |mut row, (system, code)| {
            row.push_bind(system.as_str()).push_bind(code.as_str());
        });
        query.push(")").build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(Entry::try_from).collect()
}

/// Hands every entry of an edition to `take`, by system and code, some at a time: for the search index. An edition that
/// is removed meanwhile ends early.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn each_entry(db: &Db, edition: EditionId, take: &mut (dyn FnMut(Entry) + Send)) -> Result<(), StoreError> {
    const PAGED: &str = "SELECT edition_id, system, code, title, short_title, source, billable, valid_from, valid_to, \
                         see_also FROM codes WHERE edition_id = $1 AND (system, code) > ($2, $3) \
                         ORDER BY system, code LIMIT $4";
    let id = edition.to_string();
    let (mut system, mut code) = (String::new(), String::new());
    loop {
        let rows: Vec<EntryRow> = both!(db.reader(), pool => {
            sqlx::query_as(PAGED)
                .bind(id.as_str())
                .bind(system.as_str())
                .bind(code.as_str())
                .bind(PAGE)
                .fetch_all(pool)
                .await?
        });
        let Some(last) = rows.last() else { return Ok(()) };
        (system, code) = last.place();
        for row in rows {
            take(row.try_into()?);
        }
    }
}

/// How many codes of an edition are stored. For `codes verify`, which compares them with what was taken in.
///
/// # Errors
/// When the database does not answer.
pub async fn count_codes(db: &Db, edition: EditionId) -> Result<u64, StoreError> {
    const COUNT: &str = "SELECT COUNT(*) FROM codes WHERE edition_id = $1";
    let count: i64 = both!(db.reader(), pool => {
        sqlx::query_scalar(COUNT).bind(edition.to_string()).fetch_one(pool).await?
    });
    Column("codes", "edition_id").count(count)
}
