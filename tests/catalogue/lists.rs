//! The lists around the code sets: taken in, counted, and what they answer on a date of service.

use std::{fs, path::PathBuf};

use caseconsult::command::{
    codes::{
        release::{self as codes, ImportOptions, ImportReport},
        verify,
    },
    progress::Silent,
};
use caseconsult_core::domain::instant::Instant;
use caseconsult_store::{Clock, Db};
use tempfile::TempDir;

use super::codesets;
use crate::store::given;

struct Place {
    db: Db,
    clock: Clock,
    folder: TempDir,
}

impl Place {
    fn of(db: Db) -> Self {
        let clock = Clock::fixed(Instant::from_micros(1_795_305_600_000_000));
        Self { db, clock, folder: TempDir::new().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file
    }

    async fn import(&self, files: &[PathBuf], options: &ImportOptions) -> anyhow::Result<Vec<ImportReport>> {
        codes::import(&self.db, &self.clock, files, options, &Silent).await
    }

    async fn verified(&self) -> String {
        let mut told = Vec::new();
        let outcome = verify::verify(&self.db, &mut told, false).await;
        let told = String::from_utf8(told).unwrap();
        assert!(outcome.is_ok(), "{told}");
        told
    }
}

/// Straight from the published file, with the count of its description, and the same again when counted in the store.
/// At full size on one database; the other tests run on both.
async fn is_taken_in_whole(files: &[(&str, &str, u64)]) -> String {
    let (db, _folder) = given::sqlite().await;
    let place = Place::of(db);
    for (path, name, rows) in files {
        let Some(bytes) = codesets::bytes(path) else { return String::new() };
        let file = place.file(path.rsplit('/').next().unwrap(), bytes);
        let reports = place.import(std::slice::from_ref(&file), &ImportOptions::default()).await.unwrap();
        let live = &reports[0].live[0];
        assert_eq!((reports.len(), live.name.as_str(), live.rows, live.rejected), (1, *name, *rows, 0));
        let again = place.import(&[file], &ImportOptions::default()).await.unwrap();
        assert!(again[0].live.is_empty(), "{path}: the same bytes change nothing");
    }
    place.verified().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tabular_list_is_taken_in_whole() {
    let rows = 22 + 297 + 46_881;
    is_taken_in_whole(&[(
        "icd10cm/icd10c-tabular-April-1-2026.xml.gz",
        "ICD-10-CM tabular list FY2026, April update",
        rows,
    )])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_part_of_the_index_is_taken_in_whole() {
    is_taken_in_whole(&[
        ("icd10cm/icd10cm-2025-index-derived.csv.gz", "ICD-10-CM index to diseases and injuries FY2025", 81_024),
        ("icd10cm/icd10cm-2025-externalindex-derived.csv.gz", "ICD-10-CM index of external causes FY2025", 8_064),
        ("icd10cm/icd10cm-2025-neoplasms-derived.csv.gz", "ICD-10-CM table of neoplasms FY2025", 1_939),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lists_of_diagnoses_are_taken_in_whole() {
    is_taken_in_whole(&[
        ("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx", "ICD-10-CM conversion table FY2026", 5_892),
        ("icd10cm/POAexemptCodesFY26.zip", "Present-on-admission exempt list FY2026", 38_349),
        ("icd10cm/icd10cm_order_addenda_April_2026.txt", "ICD-10-CM addenda FY2026, April update", 0),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_hcpcs_are_taken_in_whole() {
    let told = is_taken_in_whole(&[
        ("hcpcs/hcpcs-2024q3-derived.csv.gz", "HCPCS Level II 2024 July", 8_033),
        ("hcpcs/hcpcs-2025q4-derived-descriptions.csv.gz", "HCPCS Level II 2025 October", 8_463),
    ])
    .await;
    assert!(told.is_empty() || told.contains("HCPCS Level II modifiers 2025 October, rows: 383"), "{told}");
    assert!(!told.contains("HCPCS Level II modifiers 2024"), "a list without a modifier says nothing of modifiers");
}
