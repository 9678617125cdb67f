//! The sheets at hand, and which edition answers for a day.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        edition::Edition,
        sheet::{Fact, Sheet, Unreadable},
    },
    Timeliness, Told,
};
use crate::domain::ids::EditionId;

/// Sheets of some keys, fetched from the editions that [`needed`] names.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    editions: Arc<[Edition]>,
    sheets: HashMap<EditionId, HashMap<String, Vec<u8>>>,
}

/// The editions whose sheets are needed for questions about `day`: of each of these tables, the one that answers.
#[must_use]
pub fn needed(editions: &[Edition], tables: &[Dataset], day: Date) -> Vec<EditionId> {
    tables.iter().filter_map(|table| answering(editions, *table, day)).map(|(edition, _)| edition.id).collect()
}

/// The edition of a table in whose interval the day lies, and of several the latest.
#[must_use]
pub fn of_the_day(editions: &[Edition], table: Dataset, day: Date) -> Option<&Edition> {
    let fitting = editions.iter().filter(|edition| edition.dataset == table && edition.effective.holds(day));
    fitting.max_by_key(|edition| (edition.effective.from, edition.id))
}

/// The edition of a table that answers for a day: the one in whose interval the day lies, and of several the latest.
/// Where there is none, tables that also tell of the past answer from the next edition after the day. An edition never
/// answers for a day after its last.
fn answering(editions: &[Edition], table: Dataset, day: Date) -> Option<(&Edition, Timeliness)> {
    if let Some(edition) = of_the_day(editions, table, day) {
        return Some((edition, Timeliness::OfTheDay));
    }
    if !has_history(table) {
        return None;
    }
    let later = editions.iter().filter(|edition| edition.dataset == table && edition.effective.from > day);
    later.min_by_key(|edition| (edition.effective.from, edition.id)).map(|edition| (edition, Timeliness::History))
}

/// Whether the table also tells of days before its edition: its rows carry their own dates, or it compares code sets
/// of which one ended long before.
const fn has_history(table: Dataset) -> bool {
    matches!(
        table,
        Dataset::Ptp(_)
            | Dataset::AddOn
            | Dataset::GemForward
            | Dataset::GemBackward
            | Dataset::Icd10CmConversion
            | Dataset::CptHistory
    )
}

impl Desk {
    /// A desk with all live editions, and the sheets of the keys that will be asked about.
    #[must_use]
    pub fn new(editions: impl Into<Arc<[Edition]>>, sheets: Vec<Sheet>) -> Self {
        let mut desk = Self { editions: editions.into(), sheets: HashMap::new() };
        for Sheet { edition, key, body } in sheets {
            desk.sheets.entry(edition).or_default().insert(key, body);
        }
        desk
    }

    /// What a table says under a key on a day; `read` makes the value of a body, or none when it says nothing of that
    /// day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(super) fn ask<T>(
        &self,
        table: Dataset,
        key: &str,
        day: Date,
        read: impl FnOnce(&[u8]) -> Result<Option<T>, Unreadable>,
    ) -> Result<Told<'_, T>, Unreadable> {
        self.ask_all(table, &[key], day, |bodies| {
            bodies.first().map(|body| read(body)).transpose().map(Option::flatten)
        })
    }

    /// The same for what stands under several keys: `read` gets the bodies that there are, in the order of the keys.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(super) fn ask_all<T>(
        &self,
        table: Dataset,
        keys: &[impl AsRef<str>],
        day: Date,
        read: impl FnOnce(&[&[u8]]) -> Result<Option<T>, Unreadable>,
    ) -> Result<Told<'_, T>, Unreadable> {
        let Some((edition, timeliness)) = answering(&self.editions, table, day) else {
            let mut loaded: Vec<&Edition> = self.editions.iter().filter(|edition| edition.dataset == table).collect();
            loaded.sort_by_key(|edition| edition.effective.from);
            return Ok(Told::NotLoaded { loaded });
        };
        let sheets = self.sheets.get(&edition.id);
        let bodies = keys.iter().filter_map(|key| sheets?.get(key.as_ref()));
        let bodies: Vec<&[u8]> = bodies.map(Vec::as_slice).collect();
        Ok(match read(&bodies)? {
            Some(value) => Told::Said { value, edition, timeliness },
            None => Told::NotInTable { edition },
        })
    }

    /// The same where the whole sheet is the answer.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(super) fn fact<F: Fact>(&self, table: Dataset, key: &str, day: Date) -> Result<Told<'_, F>, Unreadable> {
        self.ask(table, key, day, |body| F::from_body(body).map(Some))
    }
}
