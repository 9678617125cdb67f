//! On which days a code answers, and as what: what [`Shelf::standing`] says of it on every day, in few pieces.
//!
//! The index keeps these beside the code, so that a search on a date of service needs no look into the catalogue for
//! codes that it does not show. The shelf stays the one that decides: this only asks it on every day on which its
//! answer can change.

use std::collections::HashMap;

use jiff::{ToSpan as _, civil::Date};

use crate::{
    catalog::{Edition, Entry, Interval, Shelf, Standing},
    domain::{
        code::{Code, CodeSystem},
        ids::EditionId,
    },
};

/// Days on which a code is in force, as what it then is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day; none when no end is known.
    pub to: Option<Date>,
    /// False where it is a header that needs more characters.
    pub billable: bool,
}

impl Days {
    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The days of a system's codes. Nearly all codes of a system stand in the same editions with the same dates; the shelf
/// is asked once for each way in which they do.
#[derive(Debug)]
pub struct Calendar<'a> {
    shelf: &'a Shelf,
    editions: Vec<&'a Edition>,
    system: CodeSystem,
    known: HashMap<Vec<(EditionId, Interval, bool)>, Vec<Days>>,
}

impl<'a> Calendar<'a> {
    /// For the codes of a system on a shelf.
    #[must_use]
    pub fn new(shelf: &'a Shelf, system: CodeSystem) -> Self {
        let of_system = |edition: &&Edition| edition.dataset.system() == Some(system);
        let editions = shelf.editions().into_iter().filter(of_system).collect();
        Self { shelf, editions, system, known: HashMap::new() }
    }

    /// The days of one code.
    pub fn days(&mut self, code: &Code) -> Vec<Days> {
        let entries = self.shelf.entries(self.system, code);
        let listed = entries.iter().map(|entry| (entry.edition, entry.valid, entry.billable)).collect();
        let asked = || days(self.shelf, &self.editions, self.system, code);
        self.known.entry(listed).or_insert_with(asked).clone()
    }
}

/// The days of one code. `editions` are those of its system that are on the shelf.
fn days(shelf: &Shelf, editions: &[&Edition], system: CodeSystem, code: &Code) -> Vec<Days> {
    let entries: &[Entry] = shelf.entries(system, code);
    let ends = editions.iter().map(|edition| edition.effective).chain(entries.iter().map(|entry| entry.valid));
    let mut turns: Vec<Date> = ends
        .flat_map(|days| [Some(days.from), days.to.and_then(|to| to.checked_add(1.day()).ok())])
        .flatten()
        .collect();
    turns.sort_unstable();
    turns.dedup();
    let mut found: Vec<Days> = Vec::new();
    for (nth, from) in turns.iter().enumerate() {
        let billable = match shelf.standing(system, code, *from) {
            Standing::InForce { .. } => true,
            Standing::Header { .. } => false,
            Standing::NotYet { .. } | Standing::Ended { .. } | Standing::Unknown { .. } => continue,
        };
        let to = turns.get(nth + 1).and_then(|next| next.yesterday().ok());
        match found.last_mut() {
            Some(last) if last.billable == billable && last.to.and_then(|to| to.tomorrow().ok()) == Some(*from) => {
                last.to = to;
            }
            _ => found.push(Days { from: *from, to, billable }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::starter;

    #[test]
    fn days_say_what_the_shelf_says_on_every_day() {
        let shelf = starter();
        let mut asked = 0;
        for (system, text) in
            [(CodeSystem::Icd10Cm, "M54.5"), (CodeSystem::Icd10Cm, "M54.50"), (CodeSystem::Hcpcs, "J1885")]
        {
            let code = Code::normal(system, text);
            let days = Calendar::new(shelf, system).days(&code);
            for year in 2018..2030 {
                for month in 1..=12 {
                    let Ok(day) = Date::new(year, month, 1) else { continue };
                    let told = days.iter().find(|days| days.holds(day)).map(|days| days.billable);
                    let expected = match shelf.standing(system, &code, day) {
                        Standing::InForce { .. } => Some(true),
                        Standing::Header { .. } => Some(false),
                        _ => None,
                    };
                    assert_eq!(told, expected, "{code} on {day}");
                    asked += usize::from(expected.is_some());
                }
            }
        }
        assert!(asked > 0, "none of these codes is in the starter catalogue");
    }
}
