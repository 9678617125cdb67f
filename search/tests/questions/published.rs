//! The codes and wordings of the published files, for an index. They are where `CASECONSULT_SHARED` says, or `../shared`
//! beside the repository. Without them the test says so and passes; where `CI` is `true` they have to be there.

use std::{
    env, fs,
    io::{Cursor, Read as _},
    ops::ControlFlow,
    path::PathBuf,
};

use caseconsult_core::{
    catalog::{
        Dataset, Descriptor, Edition, Entry, Interval, Shelf, TextSource,
        fact::brand::{Brand, Substance},
        gzip,
        import::{Reading, Row},
        layout::{hcpcs_csv, icd10cm_index::Part, icd10cm_index_csv, icd10cm_tabular, unii_brands},
        release::{self, Said},
    },
    domain::{code::CodeSystem, digest::Digest, ids::EditionId, instant::Instant},
    search::{brand::Brands, see::References, span, target::Target, wording},
};
use caseconsult_search::Making;
use jiff::civil::date;
use uuid::Uuid;

const CODES: [&str; 2] =
    ["icd10cm/2026-code-descriptions-tabular-order.zip", "icd10pcs/2026-icd-10-pcs-order-file.zip"];
const PARTS: [(&str, Part); 3] = [
    ("icd10cm/icd10cm-2025-index-derived.csv.gz", Part::Diseases),
    ("icd10cm/icd10cm-2025-externalindex-derived.csv.gz", Part::ExternalCauses),
    ("icd10cm/icd10cm-2025-neoplasms-derived.csv.gz", Part::Neoplasms),
];
const TABULAR: &str = "icd10cm/icd10c-tabular-April-1-2026.xml.gz";
const BRANDS: &str = "drugs/fda-unii-brand-names-derived.csv.gz";

/// Everything, or nothing when a file is not at hand.
pub(crate) fn making() -> Option<Making> {
    let mut editions = Vec::new();
    let mut entries = Vec::new();
    for (number, path) in (1..).zip(CODES) {
        order(path, &bytes(path)?, number, &mut editions, &mut entries);
    }
    hcpcs("hcpcs/hcpcs-2024q3-derived.csv.gz", date(2024, 7, 1), 3, &mut editions, &mut entries)?;
    hcpcs("hcpcs/hcpcs-2025q4-derived-descriptions.csv.gz", date(2025, 10, 1), 4, &mut editions, &mut entries)?;
    let brands = brands()?;
    let shelf = Shelf::new(editions, entries.clone());
    let mut targets = Vec::new();
    for system in [CodeSystem::Hcpcs, CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs] {
        let mut calendar = span::Calendar::new(&shelf, system);
        for entry in entries.iter().filter(|entry| entry.system == system) {
            let days = calendar.days(&entry.code);
            targets.push(Target { system, code: entry.code.clone(), words: Vec::new(), days });
        }
    }
    let mut making = Making::new(targets);
    for entry in &entries {
        wording::of_entry(entry).iter().chain(&brands.wordings(entry)).for_each(|row| making.add(row));
    }
    icd10cm_tabular::read(&plain(TABULAR)?[..], &mut |row| {
        wording::of_tabular(&row.unwrap()).iter().for_each(|row| making.add(row));
        ControlFlow::Continue(())
    })
    .unwrap();
    let mut references = References::default();
    for (path, part) in PARTS {
        icd10cm_index_csv::read(&plain(path)?[..], &mut |row| {
            if let Ok(row) = row {
                references.add(part, &row);
                wording::of_term(part, &row).iter().for_each(|row| making.add(row));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    }
    references.wordings().iter().for_each(|row| making.add(row));
    Some(making)
}

fn order(path: &str, bytes: &[u8], number: u128, editions: &mut Vec<Edition>, entries: &mut Vec<Entry>) {
    let release = release::plan(path, Cursor::new(bytes), Said::default()).unwrap().remove(0);
    let id = EditionId::new(Uuid::from_u128(number));
    let edition = |dataset: &Dataset| release.edition(*dataset, id, path, Digest::of(bytes), Instant::from_micros(0));
    let of_file: Vec<Edition> = release.datasets.iter().map(edition).collect();
    let mut take = |row| {
        if let Row::Entry(entry) = row {
            entries.push(entry);
        }
        ControlFlow::Continue(())
    };
    let mut reading = Reading::new(release.layout, &of_file, &mut take);
    reading.file(&release, Cursor::new(bytes)).unwrap();
    reading.finish().unwrap();
    editions.extend(of_file);
}

/// A quarter of HCPCS Level II that was re-made as a table: its days are those of the quarter, as the file gives none.
fn hcpcs(
    path: &str,
    from: jiff::civil::Date,
    number: u128,
    editions: &mut Vec<Edition>,
    entries: &mut Vec<Entry>,
) -> Option<()> {
    let edition = Edition {
        id: EditionId::new(Uuid::from_u128(number)),
        dataset: Dataset::Codes(CodeSystem::Hcpcs),
        name: path.to_owned(),
        publisher: "CMS".to_owned(),
        effective: Interval { from, to: None },
        sha256: Digest::of(path.as_bytes()),
        file_name: path.to_owned(),
        rows: 0,
        rejected: 0,
        imported_at: Instant::from_micros(0),
    };
    hcpcs_csv::read(&plain(path)?[..], &mut |row| {
        if let Ok(row) = row
            && row.system == CodeSystem::Hcpcs
        {
            entries.push(Entry {
                edition: edition.id,
                system: row.system,
                code: row.code,
                title: Descriptor { text: row.title, source: TextSource::Public },
                short_title: row.short_title,
                billable: true,
                valid: edition.effective,
                see_also: Vec::new(),
            });
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    editions.push(edition);
    Some(())
}

fn brands() -> Option<Brands> {
    let mut brands = Brands::default();
    unii_brands::read(&plain(BRANDS)?[..], &mut |row| {
        if let Ok(row) = row {
            let substance = Substance { name: row.substance, unii: row.unii };
            brands.add(&row.brand, &Brand { substances: vec![substance] });
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    Some(brands)
}

fn bytes(path: &str) -> Option<Vec<u8>> {
    // The benchmarks are built in the repository's own folder, the test in that of its crate.
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = if here.join("search").is_dir() { here } else { here.join("..") };
    let shared = env::var_os("CASECONSULT_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let file = shared.join("codesets").join(path);
    match fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(cause) => {
            let why = format!("{} is not here ({cause})", file.display());
            assert!(env::var("CI").as_deref() != Ok("true"), "with CI=true nothing may be skipped: {why}");
            eprintln!("SKIPPED: {why}");
            None
        }
    }
}

fn plain(path: &str) -> Option<Vec<u8>> {
    let packed = bytes(path)?;
    let mut plain = Vec::new();
    gzip::plain(&packed[..]).unwrap().read_to_end(&mut plain).unwrap();
    Some(plain)
}
