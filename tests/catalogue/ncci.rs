//! The NCCI edits of whole quarters: pairs, units and add-on codes.

use std::{collections::HashMap, ops::ControlFlow};

use caseconsult_core::catalog::{
    gzip,
    layout::{
        ncci_add_on::{self, Primary},
        ncci_mue,
        ncci_ptp::{self, ModifierIndicator},
    },
};

use super::codesets::{bytes, member};

/// What a quarter of PTP edits comes to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    rows: u64,
    active: u64,
    before_1996: u64,
    indicators: [u64; 3],
    withdrawn_and_active: u64,
    dated: u64,
}

fn ptp(path: &str) -> Option<Counts> {
    let bytes = bytes(path)?;
    let mut counts = Counts::default();
    let mut active = HashMap::new();
    let others = ncci_ptp::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        let row = row.unwrap();
        counts.rows += 1;
        counts.before_1996 += u64::from(row.before_1996);
        counts.dated += u64::from(row.effective.is_some());
        counts.indicators[row.indicator as usize] += 1;
        if row.deleted.is_none() {
            counts.active += 1;
            counts.withdrawn_and_active += u64::from(row.indicator == ModifierIndicator::NotApplicable);
            assert_eq!(active.insert((row.column_1, row.column_2), row.line), None, "active twice: {row:?}");
        }
        ControlFlow::Continue(())
    });
    assert!(others.unwrap().labels().is_empty());
    let both_orders = active.keys().filter(|(one, two)| active.contains_key(&(*two, *one))).count();
    assert_eq!(both_orders, 0);
    Some(counts)
}

#[test]
fn every_practitioner_pair_of_a_quarter_is_read() {
    let Some(counts) = ptp("ncci/ncci-ptp-practitioner-2024q3.tsv.gz") else { return };
    let expected = Counts {
        rows: 2_546_017,
        active: 1_669_820,
        before_1996: 2_125,
        indicators: [739_553, 1_707_611, 98_853],
        // The copy at hand has lost its effective dates, and the reader makes none up.
        ..Counts::default()
    };
    assert_eq!(counts, expected);
}

#[test]
fn every_hospital_pair_of_a_quarter_is_read() {
    let Some(counts) = ptp("ncci/ncci-ptp-outpatient-hospital-2024q3.tsv.gz") else { return };
    let expected =
        Counts { rows: 1_775_818, active: 1_335_857, indicators: [60_675, 1_685_259, 29_884], ..Counts::default() };
    assert_eq!(counts, expected);
}

/// A setting's limits: their number, those of 0, and how many of each adjudication indicator there are.
fn mue(setting: &str) -> Option<(usize, usize, [usize; 3])> {
    let name = format!("MCR_MUE_{setting}Services_Eff_04-01-2026.csv");
    let table = member("ncci/medicare-ncci-2026-q2-mue-tables.zip", &name)?;
    assert!(ncci_mue::FileName::read(&name).is_some());
    let mut rows = Vec::new();
    ncci_mue::read(table.as_slice(), &mut |row| {
        rows.push(row.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    let indicator = |digit| rows.iter().filter(|row| row.adjudication.digit() == digit).count();
    assert!(rows.iter().all(|row| row.units <= 90_000 && !row.rationale.is_empty()));
    Some((rows.len(), rows.iter().filter(|row| row.units == 0).count(), [1, 2, 3].map(indicator)))
}

#[test]
fn every_unit_limit_of_a_quarter_is_read_and_none_is_missing_because_it_is_0() {
    let (Some(practitioner), Some(hospital), Some(supplier)) =
        (mue("Practitioner"), mue("OutpatientHospital"), mue("DMESupplier"))
    else {
        return;
    };
    assert_eq!(practitioner, (15_095, 2_642, [41, 5_417, 9_637]));
    assert_eq!((hospital.0, hospital.1), (15_045, 1_392));
    assert_eq!((supplier.0, supplier.1), (3_083, 919));
}

#[test]
fn every_add_on_code_is_read_with_its_primary_codes() {
    let Some(bytes) = bytes("ncci/ncci-add-on-code-edits-2024-06-derived.csv.gz") else { return };
    let mut rows = Vec::new();
    ncci_add_on::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        rows.push(row.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    let kinds = [1, 2, 3].map(|digit| rows.iter().filter(|row| row.kind.digit() == digit).count());
    let by_contractor = rows.iter().filter(|row| row.primary == Primary::ContractorDefined).count();
    assert_eq!((rows.len(), kinds, by_contractor), (7_465, [6_860, 36, 569], 44));
}
