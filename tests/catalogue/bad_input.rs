//! Bad files, a full disk and a killed process: told with file, line and reason, and what is live stays as it was.

use std::{
    io::{Cursor, Write as _},
    process::{Command, Stdio},
    time::Duration,
};

use caseconsult::command::codes::release::{self as codes, ImportOptions};
use caseconsult_store::Db;
use sqlx::AssertSqlSafe;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{command::order, place::Place};
use crate::store::{given, on_both};

on_both![
    a_bad_file_is_told_by_name_line_and_reason_and_changes_nothing,
    a_few_bad_lines_are_told_and_left_out,
    an_edit_that_is_in_force_twice_is_refused_with_its_pair,
];

const PTP: &str = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier \
                   0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n";

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

fn ptp_options() -> ImportOptions {
    ImportOptions { parts: Some(1), accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() }
}

fn many(count: usize) -> String {
    let codes: Vec<String> = (0..count).map(|n| format!("A{:02}{:03}", n / 1000, n % 1000)).collect();
    order(&codes.iter().map(String::as_str).collect::<Vec<_>>())
}

async fn a_bad_file_is_told_by_name_line_and_reason_and_changes_nothing(db: Db) {
    let place = Place::of(db);
    place.takes("icd10cm_order_2025.txt", order(&["A000"])).await;
    let before = codes::editions(&place.db).await.unwrap();
    let list = order(&["A000", "A001"]);
    let whole = zipped("icd10cm_order_2026.txt", many(500).as_bytes());
    let wide: Vec<u8> = list.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let shifted = format!("{PTP}0\t20610\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n");
    let undated = format!("{PTP}20610\t76942\t\t20150231\t*\t1\tMore extensive procedure\r\n");
    let cut = format!("{list}00003 A0021 a line cut");
    let no_kind = "not a file that can be imported";
    for (name, bytes, reasons) in [
        ("truncated_2026.zip", &whole[..whole.len() / 2], &["not downloaded to its end"][..]),
        ("icd10cm_order_2026.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", &[no_kind]),
        ("icd10cm_wide_order_2026.txt", &wide, &[no_kind]),
        ("icd10cm_order_2026.txt", cut.as_bytes(), &["line 3", "do not fit the layout"]),
        ("ccipra-v302r0-f1.txt", shifted.as_bytes(), &["line 2", "the columns do not fit the layout"]),
        ("ccipra-v302r0-f1.txt", undated.as_bytes(), &["line 2", "effective date is not a date"]),
    ] {
        let file = place.file(name, bytes);
        let failure = place.import(&[file], &ptp_options()).await.expect_err(name);
        let told = format!("{failure:#}");
        assert!(told.contains(name) && reasons.iter().all(|reason| told.contains(reason)), "{name}: {told}");
        assert_eq!(codes::editions(&place.db).await.unwrap(), before, "{name}");
    }
    // The mended files go in.
    place.takes("icd10cm_order_2026.txt", list).await;
    let mended = place
        .file("ccipra-v302r0-f1.txt", format!("{PTP}20610\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n"));
    place.import(&[mended], &ptp_options()).await.unwrap();
    assert_eq!(place.live().await.len(), 3);
}

async fn a_few_bad_lines_are_told_and_left_out(db: Db) {
    let place = Place::of(db);
    let lines = many(60) + "00061 A0000 a line cut\r\n" + &order(&["A00000"]);
    let file = place.file("icd10cm_order_2026.txt", lines);
    let reports = place.import(&[file], &ImportOptions::default()).await.unwrap();
    let told: Vec<String> = reports[0].report.first_rejected.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["line 61: the columns do not fit the layout", "line 62: the code was listed before"]);
    assert_eq!(reports[0].live.first().map(|edition| (edition.rows, edition.rejected)), Some((60, 2)));
}

async fn an_edit_that_is_in_force_twice_is_refused_with_its_pair(db: Db) {
    let place = Place::of(db);
    let twice = "20610\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n\
                 20610\t76942\t\t20160101\t*\t0\tMore extensive procedure\r\n";
    let file = place.file("ccipra-v302r0-f1.txt", format!("{PTP}{twice}"));
    let failure = place.import(&[file], &ptp_options()).await.expect_err("it contradicts itself");
    let told = format!("{failure:#}");
    for part in ["ccipra-v302r0-f1.txt", "contradicts itself", "20610 with 76942", "in force on one day"] {
        assert!(told.contains(part), "{told}");
    }
    assert!(place.live().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_the_next_import_completes() {
    let (db, _folder) = given::sqlite().await;
    let place = Place::of(db.clone());
    let Db::Sqlite { write, .. } = &db else { panic!("opened otherwise") };
    place.takes("icd10cm_order_2025.txt", order(&["A000"])).await;
    let before = codes::editions(&db).await.unwrap();
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(write).await.unwrap();
    let limit = async |pages: i64| {
        let set = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query_scalar::<_, i64>(set).fetch_one(write).await.unwrap()
    };
    limit(pages + 50).await;
    let file = place.file("icd10cm_order_2026.txt", many(8_000));
    let failure = place.import(std::slice::from_ref(&file), &ImportOptions::default()).await.expect_err("no room");
    let told = format!("{failure:#}");
    assert!(told.contains("icd10cm_order_2026.txt") && told.contains("disk is full"), "{told}");
    assert_eq!(codes::editions(&db).await.unwrap(), before);
    limit(1_000_000).await;
    let reports = place.import(&[file], &ImportOptions::default()).await.unwrap();
    assert_eq!(reports[0].live.first().map(|edition| edition.rows), Some(8_000));
    assert_eq!(place.live().await, ["ICD-10-CM FY2025", "ICD-10-CM FY2026"]);
}

/// Rows stored, seen or not.
async fn stored(db: &Db) -> i64 {
    let Db::Sqlite { read, .. } = db else { panic!("opened otherwise") };
    sqlx::query_scalar("SELECT COUNT(*) FROM codes").fetch_one(read).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_leaves_nothing_that_is_seen_and_a_second_run_completes() {
    const CODES: usize = 60_000;
    let (db, folder) = given::sqlite().await;
    let place = Place::of(db.clone());
    let file = place.file("icd10cm_order_2026.txt", many(CODES));
    let mut import = Command::new(env!("CARGO_BIN_EXE_caseconsult"))
        .args(["codes", "--database", &given::sqlite_settings(&folder).url, "import"])
        .arg(&file)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while stored(&db).await == 0 {
        assert!(import.try_wait().unwrap().is_none(), "it ended before its first rows");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    import.kill().unwrap();
    import.wait().unwrap();
    assert!(place.live().await.is_empty() && stored(&db).await > 0, "killed between its first rows and the switch");
    place.import(&[file], &ImportOptions::default()).await.unwrap();
    assert_eq!(place.live().await, ["ICD-10-CM FY2026"]);
    assert_eq!(stored(&db).await, i64::try_from(CODES).unwrap(), "what the first run left is gone");
}
