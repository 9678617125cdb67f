//! `caseconsult codes import` into either database.

use std::{
    fs::{self, File},
    path::Path,
    sync::Mutex,
};

use caseconsult::command::{
    codes::{
        facts,
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
    a_dry_run_says_what_would_change_and_changes_nothing,
    a_header_tells_what_is_billable_below_it,
    files_named_together_are_read_together_and_switched_on_in_order,
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

/// An order file of billable codes.
pub(super) fn order(codes: &[&str]) -> String {
    codes.iter().enumerate().map(|(n, code)| format!("{n:05} {code:<7} 1 {:<60} Long title\r\n", "Short")).collect()
}

const HCPCS: &str = "***Disclaimers\r\n   ZZ001007An invented modifier\r\nA0021001003Ambulance\r\n";
const ICD: CodeSystem = CodeSystem::Icd10Cm;

async fn a_file_goes_live_once_and_again_changes_nothing(db: Db) {
    let place = Place::of(db);
    let file = place.file("icd10cm_order_2026.txt", order(&["A000", "Z999"]));
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
    place.one(&place.file("icd10cm_order_2026.txt", order(&["A000", "A001"]))).await.unwrap();
    assert_eq!(place.standing(ICD, "A00.1", day).await, "in force");
    place.one(&place.file("icd10cm_order_2026.txt", order(&["A000", "A002"]))).await.unwrap();
    assert_eq!(place.live().await, ["ICD-10-CM FY2026"]);
    assert_eq!(place.standing(ICD, "A00.1", day).await, "unknown");
    assert_eq!(place.standing(ICD, "A00.2", day).await, "in force");
}

async fn a_broken_file_is_named_and_leaves_the_catalogue_as_it_was(db: Db) {
    let place = Place::of(db);
    place.one(&place.file("icd10cm_order_2025.txt", order(&["A000"]))).await.unwrap();
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
    place.one(&place.file("icd10cm_order_2026.txt", order(&["A000", "A001"]))).await.unwrap();
    assert_eq!(place.live().await, ["ICD-10-CM FY2025", "ICD-10-CM FY2026"]);
}

async fn a_killed_import_is_never_seen_and_the_next_one_completes_it(db: Db) {
    let place = Place::of(db);
    let file = place.file("icd10cm_order_2026.txt", order(&["A000", "A001"]));
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
    // The addenda beside it: 748 changes at 687 codes.
    let [addenda] = reports[1].live.as_slice() else { panic!("{reports:?}") };
    assert_eq!((addenda.dataset, addenda.rows), (Dataset::Icd10CmAddenda, 748));
    assert_eq!(told.last().map(|(_, rows)| *rows), Some(98_186 + 687));
}

async fn a_dry_run_says_what_would_change_and_changes_nothing(db: Db) {
    let place = Place::of(db);
    let first = place.file("icd10cm_order_2026.txt", order(&["A000", "A001", "A002"]));
    place.one(&first).await.unwrap();
    let before = codes::editions(&place.db).await.unwrap();
    let dry = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let told = async |name: &str, text: String| {
        let reports = place.import(&[place.file(name, text)], &dry).await.unwrap();
        let mut told = Vec::new();
        report::print_reports(&mut told, &reports, true).unwrap();
        String::from_utf8(told).unwrap()
    };
    let again = told("icd10cm_order_2026.txt", order(&["A000", "A001", "A002"])).await;
    assert!(again.contains("imported before, it would change nothing"), "{again}");
    let retitled = order(&["A000", "A003"]) + &order(&["A001"]).replace("Long title", "Another title");
    let reposted = told("icd10cm_order_2026.txt", retitled).await;
    for part in [
        "ICD-10-CM FY2026 could go live from 2025-10-01 to 2026-09-30, codes: 3",
        "would be replaced; added: 1, removed: 1, retitled: 1, changed: 0",
        "added     A00.3",
        "removed   A00.2",
        "retitled  A00.1: Long title -> Another title",
    ] {
        assert!(reposted.contains(part) || reposted.contains(&part.replace("from ", "")), "{part} in {reposted}");
    }
    let next = told("icd10cm_order_2027.txt", order(&["A000", "A001"])).await;
    let expected = "against ICD-10-CM FY2026, which stays; added: 0, removed: 1, retitled: 0, changed: 0";
    assert!(next.contains(expected), "{next}");
    // Edits are compared row by row.
    let edits = |rows: &str| {
        format!(
            "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier \
             0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n{rows}"
        )
    };
    let one = "20610\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n";
    let two = "20611\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n";
    let options = ImportOptions { parts: Some(1), accepted_by: Some("Ana".to_owned()), ..ImportOptions::default() };
    let file = place.file("ccipra-v302r0-f1.txt", edits(&format!("{one}{two}")));
    place.import(&[file], &options).await.unwrap();
    let changed = one.replace("\t1\t", "\t0\t") + "20612\t76942\t\t20150101\t*\t1\tMore extensive procedure\r\n";
    let file = place.file("ccipra-v303r0-f1.txt", edits(&changed));
    let reports = place.import(&[file], &ImportOptions { dry_run: true, ..options }).await.unwrap();
    let changes = &reports[0].followed[0].changes;
    assert_eq!((changes.added, changes.removed, changes.changed), (1, 1, 1), "{changes:?}");
    let after = codes::editions(&place.db).await.unwrap();
    assert_eq!(after.len(), before.len() + 1, "the dry runs left nothing");
    assert!(before.iter().all(|edition| after.contains(edition)));
}

async fn a_header_tells_what_is_billable_below_it(db: Db) {
    let place = Place::of(db);
    let billable: Vec<String> = (0..14).map(|n| format!("A00{n:02}")).chain(["A01".to_owned()]).collect();
    let header = order(&["A00", "A000"]).replace(" 1 ", " 0 ");
    let list = header + &order(&billable.iter().map(String::as_str).collect::<Vec<_>>());
    place.takes("icd10cm_order_2026.txt", list).await;
    let day = date(2026, 3, 1);
    for (code, count, first) in [("A00", 14, "A00.00"), ("A00.0", 10, "A00.00")] {
        let told = place.show(code, day).await;
        let below = &told["systems"][0]["billable_below"];
        assert_eq!((&below["count"], &below["first"][0]["code"]), (&count.into(), &first.into()), "{told}");
        assert_eq!(below["first"][0]["title"], "Long title");
    }
    assert_eq!(place.show("A01", day).await["systems"][0]["billable_below"], serde_json::Value::Null);
    let mut out = Vec::new();
    facts::show(&place.db, &mut out, "A00", facts::Asked::on(day), false).await.unwrap();
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("Billable below it: A00.00, A00.01, ") && told.contains("A00.11 and 2 more."), "{told}");
}

async fn files_named_together_are_read_together_and_switched_on_in_order(db: Db) {
    let place = Place::of(db);
    let years: Vec<_> = (2020..2026)
        .map(|year| {
            place.file(&format!("icd10cm_order_{year}.txt"), order(&["A000", format!("B{}", year - 1920).as_str()]))
        })
        .collect();
    let broken = place.file("icd10cm_order_2027.txt", "00001 A0021 a line cut short\r\n");
    let never = place.file("icd10cm_order_2028.txt", order(&["A000"]));
    let twice = place.file("copy_of_icd10cm_order_2020.txt", order(&["A000", "B100"]));
    let files = [years.as_slice(), &[twice, broken, never]].concat();
    let failure = place.import(&files, &ImportOptions::default()).await.expect_err("one of them is broken");
    assert!(format!("{failure:#}").contains("icd10cm_order_2027.txt"), "{failure:#}");
    let names: Vec<String> = (2020..2026).map(|year| format!("ICD-10-CM FY{year}")).collect();
    assert_eq!(place.live().await, names, "those before it, and none after it");
    assert_eq!(place.standing(ICD, "B10.0", date(2020, 1, 1)).await, "in force");
    let named_twice = [years[0].clone(), years[0].clone()];
    let again = place.import(&named_twice, &ImportOptions::default()).await.unwrap();
    assert!(again.iter().all(|report| report.live.is_empty()));
}
