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
            assert_eq!(word(&shelf.standing(ICD, &Code::normal(ICD, code), day)), "unknown in 0", "{code} on {day}");
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
