//! Editions: filled unseen, switched live, and laid over the built-in catalogue.

use caseconsult_core::{
    catalog::{
        Dataset, Descriptor, Edition, Entry, Interval, Setting, Sheet, Standing, TextSource, answer::Told,
        fact::mue::UnitLimit, layout::ncci_mue::AdjudicationIndicator, procedure_code::ProcedureCode, sheet::Fact as _,
    },
    domain::{
        code::{Code, CodeSystem},
        digest::Digest,
        ids::EditionId,
    },
};
use caseconsult_store::{Clock, Db, StoreError, catalogue};
use jiff::civil::{Date, date};

use super::{
    given::{MINUTE, NOON, noon},
    on_both,
};

on_both![
    an_import_is_seen_only_after_the_switch,
    the_same_file_is_imported_once_and_leftovers_are_removed,
    what_a_failed_import_left_goes_with_a_later_import_of_any_file,
    a_reposted_edition_replaces_the_earlier_one,
    an_imported_system_pushes_the_built_in_one_aside,
    both_ends_of_a_range_are_looked_up,
    many_rows_and_many_codes,
    parts_of_a_release_go_live_together_or_not_at_all,
    a_switch_by_another_process_is_seen_by_the_next_look_up,
    no_answer_mixes_the_editions_of_one_switch_with_the_rows_of_another,
    many_sheets_are_looked_up_at_once,
];

const ICD: CodeSystem = CodeSystem::Icd10Cm;

fn edition(system: CodeSystem, name: &str, from: Date, file: &str) -> Edition {
    Edition {
        id: EditionId::new(noon().id()),
        dataset: Dataset::Codes(system),
        name: name.to_owned(),
        publisher: "CMS".to_owned(),
        effective: Interval { from, to: None },
        sha256: Digest::of(file.as_bytes()),
        file_name: "file\0.txt".to_owned(),
        rows: 0,
        rejected: 0,
        imported_at: NOON,
    }
}

fn entry(edition: &Edition, code: &str, title: &str) -> Entry {
    Entry {
        edition: edition.id,
        system: edition.dataset.system().unwrap(),
        code: Code::normal(edition.dataset.system().unwrap(), code),
        title: Descriptor { text: title.to_owned(), source: TextSource::Public },
        short_title: "short\0".to_owned(),
        billable: true,
        valid: Interval { from: edition.effective.from, to: Some(date(2026, 9, 30)) },
        see_also: ["E119", "Z0000"].map(|code| Code::normal(edition.dataset.system().unwrap(), code)).to_vec(),
    }
}

async fn import(db: &Db, edition: Edition, codes: &[(&str, &str)]) {
    let import = catalogue::begin_import(db, &noon(), edition).await.unwrap().unwrap();
    let rows: Vec<_> = codes.iter().map(|(code, title)| entry(&import.edition, code, title)).collect();
    catalogue::add_rows(db, &rows).await.unwrap();
    catalogue::go_live(db, &noon(), import, rows.len() as u64, 1).await.unwrap();
}

async fn title(db: &Db, system: CodeSystem, code: &str) -> Option<String> {
    let code = Code::normal(system, code);
    let shelf = catalogue::shelf(db, &[(system, code.clone())]).await.unwrap();
    match shelf.standing(system, &code, date(2026, 3, 2)) {
        Standing::InForce { entry, .. } => Some(entry.title.text.clone()),
        _ => None,
    }
}

async fn an_import_is_seen_only_after_the_switch(db: Db) {
    let wanted = edition(ICD, "ICD-10-CM FY2026", date(2025, 10, 1), "a");
    let import = catalogue::begin_import(&db, &noon(), wanted.clone()).await.unwrap().unwrap();
    let row = entry(&import.edition, "A0123", "Invented");
    catalogue::add_rows(&db, &[row.clone(), row.clone()]).await.unwrap();
    assert!(catalogue::editions(&db).await.unwrap().is_empty());
    assert_eq!(title(&db, ICD, "A0123").await, None);
    catalogue::go_live(&db, &noon(), import, 1, 2).await.unwrap();
    let live = catalogue::editions(&db).await.unwrap();
    let expected = Edition { rows: 1, rejected: 2, file_name: "file.txt".to_owned(), ..wanted };
    assert_eq!(&*live, std::slice::from_ref(&expected));
    let shelf = catalogue::shelf(&db, &[(ICD, row.code.clone())]).await.unwrap();
    assert_eq!(shelf.entries(ICD, &row.code), [Entry { short_title: "short".to_owned(), ..row }]);
    assert!(shelf.editions().contains(&&expected));
}

