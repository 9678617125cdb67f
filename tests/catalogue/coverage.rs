//! Coverage, crosswalks and places of service, every row.

use std::{collections::BTreeMap, ops::ControlFlow};

use caseconsult_core::catalog::{
    gzip,
    layout::{
        gem::{self, Direction},
        lab_ncd::{self, Entry, Resolution},
        mcd_document::{self, Kind},
        place_of_service,
    },
    recognise::{Layout, layout_of_text},
    recognise_coverage::CoverageLayout,
};

use super::codesets::{bytes, member};

#[test]
fn every_equivalent_of_a_diagnosis_is_read_in_both_directions() {
    let zip = "crosswalk/2018-icd-10-cm-general-equivalence-mappings.zip";
    for (name, direction, count, unmapped) in
        [("2018_I9gem.txt", Direction::Forward, 24_860, 422), ("2018_I10gem.txt", Direction::Backward, 81_593, 731)]
    {
        let Some(text) = member(zip, name) else { return };
        assert_eq!(layout_of_text(text.as_slice(), None).unwrap(), Some(Layout::Gem(direction)));
        let (mut rows, mut without) = (0, 0);
        gem::read(direction, text.as_slice(), &mut |row| {
            rows += 1;
            without += u32::from(row.unwrap().target.is_none());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((rows, without), (count, unmapped));
    }
}

#[test]
fn every_entry_of_the_laboratory_lists_is_read() {
    let Some(bytes) = bytes("coverage/ncd-lab-2026-01-cr-icd10-derived.csv.gz") else { return };
    let (mut procedures, mut resolutions, mut others) = (0, BTreeMap::new(), 0);
    lab_ncd::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        match row.unwrap().entry {
            Entry::Procedure(_) => procedures += 1,
            Entry::Diagnosis(_, resolution) => *resolutions.entry(resolution).or_insert(0) += 1,
            Entry::OtherDiagnoses(resolution) => {
                others += 1;
                *resolutions.entry(resolution).or_insert(0) += 1;
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(resolutions.values().sum::<u32>(), 66_278);
    let expected = [(Resolution::Covered, 37_211), (Resolution::NotCovered, 6_370), (Resolution::NotNecessary, 22_697)];
    assert_eq!(resolutions, BTreeMap::from(expected));
    // Each of the 26 lists ends in what all other diagnoses mean.
    assert_eq!((procedures, others), (60, 26));
}

#[test]
fn every_document_of_the_coverage_database_is_read() {
    let Some(bytes) = bytes("coverage/mcd-documents-2025-08-derived.csv.gz") else { return };
    let (mut articles, mut lcds) = (0, 0);
    mcd_document::read_documents(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        match row.unwrap().kind {
            Kind::Article => articles += 1,
            Kind::Lcd => lcds += 1,
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((articles, lcds, articles + lcds), (2_161, 972, 3_133));
}

#[test]
fn every_place_of_service_is_read() {
    let Some(bytes) = bytes("coverage/place-of-service-codes-derived.csv.gz") else { return };
    let mut codes = Vec::new();
    place_of_service::read(gzip::plain(bytes.as_slice()).unwrap(), &mut |row| {
        codes.push(row.unwrap().code);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((codes.len(), codes[0].as_str(), codes[98].as_str()), (99, "01", "99"));
}

#[test]
fn every_table_is_recognised_by_its_first_bytes() {
    for (path, layout) in [
        ("coverage/ncd-lab-2026-01-cr-icd10-derived.csv.gz", CoverageLayout::LabNcd),
        ("coverage/mcd-documents-2025-08-derived.csv.gz", CoverageLayout::McdDocuments),
        ("coverage/place-of-service-codes-derived.csv.gz", CoverageLayout::PlaceOfService),
    ] {
        let Some(bytes) = bytes(path) else { return };
        let found = layout_of_text(gzip::plain(bytes.as_slice()).unwrap(), None).unwrap();
        assert_eq!(found, Some(Layout::Coverage(layout)), "{path}");
    }
}
