//! `caseconsult codes import` into either database.

use std::{
    fs::{self, File},
    path::Path,
    sync::Mutex,
};

use caseconsult::command::{
    codes::{
        release::{self as codes, ImportOptions, ImportReport},
        report,
    },
    progress::{Progress, Silent},
};
use caseconsult_core::{
    catalog::{
        Dataset, Descriptor, Entry, Standing, TextSource,
        release::{self, Said},
    },
    domain::{
        code::{Code, CodeSystem},
        digest::Digest,
        ids::EditionId,
    },
};
use caseconsult_store::{Db, catalogue};
use jiff::civil::{Date, date};

use super::{codesets, place::Place};
use crate::store::on_both;

on_both![
    a_file_goes_live_once_and_again_changes_nothing,
    one_hcpcs_file_makes_codes_and_modifiers_live,
    a_reposted_file_replaces_its_predecessor,
    a_broken_file_is_named_and_leaves_the_catalogue_as_it_was,
    a_killed_import_is_never_seen_and_the_next_one_completes_it,
    the_operators_date_is_obeyed_and_told,
    a_whole_year_is_imported_and_answers,
];

impl Place {
    /// One file of one release.
    async fn one(&self, file: &Path) -> anyhow::Result<ImportReport> {
        let mut reports = self.import(&[file.to_owned()], &ImportOptions::default()).await?;
        Ok(reports.remove(0))
    }

    /// The standing of a code in a word.
    async fn standing(&self, system: CodeSystem, code: &str, day: Date) -> &'static str {
        let code = Code::normal(system, code);
        let shelf = catalogue::shelf(&self.db, &[(system, code.clone())]).await.unwrap();
        match shelf.standing(system, &code, day) {
            Standing::InForce { .. } => "in force",
            Standing::Header { .. } => "header",
            Standing::NotYet { .. } => "not yet",
            Standing::Ended { .. } => "ended",
            Standing::Unknown { .. } => "unknown",
        }
    }
}

fn order(codes: &[&str]) -> String {
    codes.iter().enumerate().map(|(n, code)| format!("{n:05} {code:<7} 1 {:<60} Long title\r\n", "Short")).collect()
}

const HCPCS: &str = "***Disclaimers\r\n   ZZ001007An invented modifier\r\nA0021001003Ambulance\r\n";
const ICD: CodeSystem = CodeSystem::Icd10Cm;

async fn a_file_goes_live_once_and_again_changes_nothing(db: Db) {
    let place = Place::of(db);
    let file = place.file("icd10cm_order_2026.txt", &order(&["A000", "Z999"]));
    let first = place.one(&file).await.unwrap();
    assert_eq!(
        first.live.iter().map(|edition| (edition.name.as_str(), edition.rows)).collect::<Vec<_>>(),
        [("ICD-10-CM FY2026", 2)]
    );
    let before = codes::editions(&place.db).await.unwrap();
    let again = place.one(&file).await.unwrap();
    assert!(again.live.is_empty());
    assert_eq!(codes::editions(&place.db).await.unwrap(), before);
    assert_eq!(place.standing(ICD, "Z99.9", date(2026, 3, 1)).await, "in force");
    assert_eq!(place.standing(ICD, "B00", date(2026, 3, 1)).await, "unknown");
}

async fn one_hcpcs_file_makes_codes_and_modifiers_live(db: Db) {
    let place = Place::of(db);
    let report = place.one(&place.file("HCPC2020_OCT_ANWEB.txt", HCPCS)).await.unwrap();
    assert_eq!(report.live.len(), 2);
    assert_eq!(place.live().await, ["HCPCS Level II 2020 October", "HCPCS Level II modifiers 2020 October"]);
    let day = date(2020, 10, 1);
    assert_eq!(place.standing(CodeSystem::Hcpcs, "A0021", day).await, "in force");
    assert_eq!(place.standing(CodeSystem::Modifier, "ZZ", day).await, "in force");
}

async fn a_reposted_file_replaces_its_predecessor(db: Db) {
    let place = Place::of(db);
    let day = date(2026, 3, 1);
    place.one(&place.file("icd10cm_order_2026.txt", &order(&["A000", "A001"]))).await.unwrap();
    assert_eq!(place.standing(ICD, "A00.1", day).await, "in force");
    place.one(&place.file("icd10cm_order_2026.txt", &order(&["A000", "A002"]))).await.unwrap();
    assert_eq!(place.live().await, ["ICD-10-CM FY2026"]);
    assert_eq!(place.standing(ICD, "A00.1", day).await, "unknown");
    assert_eq!(place.standing(ICD, "A00.2", day).await, "in force");
}