async fn the_same_file_is_imported_once_and_leftovers_are_removed(db: Db) {
    let killed = edition(ICD, "FY2026", date(2025, 10, 1), "a");
    let import = catalogue::begin_import(&db, &noon(), killed.clone()).await.unwrap().unwrap();
    catalogue::add_rows(&db, &[entry(&killed, "A0123", "half")]).await.unwrap();
    let again = edition(ICD, "FY2026", date(2025, 10, 1), "a");
    self::import(&db, again.clone(), &[("B0123", "whole")]).await;
    assert_eq!(title(&db, ICD, "A0123").await, None);
    assert_eq!(title(&db, ICD, "B0123").await.as_deref(), Some("whole"));
    // The killed one cannot go on.
    assert!(catalogue::add_rows(&db, &[entry(&killed, "C0123", "late")]).await.is_err());
    let late = catalogue::go_live(&db, &noon(), import, 1, 0).await;
    assert!(matches!(late, Err(StoreError::NotFound(_))), "{late:?}");
    let third = edition(ICD, "FY2026", date(2025, 10, 1), "a");
    assert!(catalogue::begin_import(&db, &noon(), third).await.unwrap().is_none());
}

async fn what_a_failed_import_left_goes_with_a_later_import_of_any_file(db: Db) {
    let begun = async |minutes: u32, file: &str| {
        let clock = Clock::fixed(NOON.plus(MINUTE * minutes));
        let edition = edition(ICD, file, date(2026, 10, 1), file);
        let import = catalogue::begin_import(&db, &clock, edition).await.unwrap().unwrap();
        catalogue::add_rows(&db, &[entry(&import.edition, "E119", file)]).await.unwrap();
        import
    };
    let failed = begun(0, "an import that failed").await;
    let under_way = begun(50, "an import under way").await;
    let next = begun(100, "the next").await;
    let gone = catalogue::go_live(&db, &noon(), failed, 1, 0).await;
    assert!(matches!(gone, Err(StoreError::NotFound("edition"))), "{gone:?}");
    for import in [under_way, next] {
        catalogue::go_live(&db, &noon(), import, 1, 0).await.unwrap();
    }
}

async fn a_reposted_edition_replaces_the_earlier_one(db: Db) {
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "a"), &[("A0123", "first"), ("B0123", "gone")]).await;
    import(&db, edition(ICD, "FY2025", date(2024, 10, 1), "b"), &[("A0123", "of last year")]).await;
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "c"), &[("A0123", "second")]).await;
    assert_eq!(title(&db, ICD, "A0123").await.as_deref(), Some("second"));
    let live = catalogue::editions(&db).await.unwrap();
    let names: Vec<_> = live.iter().map(|edition| edition.name.as_str()).collect();
    assert_eq!(names, ["FY2025", "FY2026"]);
}

async fn an_imported_system_pushes_the_built_in_one_aside(db: Db) {
    let built_in = title(&db, ICD, "E11.9").await.expect("the built-in catalogue has it");
    assert!(title(&db, CodeSystem::Cpt, "21256").await.is_some());
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "a"), &[("E11.9", "as imported")]).await;
    assert_ne!(built_in, "as imported");
    assert_eq!(title(&db, ICD, "E11.9").await.as_deref(), Some("as imported"));
    assert_eq!(title(&db, ICD, "I10").await, None, "the imported edition does not list it");
    assert!(title(&db, CodeSystem::Cpt, "21256").await.is_some(), "another system's built-in rows stay");
    let shelf = catalogue::shelf(&db, &[]).await.unwrap();
    let of_icd: Vec<_> =
        shelf.editions().into_iter().filter(|edition| edition.dataset == Dataset::Codes(ICD)).collect();
    assert_eq!(of_icd.iter().map(|edition| edition.name.as_str()).collect::<Vec<_>>(), ["FY2026"]);
}

async fn both_ends_of_a_range_are_looked_up(db: Db) {
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "a"), &[("E11.0", "low"), ("E11.9", "high")]).await;
    let (low, high) = (Code::normal(ICD, "E11.0"), Code::normal(ICD, "E11.9"));
    let shelf = catalogue::shelf(&db, &[(ICD, Code::range(&low, &high))]).await.unwrap();
    assert!(shelf.knows(ICD, &low) && shelf.knows(ICD, &high));
}

async fn many_rows_and_many_codes(db: Db) {
    let codes: Vec<String> = (0..6_001).map(|n| format!("A{n:05}")).collect();
    let named: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), code.as_str())).collect();
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "a"), &named).await;
    let wanted: Vec<_> = codes.iter().take(1_203).map(|code| (ICD, Code::normal(ICD, code))).collect();
    let shelf = catalogue::shelf(&db, &wanted).await.unwrap();
    assert!(wanted.iter().all(|(system, code)| shelf.knows(*system, code)));
}

