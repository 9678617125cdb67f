//! What changed: between two editions, when a quarter is posted again, and for the open cases.

use std::path::PathBuf;

use caseconsult::command::codes::{
    diff,
    release::{ImportOptions, ImportReport},
    report,
};
use caseconsult_core::{
    domain::{
        case::{CaseEvent, Step},
        code::{Code, CodeSystem},
        mention::Mention,
        span::Span,
    },
    extract::Reading,
};
use caseconsult_store::{
    Db,
    cases::{self, Case},
    readings::{self, StoredReading},
};
use jiff::civil::date;
use serde_json::Value;

use super::{codesets, place::Place};
use crate::store::{given, on_both};

on_both![
    a_quarter_posted_again_says_what_it_changed,
    two_years_of_a_list_are_compared_code_by_code,
    open_cases_are_touched_by_the_edits_of_their_codes,
    what_cannot_be_compared_is_refused,
    the_published_years_of_diagnoses_are_compared,
];

const HEAD: &str = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier \
                    0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n";

/// The practitioner edits of a quarter: column 1, column 2, modifier indicator.
fn edits(place: &Place, name: &str, rows: &[(&str, &str, u8)]) -> PathBuf {
    let rows: String = rows
        .iter()
        .map(|(one, two, digit)| format!("{one}\t{two}\t\t20100101\t*\t{digit}\tMore extensive procedure\r\n"))
        .collect();
    place.file(name, format!("{HEAD}{rows}"))
}

async fn import(place: &Place, file: PathBuf) -> ImportReport {
    let options = ImportOptions { parts: Some(1), accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() };
    place.import(&[file], &options).await.unwrap().remove(0)
}

