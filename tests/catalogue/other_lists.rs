//! HCPCS Level II as people re-made it, and the brand names of drugs.

use std::{collections::HashSet, ops::ControlFlow};

use caseconsult_core::{
    catalog::layout::{hcpcs, hcpcs_csv, unii_brands},
    domain::code::CodeSystem,
};
use jiff::civil::date;

use super::codesets;

fn hcpcs(path: &str) -> Option<Vec<hcpcs::Row>> {
    let bytes = codesets::unpacked(path)?;
    let mut rows = Vec::new();
    hcpcs_csv::read(&bytes[..], &mut |row| {
        rows.push(row.expect("no line is refused"));
        ControlFlow::Continue(())
    })
    .unwrap();
    Some(rows)
}

#[test]
fn the_2024_table_has_every_code_with_its_days() {
    let Some(rows) = hcpcs("hcpcs/hcpcs-2024q3-derived.csv.gz") else { return };
    assert_eq!(rows.len(), 8_033);
    assert!(rows.iter().all(|row| row.system == CodeSystem::Hcpcs && row.added.is_some()));
    assert_eq!(rows.iter().filter(|row| row.terminated.is_some()).count(), 1_058);
    let ended = rows.iter().find(|row| row.see_also.len() == 2 && row.terminated.is_some()).expect("one has two");
    assert!(ended.terminated < Some(date(2025, 1, 1)));
}

#[test]
fn the_2025_table_has_every_code_and_modifier() {
    let Some(rows) = hcpcs("hcpcs/hcpcs-2025q4-derived-descriptions.csv.gz") else { return };
    let modifiers = rows.iter().filter(|row| row.system == CodeSystem::Modifier).count();
    assert_eq!((rows.len() - modifiers, modifiers), (8_463, 383));
    assert!(rows.iter().all(|row| row.added.is_none() && !row.title.is_empty()));
}

#[test]
fn every_brand_names_a_substance() {
    let Some(bytes) = codesets::unpacked("drugs/fda-unii-brand-names-derived.csv.gz") else { return };
    let mut rows = Vec::new();
    let mut refused = Vec::new();
    unii_brands::read(&bytes[..], &mut |row| {
        match row {
            Ok(row) => rows.push(row),
            Err(bad) => refused.push(bad),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((rows.len(), refused.len()), (23_644, 0), "{:?}", refused.first());
    let distinct: HashSet<&str> = rows.iter().map(|row| row.unii.as_str()).collect();
    assert!(distinct.len() > 5_000, "{}", distinct.len());
}
