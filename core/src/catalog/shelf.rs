//! Editions and entries at hand, and the answer to "what was this code on that day?".

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;

use super::{children::Children, dataset::Dataset, edition::Edition, entry::Entry};
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
        /// What the last edition that lists it says; `valid.to` is the last day, or none where later editions
        /// dropped the code without giving one.
        entry: &'a Entry,
        /// The edition.
        edition: &'a Edition,
    },
    /// In none of the editions that were searched.
    Unknown {
        /// The editions of the system that answer for the day, one per publisher; empty when none is loaded.
        searched: Vec<&'a Edition>,
    },
}

/// A set of editions with the entries of the codes that were asked for, or with all entries.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// In the order of [`Edition::place`].
    editions: Arc<[Edition]>,
    entries: HashMap<(CodeSystem, Code), Vec<Entry>>,
    /// Of headers.
    children: HashMap<(EditionId, Code), Children>,
}

impl Shelf {
    /// A shelf of these editions and entries. An entry of an edition that is not among them is left out.
    ///
    /// Give it all live editions of the systems concerned, also those that list none of the codes: that the
    /// edition of the day does not list a code is what tells that it ended.
    #[must_use]
    pub fn new(editions: impl Into<Arc<[Edition]>>, entries: Vec<Entry>) -> Self {
        let mut editions = editions.into();
        // A list that many shelves share is in order already.
        if !editions.is_sorted_by_key(Edition::place) {
            let mut own = editions.to_vec();
            own.sort_by_key(Edition::place);
            editions = own.into();
        }
        let mut shelf = Self { editions, ..Self::default() };
        for entry in entries {
            if shelf.edition(entry.edition).is_some() {
                shelf.entries.entry((entry.system, entry.code.clone())).or_default().push(entry);
            }
        }
        shelf
    }

    fn edition(&self, id: EditionId) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.id == id)
    }

    /// Its editions, by system, then by first day.
    #[must_use]
    pub fn editions(&self) -> Vec<&Edition> {
        self.editions.iter().collect()
    }

    /// Whether it has an edition of that table, for whatever days.
    #[must_use]
    pub fn holds(&self, dataset: Dataset) -> bool {
        self.editions.iter().any(|edition| edition.dataset == dataset)
    }

    /// Whether any edition lists the code, on any day.
    #[must_use]
    pub fn knows(&self, system: CodeSystem, code: &Code) -> bool {
        self.entries.contains_key(&(system, code.clone()))
    }

    /// All that its editions say of the code, on any day.
    #[must_use]
    pub fn entries(&self, system: CodeSystem, code: &Code) -> &[Entry] {
        self.entries.get(&(system, code.clone())).map_or(&[], Vec::as_slice)
    }

    /// All that its editions say of any code of a system, on any day, in no order.
    pub fn of_system(&self, system: CodeSystem) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |((of, _), _)| *of == system).flat_map(|(_, entries)| entries)
    }

    /// Its codes that are headers on `day`, in no order.
    #[must_use]
    pub fn headers(&self, day: Date) -> Vec<&Entry> {
        let of_the_day = self.entries.keys().map(|(system, code)| self.standing(*system, code, day));
        let header = |standing| match standing {
            Standing::Header { entry, .. } => Some(entry),
            _ => None,
        };
        of_the_day.filter_map(header).collect()
    }

    /// Adds what is billable below a header of an edition.
    pub fn add_children(&mut self, edition: EditionId, header: Code, children: Children) {
        self.children.insert((edition, header), children);
    }

    /// What is billable below a header; none where it was not gathered, or nothing is.
    #[must_use]
    pub fn children(&self, header: &Entry) -> Option<&Children> {
        self.children.get(&(header.edition, header.code.clone())).filter(|children| children.count > 0)
    }

    /// What the code was on `day`.
    ///
    /// The edition of the day decides. Of each publisher that is the one that took effect last among those whose
    /// interval holds the day: a quarterly HCPCS edition has no last day and answers until the next one starts. A
    /// code that the edition of the day does not list has ended when an earlier edition of that publisher listed
    /// it. Where no edition of the day is at hand, only dates that a file gives for the code itself are believed;
    /// that an ICD-10 code is absent from a year that nobody imported says nothing.
    #[must_use]
    pub fn standing(&self, system: CodeSystem, code: &Code, day: Date) -> Standing<'_> {
        let mut searched = self.of_the_day(system, day);
        searched.retain(|edition| edition.may_list(code));
        let listings = self.listings(system, code);
        let covered = |edition: &Edition| searched.iter().any(|of_the_day| of_the_day.publisher == edition.publisher);
        let own_dates = dates_each_code(system);

        let of_the_day =
            listings.iter().filter(|listing| searched.iter().any(|edition| edition.id == listing.edition.id));
        if let Some(listing) = of_the_day.max_by_key(|listing| listing.since()) {
            return listing.on(day);
        }
        // A later edition may date the code back to before its own first day.
        let after = listings.iter().filter(|listing| listing.edition.effective.from > day);
        if let Some(listing) = after.filter(|l| l.entry.valid.holds(day)).min_by_key(|listing| listing.since()) {
            return listing.on(day);
        }
        let before = listings.iter().filter(|listing| {
            let Listing { entry, edition } = listing;
            let dropped = edition.effective.from <= day && covered(edition);
            let dated = own_dates && entry.valid.to.is_some_and(|to| to < day);
            entry.valid.from <= day && (dropped || dated)
        });
        if let Some(&Listing { entry, edition }) = before.max_by_key(|listing| listing.since()) {
            return Standing::Ended { entry, edition };
        }
        let to_come = listings.iter().filter(|l| l.entry.valid.from > day && (own_dates || covered(l.edition)));
        if let Some(&Listing { entry, edition }) = to_come.min_by_key(|l| (l.entry.valid.from, l.since())) {
            return Standing::NotYet { entry, edition };
        }
        Standing::Unknown { searched }
    }

    /// For each publisher of the system, the edition that took effect last among those that hold the day.
    fn of_the_day(&self, system: CodeSystem, day: Date) -> Vec<&Edition> {
        let mut latest: Vec<&Edition> = Vec::new();
        for edition in self.editions.iter().filter(|e| e.dataset == Dataset::Codes(system) && e.effective.holds(day)) {
            latest.retain(|earlier| earlier.publisher != edition.publisher);
            latest.push(edition);
        }
        latest
    }

    fn listings(&self, system: CodeSystem, code: &Code) -> Vec<Listing<'_>> {
        let entries = self.entries.get(&(system, code.clone())).into_iter().flatten();
        entries.filter_map(|entry| self.edition(entry.edition).map(|edition| Listing { entry, edition })).collect()
    }
}

/// Whether the files of a system give the first and last day of each code, and not only of the whole edition.
const fn dates_each_code(system: CodeSystem) -> bool {
    matches!(system, CodeSystem::Hcpcs | CodeSystem::Modifier)
}

/// A code in one of the editions that list it.
#[derive(Clone, Copy)]
struct Listing<'a> {
    entry: &'a Entry,
    edition: &'a Edition,
}

impl<'a> Listing<'a> {
    fn since(&self) -> (Date, EditionId) {
        (self.edition.effective.from, self.edition.id)
    }

    fn on(&self, day: Date) -> Standing<'a> {
        let Self { entry, edition } = *self;
        if entry.valid.from > day {
            Standing::NotYet { entry, edition }
        } else if !entry.valid.holds(day) {
            Standing::Ended { entry, edition }
        } else if entry.billable {
            Standing::InForce { entry, edition }
        } else {
            Standing::Header { entry, edition }
        }
    }
}

#[cfg(test)]
mod tests;
