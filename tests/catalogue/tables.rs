//! Tables about codes: under licence, in parts, several in a ZIP, and what they answer on a date of service.

use std::path::PathBuf;

use caseconsult::command::codes::{
    facts::{self, Asked},
    licence,
    release::{self as codes, ImportOptions},
    verify,
};
use caseconsult_core::catalog::{Dataset, Setting, Sheet, Terms};
use caseconsult_store::{Db, catalogue};
use jiff::civil::{Date, date};
use serde_json::Value;

use super::{codesets, place::Place};
use crate::store::on_both;

on_both![
    licensed_files_wait_until_the_terms_are_accepted,
    a_release_goes_live_with_all_its_parts_or_not_at_all,
    a_dry_run_reports_and_changes_nothing,
    a_pair_is_answered_by_its_day_and_setting,
    the_unit_limits_of_three_settings_come_in_one_zip,
    a_table_whose_name_tells_no_setting_needs_its_kind,
    what_is_loaded_is_verified_and_taken_out_again,
];

const HEAD: &str = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier \
                    0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n";
const FIRST: &str = "11111\t22222\t\t20100101\t*\t1\tMore extensive procedure\r\n";
const SECOND: &str = "33333\t22222\t\t20100101\t20191231\t0\tMutually exclusive procedures\r\n";

impl Place {
    /// Both parts of the practitioner edits of the third quarter of 2024.
    fn parts(&self) -> [PathBuf; 2] {
        [("ccipra-v302r0-f1.txt", FIRST), ("ccipra-v302r0-f2.txt", SECOND)]
            .map(|(name, rows)| self.file(name, format!("{HEAD}{rows}")))
    }

    /// The lines of `codes edits --json`.
    async fn edits_in(&self, named: &[&str], on: Date, setting: Option<Setting>) -> Vec<Value> {
        let named: Vec<String> = named.iter().map(|code| (*code).to_owned()).collect();
        let mut out = Vec::new();
        facts::edits(&self.db, &mut out, &named, Asked { setting, ..Asked::on(on) }, true).await.unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn two_parts(by: Option<&str>) -> ImportOptions {
    ImportOptions { parts: Some(2), accepted_by: by.map(str::to_owned), ..ImportOptions::default() }
}

async fn licensed_files_wait_until_the_terms_are_accepted(db: Db) {
    let place = Place::of(db);
    let refused = place.import(&place.parts(), &two_parts(None)).await.unwrap_err();
    assert!(format!("{refused:#}").contains("licence accept cms-ama-notice"), "{refused:#}");
    assert!(place.live().await.is_empty());
    assert!(licence::accept(&place.db, &place.clock, Terms::CmsAmaNotice, " ").await.is_err());
    licence::accept(&place.db, &place.clock, Terms::CmsAmaNotice, "Ana Ruiz").await.unwrap();
    place.import(&place.parts(), &two_parts(None)).await.unwrap();
    // Whoever accepts later does not push the first aside.
    licence::accept(&place.db, &place.clock, Terms::CmsAmaNotice, "Someone else").await.unwrap();
    let mut told = Vec::new();
    licence::print(&place.db, &mut told, false).await.unwrap();
    let told = String::from_utf8(told).unwrap();
    assert!(
        told.contains("accepted by Ana Ruiz") && told.contains("ama-cpt") && told.contains("not accepted"),
        "{told}"
    );
}

async fn a_release_goes_live_with_all_its_parts_or_not_at_all(db: Db) {
    let place = Place::of(db);
    let [first, second] = place.parts();
    let options = ImportOptions { accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() };
    let refused = place.import(&[first.clone(), second.clone()], &options).await.unwrap_err();
    assert!(format!("{refused:#}").contains("f3, f4 is missing"), "{refused:#}");
    let refused = place.import(std::slice::from_ref(&second), &two_parts(Some("Ana"))).await.unwrap_err();
    assert!(format!("{refused:#}").contains("f1 is missing"), "{refused:#}");
    assert!(place.live().await.is_empty());

    // In whatever order they are named.
    let reports = place.import(&[second.clone(), first.clone()], &two_parts(Some("Ana"))).await.unwrap();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].live[0].rows, 2);
    let again = place.import(&[first, second], &two_parts(None)).await.unwrap();
    assert!(again[0].live.is_empty(), "the same bytes change nothing");
    assert_eq!(place.live().await, ["NCCI PTP edits, practitioner 2024 Q3"]);
}

async fn a_dry_run_reports_and_changes_nothing(db: Db) {
    let place = Place::of(db);
    let options = ImportOptions { dry_run: true, ..two_parts(None) };
    let reports = place.import(&place.parts(), &options).await.unwrap();
    assert_eq!(reports[0].live[0].rows, 2);
    assert!(place.live().await.is_empty());
}

