//! The lists around the code sets as they are published, at full size.

use caseconsult::command::codes::release::ImportOptions;
use jiff::civil::{Date, date};

use super::{codesets, place::Place};
use crate::store::given;

/// Straight from the published file, with the count of its description, and the same again when counted in the store.
/// At full size on one database; the other tests run on both.
async fn is_taken_in_whole(place: &Place, effective: Option<Date>, files: &[(&str, &str, u64)]) -> Option<String> {
    let options = ImportOptions { effective, ..ImportOptions::default() };
    for (path, name, rows) in files {
        let bytes = codesets::bytes(path)?;
        let file = place.file(path.rsplit('/').next().unwrap(), bytes);
        let reports = place.import(std::slice::from_ref(&file), &options).await.unwrap();
        let live = &reports[0].live[0];
        assert_eq!((reports.len(), live.name.as_str(), live.rows, live.rejected), (1, *name, *rows, 0));
        let again = place.import(&[file], &options).await.unwrap();
        assert!(again[0].live.is_empty(), "{path}: the same bytes change nothing");
    }
    Some(place.verified().await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tabular_list_is_taken_in_whole() {
    let (db, _folder) = given::sqlite().await;
    let place = Place::of(db);
    let rows = 22 + 297 + 46_881;
    let told = is_taken_in_whole(
        &place,
        None,
        &[("icd10cm/icd10c-tabular-April-1-2026.xml.gz", "ICD-10-CM tabular list FY2026, April update", rows)],
    )
    .await;
    if told.is_none() {
        return;
    }
    let day = date(2026, 5, 1);
    for (one, other, reference) in
        [("E11.9", "E10.9", Some("E11.-")), ("S06.0X1A", "S09.90XA", Some("S09.90")), ("N39.0", "I10", None)]
    {
        let told = place.edits(&[one, other], day).await;
        let found = told[0]["conflicts"].as_array().into_iter().flatten().find_map(|c| c["reference"].as_str());
        assert_eq!(found, reference, "{told:?}");
    }
    let fracture = place.show("S72.001A", day).await;
    assert_eq!(
        (&fracture["notes"]["listed"], &fracture["notes"]["seventh"]["character"]),
        (&"S72.001".into(), &"A".into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_part_of_the_index_is_taken_in_whole() {
    let (db, _folder) = given::sqlite().await;
    is_taken_in_whole(
        &Place::of(db),
        None,
        &[
            ("icd10cm/icd10cm-2025-index-derived.csv.gz", "ICD-10-CM index to diseases and injuries FY2025", 81_024),
            ("icd10cm/icd10cm-2025-externalindex-derived.csv.gz", "ICD-10-CM index of external causes FY2025", 8_064),
            ("icd10cm/icd10cm-2025-neoplasms-derived.csv.gz", "ICD-10-CM table of neoplasms FY2025", 1_939),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lists_of_diagnoses_are_taken_in_whole() {
    let (db, _folder) = given::sqlite().await;
    is_taken_in_whole(
        &Place::of(db),
        None,
        &[
            ("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx", "ICD-10-CM conversion table FY2026", 5_892),
            ("icd10cm/POAexemptCodesFY26.zip", "Present-on-admission exempt list FY2026", 38_349),
            ("icd10cm/icd10cm_order_addenda_April_2026.txt", "ICD-10-CM addenda FY2026, April update", 0),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_hcpcs_are_taken_in_whole() {
    let (db, _folder) = given::sqlite().await;
    let told = is_taken_in_whole(
        &Place::of(db),
        None,
        &[
            ("hcpcs/hcpcs-2024q3-derived.csv.gz", "HCPCS Level II 2024 July", 8_033),
            ("hcpcs/hcpcs-2025q4-derived-descriptions.csv.gz", "HCPCS Level II 2025 October", 8_463),
        ],
    )
    .await;
    let Some(told) = told else { return };
    assert!(told.contains("HCPCS Level II modifiers 2025 October, rows: 383"), "{told}");
    assert!(!told.contains("HCPCS Level II modifiers 2024"), "a list without a modifier says nothing of modifiers");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coverage_lists_and_brands_are_taken_in_whole() {
    let (db, _folder) = given::sqlite().await;
    let place = Place::of(db);
    // 60 procedures beside 66,278 diagnoses.
    let dated = [
        ("coverage/ncd-lab-2026-01-cr-icd10-derived.csv.gz", "Laboratory NCD code lists 2026 Q1", 66_338),
        ("coverage/mcd-documents-2025-08-derived.csv.gz", "Medicare coverage articles, from 2025-08-01", 2_161),
    ];
    let Some(told) = is_taken_in_whole(&place, None, &dated).await else { return };
    assert!(told.contains("Local coverage determinations, from 2025-08-01, rows: 972"), "{told}");
    let undated = [
        ("coverage/place-of-service-codes-derived.csv.gz", "Place of service codes, from 2026-01-01", 99),
        ("drugs/fda-unii-brand-names-derived.csv.gz", "FDA brand names, from 2026-01-01", 23_644),
    ];
    is_taken_in_whole(&place, Some(date(2026, 1, 1)), &undated).await;
}
