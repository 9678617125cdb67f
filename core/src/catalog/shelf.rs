//! Editions and entries at hand, and the answer to "what was this code on that day?".

use std::collections::HashMap;

use jiff::civil::Date;

use super::{edition::Edition, entry::Entry};
use crate::domain::{
    code::{Code, CodeSystem},
    ids::EditionId,
};

/// What a code was on a day. An unknown code is never "invalid": the editions that were searched are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// In force and usable on a claim.
    InForce {
        /// What the edition says.
        entry: &'a Entry,
        /// The edition.
        edition: &'a Edition,
    },
    /// In force as a category, but more characters are needed to bill it.
    Header {
        /// What the edition says.
        entry: &'a Entry,
        /// The edition.
        edition: &'a Edition,
    },
    /// Known, and not yet in force on that day.
    NotYet {
        /// What the edition says.
        entry: &'a Entry,
        /// The edition.
        edition: &'a Edition,
    },
    /// Known, and no longer in force on that day.
    Ended {
        /// What the edition says; `valid.to` is the last day.
        entry: &'a Entry,
        /// The edition.
        edition: &'a Edition,
    },
    /// In none of the editions that were searched.
    Unknown {
        /// All editions of the system that are loaded and cover the day; empty when none does.
        searched: Vec<&'a Edition>,
    },
}

/// A set of editions with the entries of the codes that were asked for, or with all entries.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    editions: HashMap<EditionId, Edition>,
    entries: HashMap<(CodeSystem, Code), Vec<Entry>>,
}

impl Shelf {
    /// A shelf of these editions and entries. An entry of an edition that is not among them is left out.
    #[must_use]
    pub fn new(editions: Vec<Edition>, entries: Vec<Entry>) -> Self {
        let mut shelf = Self::default();
        for edition in editions {
            shelf.editions.insert(edition.id, edition);
        }
        for entry in entries {
            if shelf.editions.contains_key(&entry.edition) {
                shelf.entries.entry((entry.system, entry.code.clone())).or_default().push(entry);
            }
        }
        shelf
    }

    /// Its editions, by system, then by first day.
    #[must_use]
    pub fn editions(&self) -> Vec<&Edition> {
        let mut editions: Vec<_> = self.editions.values().collect();
        editions.sort_by_key(|edition| (edition.system, edition.effective.from, edition.id));
        editions
    }

    /// Whether any edition lists the code, on any day.
    #[must_use]
    pub fn knows(&self, system: CodeSystem, code: &Code) -> bool {
        self.entries.contains_key(&(system, code.clone()))
    }

    /// What the code was on `day`.
    #[must_use]
    pub fn standing(&self, system: CodeSystem, code: &Code, day: Date) -> Standing<'_> {
        let key = (system, code.clone());
        let known: Vec<(&Entry, &Edition)> = self
            .entries
            .get(&key)
            .into_iter()
            .flatten()
            .filter_map(|entry| self.editions.get(&entry.edition).map(|edition| (entry, edition)))
            .collect();
        // The edition of the day decides; among several, the one that took effect last.
        let of_the_day = known
            .iter()
            .filter(|(_, edition)| edition.effective.holds(day))
            .max_by_key(|(_, edition)| (edition.effective.from, edition.id));
        if let Some(&(entry, edition)) = of_the_day {
            return if entry.valid.from > day {
                Standing::NotYet { entry, edition }
            } else if !entry.valid.holds(day) {
                Standing::Ended { entry, edition }
            } else if entry.billable {
                Standing::InForce { entry, edition }
            } else {
                Standing::Header { entry, edition }
            };
        }
        let searched: Vec<&Edition> = self
            .editions()
            .into_iter()
            .filter(|edition| edition.system == system && edition.effective.holds(day))
            .collect();
        // The edition of the day does not list it, or there is none; other editions may know when it began or ended.
        let earlier = known
            .iter()
            .filter(|(entry, _)| entry.valid.to.is_some_and(|to| to < day))
            .max_by_key(|(entry, _)| entry.valid.to);
        let later = known.iter().filter(|(entry, _)| entry.valid.from > day).min_by_key(|(entry, _)| entry.valid.from);
        match (earlier, later) {
            (Some(&(entry, edition)), _) => Standing::Ended { entry, edition },
            (None, Some(&(entry, edition))) => Standing::NotYet { entry, edition },
            (None, None) => Standing::Unknown { searched },
        }
    }
}
