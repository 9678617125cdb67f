//! The catalogue that is built in, so that a fresh installation answers something before any file was imported.
//!
//! It holds a few dozen HCPCS Level II codes, modifiers and ICD-10-CM codes with their public titles, and some CPT
//! numbers with summaries in this project's own words ([`TextSource::Plain`]). It never holds an AMA or ADA
//! descriptor. The store lays imported editions over it, system by system; the demo runs on it alone.

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use uuid::Uuid;

use super::{
    dataset::Dataset,
    edition::Edition,
    entry::{Descriptor, Entry, TextSource},
    interval::Interval,
    shelf::Shelf,
};
use crate::domain::{
    code::{Code, CodeSystem},
    digest::Digest,
    ids::EditionId,
    instant::Instant,
};

/// One table under `starter/`: tab-separated `code, billable (0/1), first day, last day, see also, title`. An empty
/// day is the edition's own; lines that start with `#` are remarks.
struct Table {
    file_name: &'static str,
    text: &'static str,
    source: TextSource,
}

const HCPCS: Table =
    Table { file_name: "hcpcs.tsv", text: include_str!("starter/hcpcs.tsv"), source: TextSource::Public };
const ICD10CM: Table =
    Table { file_name: "icd10cm.tsv", text: include_str!("starter/icd10cm.tsv"), source: TextSource::Public };
const CPT: Table =
    Table { file_name: "cpt_plain.tsv", text: include_str!("starter/cpt_plain.tsv"), source: TextSource::Plain };

/// What an edition is made of. The number is its id for good: a draft may name it.
const EDITIONS: [(u8, CodeSystem, &str, &Table, Interval); 5] = [
    (1, CodeSystem::Hcpcs, "Starter catalogue (HCPCS Level II)", &HCPCS, since(date(2020, 1, 1))),
    (2, CodeSystem::Modifier, "Starter catalogue (HCPCS Level II modifiers)", &HCPCS, since(date(2020, 1, 1))),
    (
        3,
        CodeSystem::Icd10Cm,
        "Starter catalogue (ICD-10-CM FY2025)",
        &ICD10CM,
        Interval { from: date(2024, 10, 1), to: Some(date(2025, 9, 30)) },
    ),
    // Open at the end, so that a demo in a later year still knows its codes; the name says which year's titles they are.
    (4, CodeSystem::Icd10Cm, "Starter catalogue (ICD-10-CM, as of FY2026)", &ICD10CM, since(date(2025, 10, 1))),
    (5, CodeSystem::Cpt, "Starter catalogue (CPT numbers, summaries in our own words)", &CPT, since(date(2020, 1, 1))),
];

/// When the tables were last edited: 2026-11-22T00:00:00Z. A constant, as core reads no clock.
const WRITTEN: Instant = Instant::from_micros(1_795_305_600_000_000);

const fn since(from: Date) -> Interval {
    Interval { from, to: None }
}

/// The built-in catalogue. Built at the first call.
#[must_use]
pub fn starter() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let mut editions = Vec::new();
        let mut entries = Vec::new();
        for (number, system, name, table, effective) in EDITIONS {
            let id = EditionId::new(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(number)));
            let rows: Vec<Entry> =
                table.rows().filter_map(|row| row.entry(id, system, table.source, effective)).collect();
            editions.push(Edition {
                id,
                dataset: Dataset::Codes(system),
                name: name.to_owned(),
                publisher: "caseconsult".to_owned(),
                effective,
                sha256: Digest::of(table.text.as_bytes()),
                file_name: table.file_name.to_owned(),
                rows: rows.len() as u64,
                rejected: 0,
                imported_at: WRITTEN,
            });
            entries.extend(rows);
        }
        Shelf::new(editions, entries)
    })
}

impl Table {
    fn rows(&self) -> impl Iterator<Item = Row<'static>> + use<> {
        self.text.lines().filter(|line| !line.starts_with('#')).filter_map(Row::read)
    }
}

struct Row<'a> {
    code: &'a str,
    billable: bool,
    from: Option<Date>,
    to: Option<Date>,
    see_also: &'a str,
    title: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut cells = line.split('\t');
        let row = Self {
            code: cells.next()?,
            billable: match cells.next()? {
                "0" => false,
                "1" => true,
                _ => return None,
            },
            from: day(cells.next()?)?,
            to: day(cells.next()?)?,
            see_also: cells.next()?,
            title: cells.next()?,
        };
        cells.next().is_none().then_some(row)
    }

    /// What the row says in an edition; nothing when it is of another system or was not listed in those days.
    fn entry(&self, edition: EditionId, system: CodeSystem, source: TextSource, effective: Interval) -> Option<Entry> {
        // The HCPCS table holds modifiers too, as CMS's file does; they are the ones of two characters.
        if (system == CodeSystem::Modifier) != (self.code.len() == 2) {
            return None;
        }
        let valid = Interval { from: self.from.unwrap_or(effective.from), to: self.to.or(effective.to) };
        valid.meets(effective).then(|| Entry {
            edition,
            system,
            code: Code::normal(system, self.code),
            title: Descriptor { text: self.title.to_owned(), source },
            short_title: String::new(),
            billable: self.billable,
            valid,
            see_also: self.see_also.split_whitespace().map(|code| Code::normal(system, code)).collect(),
        })
    }
}