async fn a_broken_file_is_named_and_leaves_the_catalogue_as_it_was(db: Db) {
    let place = Place::of(db);
    place.one(&place.file("icd10cm_order_2025.txt", &order(&["A000"]))).await.unwrap();
    let before = codes::editions(&place.db).await.unwrap();
    let broken = order(&["A000", "A001"]) + "00003 A0021 a line cut short\r\n";
    for (name, text) in [
        ("icd10cm_order_2026.txt", broken.as_str()),
        ("icd10cm_codes_2026.txt", "A000    Cholera\r\n"),
        ("anweb.txt", HCPCS),
        ("2026.zip", "PK\u{3}\u{4} and no more"),
    ] {
        let failure = place.one(&place.file(name, text)).await.expect_err(name);
        assert!(format!("{failure:#}").contains(name), "{failure:#}");
        assert_eq!(codes::editions(&place.db).await.unwrap(), before, "{name}");
    }
    let missing = place.folder.path().join("icd10cm_order_2027.txt");
    assert!(place.one(&missing).await.is_err());
    // The mended file goes in.
    place.one(&place.file("icd10cm_order_2026.txt", &order(&["A000", "A001"]))).await.unwrap();
    assert_eq!(place.live().await, ["ICD-10-CM FY2025", "ICD-10-CM FY2026"]);
}

async fn a_killed_import_is_never_seen_and_the_next_one_completes_it(db: Db) {
    let place = Place::of(db);
    let file = place.file("icd10cm_order_2026.txt", &order(&["A000", "A001"]));
    // What a process leaves behind that dies between the first rows and the switch.
    let release =
        release::plan("icd10cm_order_2026.txt", File::open(&file).unwrap(), Said::default()).unwrap().remove(0);
    let id = EditionId::new(place.clock.id());
    let digest = Digest::of(&fs::read(&file).unwrap());
    let edition = release.edition(Dataset::Codes(ICD), id, "icd10cm_order_2026.txt", digest, place.clock.now());
    let entry = Entry {
        edition: id,
        system: ICD,
        code: Code::normal(ICD, "A000"),
        title: Descriptor { text: "Half".to_owned(), source: TextSource::Public },
        short_title: String::new(),
        billable: true,
        valid: release.effective,
        see_also: Vec::new(),
    };
    let import = catalogue::begin_import(&place.db, &place.clock, edition).await.unwrap().expect("not live yet");
    catalogue::add_rows(&place.db, &[entry]).await.unwrap();
    drop(import);
    assert!(place.live().await.is_empty());

    let report = place.one(&file).await.unwrap();
    assert_eq!(report.live.first().map(|edition| edition.rows), Some(2));
    let shelf = catalogue::shelf(&place.db, &[(ICD, Code::normal(ICD, "A000"))]).await.unwrap();
    let standing = shelf.standing(ICD, &Code::normal(ICD, "A000"), date(2026, 1, 1));
    let Standing::InForce { entry, .. } = standing else { panic!("{standing:?}") };
    assert_eq!(entry.title.text, "Long title");
}

async fn the_operators_date_is_obeyed_and_told(db: Db) {
    let place = Place::of(db);
    let file = place.file("anweb.txt", HCPCS);
    let options = ImportOptions { effective: Some(date(2027, 1, 1)), ..ImportOptions::default() };
    let reports = codes::import(&place.db, &place.clock, &[file], &options, &Silent).await.unwrap();
    let mut told = Vec::new();
    report::print_reports(&mut told, &reports, false).unwrap();
    report::print_editions(&mut told, &codes::editions(&place.db).await.unwrap(), date(2026, 11, 22)).unwrap();
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("HCPCS Level II 2027 January is live from 2027-01-01, codes: 1"), "{told}");
    assert!(
        told.contains("HCPCS Level II modifiers 2027 January (CMS), from 2027-01-01; codes: 1, refused lines: 0"),
        "{told}"
    );
}

/// Keeps what it was told.
#[derive(Default)]
struct Told(Mutex<Vec<(u64, u64)>>);

impl Progress for Told {
    fn begin(&self, _file: &str, bytes: u64) {
        self.0.lock().unwrap().push((bytes, 0));
    }

    fn advance(&self, bytes: u64, rows: u64) {
        self.0.lock().unwrap().push((bytes, rows));
    }

    fn end(&self) {}
}

async fn a_whole_year_is_imported_and_answers(db: Db) {
    let Some(bytes) = codesets::bytes("icd10cm/2026-code-descriptions-tabular-order.zip") else { return };
    let place = Place::of(db);
    let file = place.folder.path().join("2026.zip");
    fs::write(&file, bytes).unwrap();
    let told = Told::default();
    let options = ImportOptions::default();
    let reports = codes::import(&place.db, &place.clock, &[file], &options, &told).await.unwrap();
    let [edition] = reports[0].live.as_slice() else { panic!("{reports:?}") };
    assert_eq!((edition.rows, edition.rejected), (98_186, 0));
    assert_eq!(place.standing(ICD, "G35", date(2026, 3, 1)).await, "header");
    assert_eq!(place.standing(ICD, "G35.A", date(2026, 3, 1)).await, "in force");
    let told = told.0.into_inner().unwrap();
    assert!(told.windows(2).skip(1).all(|pair| pair[0].1 < pair[1].1), "rows rise: {told:?}");
    assert_eq!(told.last().map(|(_, rows)| *rows), Some(98_186));
}