/// The lines of `codes diff`, for a script.
async fn compared(db: &Db, before: &str, after: &str) -> Vec<Value> {
    let mut out = Vec::new();
    diff::diff(db, &mut out, before, after, true).await.unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn told(lines: &[Value]) -> Vec<String> {
    let one = |line: &Value| format!("{} {}", line["change"].as_str().unwrap(), line["key"].as_str().unwrap());
    lines.iter().filter(|line| line["change"].is_string()).map(one).collect()
}

async fn a_quarter_posted_again_says_what_it_changed(db: Db) {
    let place = Place::of(db);
    let first = [("11111", "22222", 1), ("11111", "33333", 1), ("44444", "22222", 0)];
    let report = import(&place, edits(&place, "ccipra-v302r0-f1.txt", &first)).await;
    assert!(report.replaced.is_empty(), "nothing was there before");
    let second = [("11111", "22222", 0), ("11111", "55555", 1), ("66666", "22222", 1)];
    let report = import(&place, edits(&place, "ccipra-v302r1-f1.txt", &second)).await;
    assert_eq!(place.live().await.len(), 1, "the earlier one is gone");

    let mut json = Vec::new();
    report::print_reports_json(&mut json, std::slice::from_ref(&report), date(2024, 8, 1)).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    let replaced = &json["replaced"][0];
    let counts = ["added", "removed", "retitled", "changed"].map(|name| replaced[name].as_u64().unwrap());
    assert_eq!((counts, &replaced["dataset"]), ([2, 2, 0, 1], &"ptp-practitioner".into()));
    assert_eq!(
        told(replaced["first"].as_array().unwrap()),
        [
            "changed 11111 with 22222",
            "removed 11111 with 33333",
            "added 11111 with 55555",
            "added 66666 with 22222",
            "removed 44444 with 22222",
        ]
    );
    assert!(replaced["first"][0]["before"].as_str().unwrap().starts_with("indicator 1"), "{replaced}");
    let mut words = Vec::new();
    report::print_reports(&mut words, &[report], false).unwrap();
    let words = String::from_utf8(words).unwrap();
    assert!(words.contains("is replaced; added: 2, removed: 2, retitled: 0, changed: 1"), "{words}");
    assert!(words.contains("  removed   11111 with 33333\n"), "{words}");
}

fn order(rows: &[(&str, u8, &str)]) -> String {
    let lines = rows.iter().enumerate();
    lines.map(|(n, (code, billable, title))| format!("{n:05} {code:<7} {billable} {title:<60} {title}\r\n")).collect()
}

async fn two_years_of_a_list_are_compared_code_by_code(db: Db) {
    let place = Place::of(db);
    let first = order(&[("A00", 0, "One"), ("A000", 1, "Two"), ("B02", 1, "Gone"), ("G35", 1, "Three")]);
    let second = order(&[("A00", 0, "One"), ("A000", 1, "Two again"), ("C03", 1, "New"), ("G35", 0, "Three")]);
    import(&place, place.file("icd10cm_order_2025.txt", first)).await;
    let report = import(&place, place.file("icd10cm_order_2026.txt", second)).await;
    assert!(report.replaced.is_empty(), "another year takes nobody's place");
    let lines = compared(&place.db, "ICD10CM@2025-09-30", "icd10cm@2025-10-01").await;
    assert_eq!(told(&lines), ["retitled A00.0", "added C03", "changed G35", "removed B02"]);
    assert_eq!((&lines[0]["before"], &lines[0]["after"]), (&"Two".into(), &"Two again".into()));
    assert_eq!(lines[4]["open_cases"], serde_json::json!([]));
    assert_eq!((&lines[4]["added"], &lines[4]["after"]), (&1.into(), &"ICD-10-CM FY2026".into()));
    let same = compared(&place.db, "ICD10CM@2025-10-01", "ICD10CM@2025-12-31").await;
    assert_eq!(same.len(), 1, "an edition does not differ from itself");
}

/// A case whose mail speaks of these codes.
async fn case_about(db: &Db, codes: &[&str]) -> Case {
    let case = given::received(db).await;
    let case = given::leased(db, case.id, Step::Extract).await;
    let mention =
        |code: &&str| Mention::bare(Span { start: 0, end: 0 }, CodeSystem::Cpt, Code::normal(CodeSystem::Cpt, code));
    let reading = Reading { mentions: codes.iter().map(mention).collect(), ..Reading::default() };
    let message = cases::messages(db, case.id).await.unwrap().remove(0).id;
    let stored = StoredReading { message, reading: serde_json::to_string(&reading).unwrap() };
    readings::finish_extract(db, &given::noon(), &case, &[stored]).await.unwrap()
}

async fn open_cases_are_touched_by_the_edits_of_their_codes(db: Db) {
    let place = Place::of(db);
    let both = case_about(&place.db, &["22222", "99213", "11111"]).await;
    let range = case_about(&place.db, &["11110-11119", "33333"]).await;
    case_about(&place.db, &["11111"]).await;
    let done = case_about(&place.db, &["11111", "22222"]).await;
    let by = given::reviewer(&place.db, "robin").await;
    given::after(&place.db, &done, CaseEvent::Closed { by }).await;
    let first = edits(&place, "ccipra-v302r0-f1.txt", &[("11111", "22222", 1), ("11111", "33333", 1)]);
    let second = edits(&place, "ccipra-v303r0-f1.txt", &[("11111", "22222", 0), ("44444", "55555", 0)]);
    import(&place, first).await;
    import(&place, second).await;
    let lines = compared(&place.db, "ptp-practitioner@2024-09-30", "ptp-practitioner@2024-10-01").await;
    assert_eq!(told(&lines), ["changed 11111 with 22222", "removed 11111 with 33333", "added 44444 with 55555"]);
    let mut expected = [both.tag.to_string(), range.tag.to_string()];
    expected.sort_unstable();
    let mut found: Vec<&str> =
        lines[3]["open_cases"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    let mut words = Vec::new();
    diff::diff(&place.db, &mut words, "ptp-practitioner@2024-09-30", "ptp-practitioner@2024-10-01", false)
        .await
        .unwrap();
    let words = String::from_utf8(words).unwrap();
    assert!(words.contains("open cases that speak of them: ") && words.contains(&expected[0]), "{words}");
}

async fn what_cannot_be_compared_is_refused(db: Db) {
    let place = Place::of(db);
    import(&place, edits(&place, "ccipra-v302r0-f1.txt", &[("11111", "22222", 1)])).await;
    import(&place, place.file("icd10cm_order_2026.txt", order(&[("A000", 1, "Two")]))).await;
    for (before, after, why) in [
        ("ptp-practitioner@2024-07-01", "ICD10CM@2026-01-01", "different tables"),
        ("ptp-practitioner@2024-07-01", "ptp-practitioner@2024-10-01", "is loaded for 2024-10-01"),
        ("edits@2024-07-01", "ICD10CM@2026-01-01", "codes kinds"),
        ("ICD10CM@yesterday", "ICD10CM@2026-01-01", "no date"),
        ("nothing", "ICD10CM@2026-01-01", "TABLE@YYYY-MM-DD"),
    ] {
        let refused = diff::diff(&place.db, &mut Vec::new(), before, after, true).await.unwrap_err();
        assert!(format!("{refused:#}").contains(why), "{refused:#}");
    }
}

async fn the_published_years_of_diagnoses_are_compared(db: Db) {
    let place = Place::of(db);
    for path in ["icd10cm/Code-descriptions-April-2025.zip", "icd10cm/2026-code-descriptions-tabular-order.zip"] {
        let Some(bytes) = codesets::bytes(path) else { return };
        import(&place, place.file(path.rsplit('/').next().unwrap(), bytes)).await;
    }
    let lines = compared(&place.db, "ICD10CM@2025-04-01", "ICD10CM@2025-10-01").await;
    let total = lines.last().unwrap();
    let counts = ["added", "removed", "retitled", "changed"].map(|name| total[name].as_u64().unwrap());
    let headers =
        lines.iter().filter(|line| line["after"].as_str().is_some_and(|text| text.starts_with("a header"))).count();
    assert_eq!((counts, headers), ([614, 12, 45, 16], 16));
}