/// An empty cell is no day; a cell that is not a date is a mistake in the table.
fn day(cell: &str) -> Option<Option<Date>> {
    if cell.is_empty() { Some(None) } else { cell.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::shelf::Standing;

    fn on(system: CodeSystem, code: &str, day: Date) -> Standing<'static> {
        starter().standing(system, &Code::normal(system, code), day)
    }

    #[test]
    fn every_line_of_every_table_is_a_row() {
        for table in [&HCPCS, &ICD10CM, &CPT] {
            let lines = table.text.lines().filter(|line| !line.starts_with('#')).count();
            assert_eq!(table.rows().count(), lines, "{}", table.file_name);
            assert!(lines >= 25, "{}", table.file_name);
        }
    }

    #[test]
    fn every_edition_has_rows_and_no_code_twice() {
        for edition in starter().editions() {
            assert!(edition.rows >= 20, "{}", edition.name);
        }
        for (_, system, _, table, effective) in EDITIONS {
            let id = EditionId::new(Uuid::nil());
            let mut codes: Vec<Code> =
                table.rows().filter_map(|row| row.entry(id, system, table.source, effective)).map(|e| e.code).collect();
            let all = codes.len();
            codes.sort();
            codes.dedup();
            assert_eq!(codes.len(), all, "{system}: a code stands twice in one edition");
        }
    }

    #[test]
    fn cpt_numbers_have_plain_summaries_and_nothing_else() {
        for row in CPT.rows() {
            let (Standing::InForce { entry, .. } | Standing::Ended { entry, .. }) =
                on(CodeSystem::Cpt, row.code, date(2026, 3, 1))
            else {
                panic!("{} is not on the shelf", row.code)
            };
            assert_eq!(entry.title.source, TextSource::Plain);
            assert!(entry.title.text.ends_with(['.', ')']), "{}: a sentence, not a title", row.code);
        }
        assert!(starter().knows(CodeSystem::Cpt, &Code::normal(CodeSystem::Cpt, "21256")));
    }

    #[test]
    fn the_shelf_shows_each_standing() {
        use CodeSystem::{Cpt, Hcpcs, Icd10Cm, Modifier};
        let today = date(2026, 11, 22);
        assert!(matches!(on(Hcpcs, "J1885", today), Standing::InForce { .. }));
        assert!(matches!(on(Modifier, "RT", today), Standing::InForce { .. }));
        assert!(matches!(on(Icd10Cm, "E119", today), Standing::InForce { .. }));
        assert!(matches!(on(Icd10Cm, "M54.5", today), Standing::Header { .. }));
        assert!(matches!(on(Hcpcs, "J1010", date(2024, 3, 31)), Standing::NotYet { .. }));
        assert!(matches!(on(Cpt, "99201", date(2020, 12, 31)), Standing::InForce { .. }));
        assert!(matches!(on(Cpt, "99201", date(2021, 1, 1)), Standing::Ended { .. }));
        let Standing::Ended { entry, .. } = on(Hcpcs, "J1040", today) else { panic!("J1040 ended") };
        assert_eq!(entry.valid.to, Some(date(2024, 3, 31)));
        // Multiple sclerosis was billable as G35 until 30 September 2025, and needs more characters since.
        assert!(matches!(on(Icd10Cm, "G35", date(2025, 9, 30)), Standing::InForce { .. }));
        assert!(matches!(on(Icd10Cm, "G35", date(2025, 10, 1)), Standing::Header { .. }));
        assert!(matches!(on(Icd10Cm, "G35.A", date(2025, 9, 30)), Standing::NotYet { .. }));
        assert!(matches!(on(Icd10Cm, "T78.1XXA", date(2025, 10, 1)), Standing::Ended { .. }));
        let Standing::Unknown { searched } = on(Icd10Cm, "A00.0", today) else { panic!("A00.0 is not on the shelf") };
        assert_eq!(searched.len(), 1);
        // The list of HCPCS Level II modifiers says nothing of CPT's.
        assert!(matches!(on(Modifier, "33", today), Standing::Unknown { searched } if searched.is_empty()));
        assert!(matches!(on(Modifier, "ZZ", today), Standing::Unknown { searched } if searched.len() == 1));
    }
}
