//! `codes search`: codes from words, out of what was imported, for a date of service. How often the right code comes first is
//! measured elsewhere (`search/tests/questions`).

use std::path::Path;

use caseconsult::{
    command::codes::search,
    search::{self as index, Held},
};
use caseconsult_core::{domain::code::CodeSystem, search::rank::Asked};
use caseconsult_store::{Db, catalogue};
use jiff::civil::{Date, date};
use serde_json::Value;
use tempfile::TempDir;

use super::place::Place;
use crate::store::on_both;

on_both![
    words_find_the_codes_of_the_day,
    an_import_switches_the_index_that_is_held,
    an_index_is_kept_beside_its_file_and_swept_with_its_state,
];

const SPRING: Date = date(2026, 5, 4);
const TABLE: &str = "HCPC,LONG DESCRIPTION,ADD DT,TERM DT,XREF\n\
    J0001,\"Injection, inventumab, 5 mg\",20200101,20251231,J0002\n\
    J0002,\"Injection, inventumab, 10 mg\",20260101,,\n\
    E0001,\"Walker, invented, with wheels\",20200101,,\n";

async fn found(db: &Db, held: &Held, words: &str, asked: Asked) -> Vec<Value> {
    let mut out = Vec::new();
    let index = held.index(db).await.unwrap();
    search::search(db, &index, &mut out, words, asked, 5, true).await.unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn codes(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["code"].as_str()).collect()
}

const fn on(on: Date) -> Asked {
    Asked { on, system: Some(CodeSystem::Hcpcs), billable: false }
}

async fn words_find_the_codes_of_the_day(db: Db) {
    let place = Place::of(db.clone());
    place.takes("hcpcs-2026q2.csv", TABLE).await;
    let held = Held::beside("sqlite::memory:");
    let now = found(&db, &held, "inventumab shot; rolling walker", on(SPRING)).await;
    assert_eq!(codes(&now), ["J0002", "E0001"], "each thing asked has its own answer, and an ended code is none");
    assert_eq!(now[0]["asked"], "inventumab shot");
    let title = now[1]["title"].as_str().unwrap();
    let marked = |mark: &Value| {
        let end = |n: usize| usize::try_from(mark[n].as_u64().unwrap()).unwrap();
        title[end(0)..end(1)].to_owned()
    };
    assert!(now[1]["marks"].as_array().unwrap().iter().map(marked).any(|word| word == "inventumab"), "{now:?}");
    let before = found(&db, &held, "inventumab", on(date(2025, 5, 4))).await;
    assert_eq!(codes(&before), ["J0001"]);
    let nothing = found(&db, &held, "inventumab", Asked { system: Some(CodeSystem::Icd10Pcs), ..on(SPRING) }).await;
    assert_eq!((nothing.len(), nothing[0]["found"].as_u64()), (1, Some(0)));
}

async fn an_import_switches_the_index_that_is_held(db: Db) {
    let place = Place::of(db.clone());
    let held = Held::beside("sqlite::memory:");
    place.takes("hcpcs-2026q2.csv", TABLE).await;
    let first = held.index(&db).await.unwrap();
    assert_eq!(codes(&found(&db, &held, "inventumab", on(SPRING)).await), ["J0002"]);
    place
        .takes("hcpcs-2026q3.csv", TABLE.replace("J0002,", "J0009,").replace("20251231,J0009", "20251231,J0002"))
        .await;
    let later = date(2026, 8, 1);
    assert_eq!(codes(&found(&db, &held, "inventumab", on(later)).await), ["J0009"]);
    assert!(!first.is_empty(), "who still reads the former one keeps it");
    let editions = catalogue::editions(&db).await.unwrap();
    catalogue::remove_edition(&db, editions.last().unwrap().id).await.unwrap();
    assert!(!codes(&found(&db, &held, "inventumab", on(later)).await).contains(&"J0009"));
}

async fn an_index_is_kept_beside_its_file_and_swept_with_its_state(db: Db) {
    let place = Place::of(db.clone());
    place.takes("hcpcs-2026q2.csv", TABLE).await;
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("cases.db").display());
    let kept = folder.path().join("cases.db.search");
    let states = |kept: &Path| -> Vec<String> {
        let entries = kept.read_dir().unwrap().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let made = index::index(&db, &url).await.unwrap();
    let first = states(&kept);
    assert_eq!(first.len(), 1);
    // What a killed process left half-made goes with the next that is made; a damaged one is made again.
    std::fs::create_dir(kept.join("half.1")).unwrap();
    for file in kept.join(&first[0]).read_dir().unwrap().flatten() {
        std::fs::write(file.path(), "damaged").unwrap();
    }
    assert_eq!(index::index(&db, &url).await.unwrap().len(), made.len());
    assert_eq!(states(&kept), first);
    place.takes("hcpcs-2026q3.csv", TABLE.replace("10 mg", "20 mg")).await;
    index::index(&db, &url).await.unwrap();
    let second = states(&kept);
    assert!(second.len() == 1 && second != first, "{first:?} {second:?}");
}