async fn parts_of_a_release_go_live_together_or_not_at_all(db: Db) {
    let mut parts = Vec::new();
    for system in [CodeSystem::Hcpcs, CodeSystem::Modifier] {
        let part = edition(system, "2026 April", date(2026, 4, 1), "release");
        parts.push((catalogue::begin_import(&db, &noon(), part).await.unwrap().unwrap(), 0, 0));
    }
    let foreign = catalogue::Import { edition: edition(ICD, "never begun", date(2026, 4, 1), "x") };
    parts.push((foreign, 0, 0));
    assert!(matches!(catalogue::go_live_together(&db, &noon(), &parts).await, Err(StoreError::NotFound(_))));
    assert!(catalogue::editions(&db).await.unwrap().is_empty());
    parts.pop();
    catalogue::go_live_together(&db, &noon(), &parts).await.unwrap();
    assert_eq!(catalogue::editions(&db).await.unwrap().len(), 2);
}

/// The same database as another process knows it: nothing is remembered there.
fn another(db: &Db) -> Db {
    match db {
        Db::Sqlite { write, read, .. } => Db::on_sqlite(write.clone(), read.clone()),
        Db::Postgres { pool, .. } => Db::on_postgres(pool.clone()),
    }
}

async fn a_switch_by_another_process_is_seen_by_the_next_look_up(db: Db) {
    let other = another(&db);
    let built_in = title(&other, ICD, "E11.9").await;
    assert!(built_in.is_some() && catalogue::editions(&other).await.unwrap().is_empty());
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "a"), &[("E11.9", "first")]).await;
    assert_eq!(title(&other, ICD, "E11.9").await.as_deref(), Some("first"));
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), "b"), &[("E11.9", "second")]).await;
    assert_eq!(title(&other, ICD, "E11.9").await.as_deref(), Some("second"));
    // What is begun and not live yet is no switch.
    catalogue::begin_import(&db, &noon(), edition(ICD, "FY2026", date(2025, 10, 1), "c")).await.unwrap().unwrap();
    let live = catalogue::editions(&other).await.unwrap();
    assert_eq!(live.iter().map(|edition| edition.sha256.clone()).collect::<Vec<_>>(), [Digest::of(b"b")]);
    catalogue::remove_edition(&db, live.first().unwrap().id).await.unwrap();
    assert_eq!(title(&other, ICD, "E11.9").await, built_in);
}

async fn no_answer_mixes_the_editions_of_one_switch_with_the_rows_of_another(db: Db) {
    const SWITCHES: usize = 25;
    let titles: Vec<String> = (0..SWITCHES).map(|n| format!("posted for the {n}. time")).collect();
    let first = titles.first().unwrap();
    import(&db, edition(ICD, "FY2026", date(2025, 10, 1), first), &[("E11.9", first)]).await;
    let other = another(&db);
    let code = Code::normal(ICD, "E11.9");
    let posting = async {
        for title in titles.iter().skip(1) {
            import(&db, edition(ICD, "FY2026", date(2025, 10, 1), title), &[("E11.9", title)]).await;
        }
    };
    let asking = async {
        loop {
            let shelf = catalogue::shelf(&other, &[(ICD, code.clone())]).await.unwrap();
            let Standing::InForce { entry, edition } = shelf.standing(ICD, &code, date(2026, 3, 2)) else {
                panic!("always one of them is live");
            };
            assert_eq!(edition.sha256, Digest::of(entry.title.text.as_bytes()));
            if Some(&entry.title.text) == titles.last() {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(posting, asking);
}

async fn many_sheets_are_looked_up_at_once(db: Db) {
    let table = Dataset::Mue(Setting::Practitioner);
    let wanted = Edition { dataset: table, ..edition(ICD, "MUE", date(2026, 4, 1), "m") };
    let import = catalogue::begin_import(&db, &noon(), wanted.clone()).await.unwrap().unwrap();
    let code = |n: u32| ProcedureCode::read(format!("{:05}", 10_000 + n).as_bytes()).unwrap();
    let limit = |units: u32| UnitLimit { units, adjudication: AdjudicationIndicator::Line, rationale: String::new() };
    let sheets: Vec<Sheet> =
        (0..1_500).map(|n| Sheet { edition: wanted.id, key: code(n).to_string(), body: limit(n).to_body() }).collect();
    catalogue::add_sheets(&db, &sheets).await.unwrap();
    catalogue::go_live(&db, &noon(), import, 1_500, 0).await.unwrap();
    let keys: Vec<String> = (0..1_600).map(|n| code(n).to_string()).collect();
    let day = date(2026, 5, 1);
    let desk = catalogue::desk(&db, &[table], &keys, &[day]).await.unwrap();
    for n in [0, 499, 500, 1_499] {
        let told = desk.units(table, code(n), day).unwrap();
        assert_eq!(told.value().map(|limit| limit.units), Some(n));
    }
    assert!(matches!(desk.units(table, code(1_500), day).unwrap(), Told::NotInTable { .. }));
}
