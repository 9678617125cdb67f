//! What the live editions say of codes, over the built-in catalogue. Called by the draft worker, the case page and
//! `mentions`.

use std::collections::HashSet;

use caseconsult_core::{
    catalog::{Entry, Shelf, starter},
    domain::{
        code::{Code, CodeSystem},
        ids::EditionId,
    },
};

use super::{
    live::{self, Live},
    look::{Seen, Statement},
    row::EntryRow,
};
use crate::{Db, StoreError, db::both::both, row::Column};

/// Codes of one statement, each in its editions.
const CODES: usize = 500;
/// Entries that [`each_entry`] holds at a time.
const PAGE: i64 = 2_000;

/// Everything that live editions say of these codes; for a range, of both its ends. A system of which any edition
/// was imported is answered from imports alone, and one without from the built-in catalogue. All editions are on
/// the shelf, also those that list none of the codes: they were searched.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn shelf(db: &Db, codes: &[(CodeSystem, Code)]) -> Result<Shelf, StoreError> {
    let mut wanted: HashSet<(CodeSystem, Code)> = HashSet::new();
    for (system, code) in codes {
        match code.ends(*system) {
            Some((first, last)) => wanted.extend([(*system, first), (*system, last)]),
            None => drop(wanted.insert((*system, code.clone()))),
        }
    }
    let mut live = live::recent(db).await?;
    'switched: loop {
        let (built_in, from_rows): (Vec<_>, Vec<_>) =
            wanted.iter().partition(|(system, _)| live.of_system(*system).is_empty());
        let mut entries = Vec::new();
        // An empty look tells the generation all the same.
        let looks = from_rows.chunks(CODES).chain(from_rows.is_empty().then_some(&[][..]));
        for codes in looks {
            let seen = listed(db, spots(&live, codes)).await?;
            if seen.generation != live.generation() {
                live = live::read(db).await?;
                continue 'switched;
            }
            entries.extend(seen.rows);
        }
        for (system, code) in built_in {
            entries.extend_from_slice(starter().entries(*system, code));
        }
        return Ok(Shelf::new(live.shelved(), entries));
    }
}

/// Where a code may stand: an edition, a system and a code, as texts.
pub(super) type Spot = [String; 3];

/// The spot of a code in an edition.
pub(super) fn spot(edition: EditionId, system: CodeSystem, code: &Code) -> Spot {
    [edition.to_string(), system.as_str().to_owned(), code.as_str().to_owned()]
}

/// Each of these codes in every edition of its system.
fn spots(live: &Live, codes: &[&(CodeSystem, Code)]) -> Vec<Spot> {
    let mut spots = Vec::with_capacity(codes.len());
    for (system, code) in codes {
        spots.extend(live.of_system(*system).iter().map(|edition| spot(*edition, *system, code)));
    }
    spots
}

/// What editions say of codes, live or not.
pub(super) async fn listed(db: &Db, spots: Vec<Spot>) -> Result<Seen<Entry>, StoreError> {
    let statement = Statement::on::<EntryRow>("codes");
    let statement = if spots.is_empty() {
        statement.push(" WHERE FALSE")
    } else {
        statement.push(" WHERE (edition_id, system, code) IN ").push_rows(spots)
    };
    let Seen { generation, rows } = statement.look::<EntryRow>(db).await?;
    let rows: Result<Vec<Entry>, StoreError> = rows.into_iter().map(Entry::try_from).collect();
    Ok(Seen { generation, rows: rows? })
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
