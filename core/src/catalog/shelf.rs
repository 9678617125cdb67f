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
        let searched = self.of_the_day(system, day);
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
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        catalog::{Child, Descriptor, Interval, TextSource},
        domain::{digest::Digest, instant::Instant},
    };

    const ICD: CodeSystem = CodeSystem::Icd10Cm;
    const HCPCS: CodeSystem = CodeSystem::Hcpcs;

    fn edition(number: u128, system: CodeSystem, publisher: &str, from: Date, to: Option<Date>) -> Edition {
        Edition {
            id: EditionId::new(Uuid::from_u128(number)),
            dataset: Dataset::Codes(system),
            name: format!("edition {number}"),
            publisher: publisher.to_owned(),
            effective: Interval { from, to },
            sha256: Digest::of(&number.to_be_bytes()),
            file_name: String::new(),
            rows: 0,
            rejected: 0,
            imported_at: Instant::from_micros(0),
        }
    }

    fn entry(edition: &Edition, code: &str, billable: bool, valid: Interval) -> Entry {
        let system = edition.dataset.system().expect("a code list");
        Entry {
            edition: edition.id,
            system,
            code: Code::normal(system, code),
            title: Descriptor { text: "a title".to_owned(), source: TextSource::Public },
            short_title: String::new(),
            billable,
            valid,
            see_also: Vec::new(),
        }
    }

    /// Two fiscal years: A01 in both, G35 turns header, B02 is deleted, C03 is added.
    fn two_years() -> Shelf {
        let fy25 = edition(25, ICD, "CDC/NCHS", date(2024, 10, 1), Some(date(2025, 9, 30)));
        let fy26 = edition(26, ICD, "CDC/NCHS", date(2025, 10, 1), Some(date(2026, 9, 30)));
        let entries = vec![
            entry(&fy25, "A01", true, fy25.effective),
            entry(&fy26, "A01", true, fy26.effective),
            entry(&fy25, "G35", true, fy25.effective),
            entry(&fy26, "G35", false, fy26.effective),
            entry(&fy25, "B02", true, fy25.effective),
            entry(&fy26, "C03", true, fy26.effective),
        ];
        Shelf::new(vec![fy25, fy26], entries)
    }

    /// Two quarters without a last day. J1 never ended, J2 ended in between, J3 came with the second, J4 was dropped
    /// from the second without a date, J5 is in the second only and dated back.
    fn two_quarters() -> Shelf {
        let april = edition(1, HCPCS, "CMS", date(2024, 4, 1), None);
        let july = edition(2, HCPCS, "CMS", date(2024, 7, 1), None);
        let old = |to| Interval { from: date(1990, 1, 1), to };
        let since = |from| Interval { from, to: None };
        let entries = vec![
            entry(&april, "J1", true, old(None)),
            entry(&july, "J1", true, old(None)),
            entry(&april, "J2", true, old(None)),
            entry(&july, "J2", true, old(Some(date(2024, 6, 30)))),
            entry(&july, "J3", true, since(date(2024, 7, 1))),
            entry(&april, "J4", true, old(None)),
            entry(&july, "J5", true, since(date(2024, 5, 1))),
        ];
        Shelf::new(vec![april, july], entries)
    }

    /// The standing in a word, with the edition that says so.
    fn word(standing: &Standing<'_>) -> String {
        match standing {
            Standing::InForce { edition, .. } => format!("in force, {}", edition.name),
            Standing::Header { edition, .. } => format!("header, {}", edition.name),
            Standing::NotYet { edition, .. } => format!("not yet, {}", edition.name),
            Standing::Ended { edition, .. } => format!("ended, {}", edition.name),
            Standing::Unknown { searched } => format!("unknown in {}", searched.len()),
        }
    }

    #[test]
    fn the_first_of_october_switches_the_edition() {
        let shelf = two_years();
        let (before, after) = (date(2025, 9, 30), date(2025, 10, 1));
        for (code, day, expected) in [
            ("A01", before, "in force, edition 25"),
            ("A01", after, "in force, edition 26"),
            ("G35", before, "in force, edition 25"),
            ("G35", after, "header, edition 26"),
            ("B02", before, "in force, edition 25"),
            ("B02", after, "ended, edition 25"),
            ("C03", before, "not yet, edition 26"),
            ("C03", after, "in force, edition 26"),
            ("Z99", after, "unknown in 1"),
        ] {
            assert_eq!(word(&shelf.standing(ICD, &Code::normal(ICD, code), day)), expected, "{code} on {day}");
        }
    }

    #[test]
    fn a_year_that_nobody_imported_says_nothing() {
        let shelf = two_years();
        for day in [date(2024, 9, 30), date(2026, 10, 1)] {
            for code in ["A01", "B02", "C03"] {
                assert_eq!(
                    word(&shelf.standing(ICD, &Code::normal(ICD, code), day)),
                    "unknown in 0",
                    "{code} on {day}"
                );
            }
        }
    }

    #[test]
    fn a_quarter_answers_until_the_next_one_and_dates_its_codes_itself() {
        let shelf = two_quarters();
        for (code, day, expected) in [
            ("J1", date(2024, 6, 30), "in force, edition 1"),
            ("J1", date(2030, 1, 1), "in force, edition 2"),
            ("J1", date(2020, 1, 1), "in force, edition 1"),
            ("J1", date(1980, 1, 1), "not yet, edition 1"),
            ("J2", date(2024, 6, 30), "in force, edition 1"),
            ("J2", date(2024, 7, 1), "ended, edition 2"),
            ("J3", date(2024, 6, 30), "not yet, edition 2"),
            ("J3", date(2024, 7, 1), "in force, edition 2"),
            ("J4", date(2024, 6, 30), "in force, edition 1"),
            ("J4", date(2024, 7, 1), "ended, edition 1"),
            ("J5", date(2024, 4, 30), "not yet, edition 2"),
            ("J5", date(2024, 5, 1), "in force, edition 2"),
        ] {
            assert_eq!(word(&shelf.standing(HCPCS, &Code::normal(HCPCS, code), day)), expected, "{code} on {day}");
        }
    }

    #[test]
    fn the_last_day_is_a_day_of_use() {
        let shelf = two_quarters();
        let code = Code::normal(HCPCS, "J2");
        let Standing::Ended { entry, .. } = shelf.standing(HCPCS, &code, date(2024, 7, 1)) else { panic!("J2 ended") };
        assert_eq!(entry.valid.to, Some(date(2024, 6, 30)));
    }

    #[test]
    fn what_is_billable_below_a_header_is_that_of_its_own_edition() {
        let mut shelf = two_years();
        assert!(shelf.headers(date(2025, 9, 30)).is_empty());
        let headers: Vec<Entry> = shelf.headers(date(2025, 10, 1)).into_iter().cloned().collect();
        let [header] = headers.as_slice() else { panic!("{headers:?}") };
        assert_eq!((header.code.as_str(), shelf.children(header)), ("G35", None));
        let child = |n: u32| Child { code: Code::normal(ICD, &format!("G35.{n}")), title: "longer".to_owned() };
        let children = Children { first: vec![child(0), child(1)], count: 9 };
        assert_eq!(children.to_string(), "G35.0, G35.1 and 7 more");
        shelf.add_children(header.edition, header.code.clone(), children.clone());
        assert_eq!(shelf.children(header), Some(&children));
        shelf.add_children(header.edition, header.code.clone(), Children::default());
        assert_eq!(shelf.children(header), None, "nothing below it is told as nothing");
    }

    #[test]
    fn another_publishers_edition_ends_nothing() {
        let cms = edition(1, HCPCS, "CMS", date(2024, 4, 1), None);
        let payer = edition(2, HCPCS, "a payer", date(2024, 7, 1), None);
        let entries = vec![entry(&cms, "J1", true, cms.effective), entry(&payer, "X1", true, payer.effective)];
        let shelf = Shelf::new(vec![cms, payer], entries);
        let day = date(2024, 8, 1);
        assert_eq!(word(&shelf.standing(HCPCS, &Code::normal(HCPCS, "J1"), day)), "in force, edition 1");
        assert_eq!(word(&shelf.standing(HCPCS, &Code::normal(HCPCS, "Z1"), day)), "unknown in 2");
    }

    #[test]
    fn an_entry_of_a_missing_edition_is_left_out() {
        let gone = edition(1, ICD, "CDC/NCHS", date(2024, 10, 1), None);
        let shelf = Shelf::new(Vec::new(), vec![entry(&gone, "A01", true, gone.effective)]);
        assert!(!shelf.knows(ICD, &Code::normal(ICD, "A01")));
    }
}