async fn a_pair_is_answered_by_its_day_and_setting(db: Db) {
    let place = Place::of(db);
    place.import(&place.parts(), &two_parts(Some("Ana"))).await.unwrap();
    let here = Some(Setting::Practitioner);
    let told = place.edits_in(&["22222", "11111"], date(2024, 8, 1), here).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["answer"], &told[0]["column_1"], &told[0]["column_2"]),
        (&"edit".into(), &"11111".into(), &"22222".into())
    );
    assert_eq!(told[0]["modifier_indicator"], 1);

    let word = |told: &[Value]| told.iter().map(|line| line["answer"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(word(&place.edits_in(&["33333", "22222"], date(2024, 8, 1), here).await), ["not_in_table"]);
    let history = place.edits_in(&["33333", "22222"], date(2019, 12, 31), here).await;
    assert_eq!((word(&history), &history[0]["from_later_edition"]), (vec!["edit".to_owned()], &true.into()));
    assert_eq!(word(&place.edits_in(&["33333", "22222"], date(2024, 10, 1), here).await), ["not_loaded"]);
    // Where no setting is named, both are told.
    let both = place.edits_in(&["11111", "22222", "33333"], date(2024, 8, 1), None).await;
    assert_eq!(both.len(), 6);
    assert_eq!(both.iter().filter(|line| line["answer"] == "not_loaded").count(), 3, "nothing of hospitals is loaded");
}

async fn the_unit_limits_of_three_settings_come_in_one_zip(db: Db) {
    let Some(bytes) = codesets::bytes("ncci/medicare-ncci-2026-q2-mue-tables.zip") else { return };
    let place = Place::of(db);
    let file = place.file("mue.zip", bytes);
    let options = ImportOptions { accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() };
    let reports = place.import(&[file], &options).await.unwrap();
    let rows: Vec<(Dataset, u64)> =
        reports.iter().map(|report| (report.live[0].dataset, report.live[0].rows)).collect();
    assert_eq!(
        rows,
        [
            (Dataset::Mue(Setting::Practitioner), 15_095),
            (Dataset::Mue(Setting::OutpatientHospital), 15_045),
            (Dataset::MueSupplier, 3_083),
        ]
    );
    assert!(reports.iter().all(|report| report.live[0].effective.from == date(2026, 4, 1)));
    let mut out = Vec::new();
    let asked = Asked { setting: Some(Setting::Practitioner), ..Asked::on(date(2026, 5, 1)) };
    facts::show(&place.db, &mut out, "J1885", asked, true).await.unwrap();
    let told: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(told["units"][0]["answer"], "limit", "{told}");
    assert_eq!(told["add_on"]["answer"], "not_loaded", "{told}");
}

async fn a_table_whose_name_tells_no_setting_needs_its_kind(db: Db) {
    let place = Place::of(db);
    let file = place.file("edits.txt", format!("{HEAD}{FIRST}"));
    let options = ImportOptions {
        effective: Some(date(2024, 7, 1)),
        accepted_by: Some("Ana".to_owned()),
        ..ImportOptions::default()
    };
    let refused = place.import(std::slice::from_ref(&file), &options).await.unwrap_err();
    assert!(format!("{refused:#}").contains("--kind ptp-practitioner"), "{refused:#}");
    let wrong = ImportOptions { kind: Some(Dataset::AddOn), ..options.clone() };
    assert!(place.import(std::slice::from_ref(&file), &wrong).await.is_err());
    let kind = Some(Dataset::Ptp(Setting::OutpatientHospital));
    place.import(&[file], &ImportOptions { kind, ..options }).await.unwrap();
    assert_eq!(place.live().await, ["NCCI PTP edits, outpatient hospital 2024 Q3"]);
}

async fn what_is_loaded_is_verified_and_taken_out_again(db: Db) {
    let place = Place::of(db);
    place.import(&place.parts(), &two_parts(Some("Ana"))).await.unwrap();
    let mut told = Vec::new();
    verify::verify(&place.db, &mut told, false).await.unwrap();
    assert_eq!(String::from_utf8(told).unwrap(), "ok      NCCI PTP edits, practitioner 2024 Q3, rows: 2\n");

    // A sheet that something else wrote is found, and named by its key.
    let edition = codes::editions(&place.db).await.unwrap().remove(0);
    let strange = Sheet { edition: edition.id, key: "99999".to_owned(), body: b"no edits".to_vec() };
    catalogue::add_sheets(&place.db, &[strange]).await.unwrap();
    let mut told = Vec::new();
    assert!(verify::verify(&place.db, &mut told, false).await.is_err());
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("BROKEN") && told.contains("99999: the sheet cannot be read"), "{told}");

    catalogue::remove_edition(&place.db, edition.id).await.unwrap();
    assert!(place.live().await.is_empty());
    assert!(catalogue::remove_edition(&place.db, edition.id).await.is_err(), "it is gone");
    let told = place.edits_in(&["11111", "22222"], date(2024, 8, 1), Some(Setting::Practitioner)).await;
    assert_eq!(told[0]["answer"], "not_loaded");
}
