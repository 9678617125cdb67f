//! What has changed, against invented editions and edits.

use jiff::civil::date;

use super::*;
use crate::{
    catalog::{Descriptor, Entry, Interval},
    domain::{digest::Digest, ids::EditionId, instant::Instant},
    draft::samples,
};

const OF_2025: u128 = 1;

fn edition(id: u128, name: &str, from: Date, to: Option<Date>) -> Edition {
    Edition {
        id: EditionId::new(uuid::Uuid::from_u128(id)),
        dataset: Dataset::Codes(CodeSystem::Hcpcs),
        name: name.to_owned(),
        publisher: "CMS".to_owned(),
        effective: Interval { from, to },
        sha256: Digest::of(name.as_bytes()),
        file_name: String::new(),
        rows: 1,
        rejected: 0,
        imported_at: Instant::from_micros(1_790_000_000_000_000),
    }
}

fn entry(edition: &Edition, title: &str) -> Entry {
    Entry {
        edition: edition.id,
        system: CodeSystem::Hcpcs,
        code: Code::normal(CodeSystem::Hcpcs, "J9999"),
        title: Descriptor { text: title.to_owned(), source: TextSource::Public },
        short_title: String::new(),
        billable: true,
        valid: edition.effective,
        see_also: Vec::new(),
    }
}

fn year(year: i16) -> (Date, Option<Date>) {
    (date(year, 1, 1), Some(date(year, 12, 31)))
}

/// The facts of a case of 3 February 2025, when only the edition of that year was loaded.
fn earlier() -> Facts {
    let (from, to) = year(2025);
    let of_2025 = edition(OF_2025, "HCPCS 2025", from, to);
    let shelf = Shelf::new(vec![of_2025.clone()], vec![entry(&of_2025, "Something")]);
    samples::of_one_code("Is J9999 right?", CodeSystem::Hcpcs, "J9999", date(2025, 2, 3), &shelf)
}

fn told(editions: &[(&Edition, Option<&str>)], on: Date) -> Vec<String> {
    let entries = editions.iter().filter_map(|(edition, title)| Some(entry(edition, (*title)?))).collect();
    let shelf = Shelf::new(editions.iter().map(|(edition, _)| (*edition).clone()).collect::<Vec<_>>(), entries);
    let now = Now { on, shelf: &shelf, desk: &Desk::default(), editions: &[] };
    changes(&earlier(), &[], &now).iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_flagged_while_the_same_edition_binds() {
    let (from, to) = year(2025);
    let same = edition(OF_2025, "HCPCS 2025", from, to);
    assert_eq!(told(&[(&same, Some("Something"))], date(2025, 6, 1)), [""; 0]);
}

#[test]
fn a_file_that_was_published_again_is_named() {
    let (from, to) = year(2025);
    let (old, new) = (edition(OF_2025, "HCPCS 2025", from, to), edition(2, "HCPCS 2025", from, to));
    let told = told(&[(&old, Some("Something")), (&new, Some("Another thing"))], date(2025, 6, 1));
    assert_eq!(
        told,
        [
            "HCPCS 2025 was published again (imported 2026-09-21) for the same date of service",
            "J9999 has another published title now"
        ]
    );
}

#[test]
fn a_code_that_ended_before_this_case_is_named() {
    let ((from, to), (next, last)) = (year(2025), year(2026));
    let (old, new) = (edition(OF_2025, "HCPCS 2025", from, to), edition(2, "HCPCS 2026", next, last));
    assert_eq!(
        told(&[(&old, Some("Something")), (&new, None)], date(2026, 6, 1)),
        [
            "it went by HCPCS 2025; on this case's date of service HCPCS 2026 binds",
            "J9999 on this case's date of service: ended: last day 2025-12-31"
        ]
    );
}

#[test]
fn an_edition_that_is_gone_is_no_silence() {
    let told = told(&[], date(2025, 6, 1));
    assert!(told.iter().any(|line| line.contains("was taken out")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("not checked")), "{told:?}");
}

#[test]
fn an_edit_that_says_something_else_now_is_told_with_both() {
    let sample = samples::all().iter().find(|sample| sample.name == "edits").expect("a sample with edits");
    let on = sample.facts.date.first();
    let now = Now { on, shelf: sample.shelf, desk: sample.desk, editions: &[] };
    let told = |facts: &Facts| -> Vec<Change> {
        let changes = changes(facts, &[], &now);
        changes.into_iter().filter(|change| matches!(change, Change::Pair { .. } | Change::Units { .. })).collect()
    };
    assert_eq!(told(&sample.facts), []);

    let mut facts = sample.facts.clone();
    let answers = facts.edits.pairs.iter_mut().flat_map(|pair| &mut pair.answers);
    for answer in answers {
        if let Said::Said { value, .. } = &mut answer.said {
            value.indicator = 7;
        }
    }
    let told = told(&facts);
    assert!(!told.is_empty() && told.iter().all(Change::is_grave), "{told:?}");
    assert!(told.iter().all(|change| change.to_string().contains("was indicator 7, is indicator")), "{told:?}");
}
