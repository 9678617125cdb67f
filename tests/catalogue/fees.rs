//! The physician fee schedule and the MS-DRG tables, every row.

use std::{collections::BTreeMap, ops::ControlFlow};

use caseconsult_core::catalog::{
    decimal::Dollars,
    gzip,
    layout::{
        drg_exclusion::{self, Rule},
        drg_severity::{self, Severity},
        drg_weights::{self, Mdc},
        pfs_amount, pfs_gpci,
        pfs_indicator::StatusCode,
        pfs_relative_value,
    },
    recognise::{Layout, layout_of_text},
};

use super::codesets::{bytes, member};

#[test]
fn every_relative_value_of_a_quarter_is_read() {
    let Some(bytes) = bytes("pfs/PPRRVU24_JUL-derived-cpt-descriptions-blanked.csv.gz") else { return };
    let mut rows = Vec::new();
    pfs_relative_value::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        rows.push(row.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(rows.len(), 18_664);
    let mut days = BTreeMap::new();
    let mut modifiers = BTreeMap::new();
    for row in &rows {
        *days.entry(row.global_days.unwrap().as_str()).or_insert(0) += 1;
        *modifiers.entry(row.modifier.map(String::from).unwrap_or_default()).or_insert(0) += 1;
        assert!(row.description.is_empty() || !row.code.has_licensed_text());
        assert_eq!(row.conversion_factor.unwrap().to_string(), "33.2875");
    }
    let expected =
        [("000", 1338), ("010", 471), ("090", 3771), ("MMM", 17), ("XXX", 11_399), ("YYY", 937), ("ZZZ", 731)];
    assert_eq!(days, BTreeMap::from(expected));
    let expected = [("", 16_470), ("26", 1105), ("53", 4), ("TC", 1085)].map(|(name, rows)| (name.to_owned(), rows));
    assert_eq!(modifiers, BTreeMap::from(expected));
    assert_eq!(rows.iter().filter(|row| row.status == StatusCode::Active).count(), 8_977);
    let total = |row: &&pfs_relative_value::Row| {
        let parts = row.work.units() + row.non_facility_expense.units() + row.malpractice.units();
        parts == row.non_facility_total.units()
    };
    // The three parts are the total, but for rounding in the file itself.
    assert!(rows.iter().filter(total).count() > 18_000);
}

#[test]
fn every_locality_has_its_indices() {
    let Some(bytes) = bytes("pfs/GPCI2024-derived.csv.gz") else { return };
    let mut rows = Vec::new();
    pfs_gpci::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        rows.push(row.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(rows.len(), 109);
    let alaska = rows.iter().find(|row| row.state == "AK").unwrap();
    assert_eq!(
        (alaska.contractor.as_str(), alaska.locality.as_str(), alaska.work.to_string()),
        ("02102", "01", "1.500".to_owned())
    );
}

#[test]
fn every_changed_amount_of_both_tracks_is_read() {
    for name in ["pfs/PFREV26B_nonQP.zip", "pfs/PFREV26B_QP.zip"] {
        let Some(text) = member(name, "PFREV26B.txt") else { return };
        assert_eq!(layout_of_text(text.as_slice(), None).unwrap(), Some(Layout::FeeAmounts));
        let mut rows = Vec::new();
        pfs_amount::read(text.as_slice(), &mut |row| {
            rows.push(row.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
        // 4,037 lines, of which four are trailers.
        assert_eq!(rows.len(), 4_033);
        assert!(rows.iter().all(|row| row.year == 2026 && row.non_facility >= Dollars::new(0)));
    }
}

const TABLES: &str = "drg/FY2026-FR-tables-5-6I-6J-6K.zip";

#[test]
fn every_drg_has_its_weight() {
    let Some(text) = member(TABLES, "Table 5.txt") else { return };
    assert_eq!(layout_of_text(text.as_slice(), None).unwrap(), Some(Layout::DrgWeights));
    let mut rows = Vec::new();
    drg_weights::read(text.as_slice(), &mut |row| {
        rows.push(row.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(rows.len(), 772);
    let without: Vec<&str> = rows.iter().filter(|row| row.weight.is_none()).map(|row| row.drg.as_str()).collect();
    assert_eq!(without, ["998", "999"]);
    assert_eq!(rows.iter().filter(|row| row.mdc == Mdc::Pre).count(), 17);
    let first = &rows[0];
    assert_eq!((first.drg.as_str(), first.weight.unwrap().to_string()), ("001", "28.0239".to_owned()));
}

#[test]
fn the_lists_of_complications_agree_with_the_table_of_exclusions() {
    let mut lists = BTreeMap::new();
    // Of the 15,078 complications, 13 have a letter in second place (QA0).
    for (name, severity, count) in [("Table 6I.txt", Severity::Mcc, 3_354), ("Table 6J.txt", Severity::Cc, 15_078)] {
        let Some(text) = member(TABLES, name) else { return };
        assert_eq!(layout_of_text(text.as_slice(), None).unwrap(), Some(Layout::DrgSeverity(severity)));
        let before = lists.len();
        drg_severity::read(text.as_slice(), &mut |row| {
            lists.insert(row.unwrap().code, severity);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(lists.len() - before, count);
    }
    let Some(text) = member(TABLES, "Table 6K.txt") else { return };
    assert_eq!(layout_of_text(text.as_slice(), None).unwrap(), Some(Layout::DrgExclusions));
    let mut listed = BTreeMap::new();
    let mut sizes: BTreeMap<u32, u32> = BTreeMap::new();
    let mut claimed = BTreeMap::new();
    let (mut alive, mut in_drgs) = (0, 0);
    drg_exclusion::read(text.as_slice(), &mut |row| {
        let row = row.unwrap();
        match row.rule {
            Rule::Listed { severity, excluded_by } => {
                listed.insert(row.code, severity);
                claimed.extend(excluded_by.map(|collection| (collection.number, collection.size)));
            }
            Rule::Excludes { collection } => *sizes.entry(collection).or_default() += 1,
            Rule::AliveOnly => alive += 1,
            Rule::NotIn { .. } => in_drgs += 1,
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(listed, lists, "6K lists the codes of 6I and 6J");
    assert_eq!(sizes, claimed, "every collection holds as many diagnoses as it is said to");
    assert_eq!((listed.len(), sizes.len(), alive), (18_432, 1_994, 8));
    assert_eq!(sizes.values().sum::<u32>() + alive + in_drgs, 186_599);
}
