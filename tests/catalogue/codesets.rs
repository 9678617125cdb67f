//! Where the published files are: `CASECONSULT_SHARED`, or `../shared` beside the repository. Without them a test says
//! so and passes; where `CI` is `true` they have to be there.

use std::{
    env, fs,
    io::{Cursor, Read as _},
    ops::ControlFlow,
    path::PathBuf,
    sync::OnceLock,
};

use caseconsult_core::{
    catalog::{
        Edition, Entry, Shelf, gzip,
        import::{Reading, Report, Row},
        release::{self, Release, Said},
        release_zip::ReleaseZip,
    },
    domain::{digest::Digest, ids::EditionId, instant::Instant},
};
use uuid::Uuid;

use crate::support::machine::skip;

/// The bytes of `codesets/<path>`, or nothing when it is not at hand.
pub(super) fn bytes(path: &str) -> Option<Vec<u8>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let shared = env::var_os("CASECONSULT_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = shared.join("codesets").join(path);
    match fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(cause) => {
            skip(&format!("{} is not here ({cause})", file.display()));
            None
        }
    }
}

/// The bytes of `codesets/<path>` as they were before it was packed with gzip.
pub(super) fn unpacked(path: &str) -> Option<Vec<u8>> {
    let packed = bytes(path)?;
    let mut plain = Vec::new();
    gzip::plain(&packed[..]).unwrap().read_to_end(&mut plain).unwrap();
    Some(plain)
}

/// The bytes of a member of the ZIP `codesets/<path>`, or nothing when the ZIP is not at hand.
pub(super) fn member(path: &str, name: &str) -> Option<Vec<u8>> {
    let mut zip = ReleaseZip::open(Cursor::new(bytes(path)?)).unwrap();
    let mut bytes = Vec::new();
    zip.member(name).unwrap().read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

/// A whole file taken in: its editions, its entries in the file's order, and the report.
pub(super) struct Taken {
    pub(super) release: Release,
    pub(super) editions: Vec<Edition>,
    pub(super) entries: Vec<Entry>,
    pub(super) report: Report,
}

impl Taken {
    /// Imports bytes under a name. `number` makes the editions' ids, so that several files fit on one shelf.
    pub(super) fn from(name: &str, bytes: &[u8], number: u128) -> Self {
        let mut releases = release::plan(name, Cursor::new(bytes), Said::default()).expect("recognised");
        // Of a ZIP with more than a code list, the list comes first.
        let release = releases.remove(0);
        let ids = (0..).map(|nth| EditionId::new(Uuid::from_u128(number * 16 + nth)));
        let made = release
            .datasets
            .iter()
            .zip(ids)
            .map(|(dataset, id)| release.edition(*dataset, id, name, Digest::of(bytes), Instant::from_micros(0)));
        let editions: Vec<Edition> = made.collect();
        let mut entries = Vec::new();
        let mut take = |row| {
            if let Row::Entry(entry) = row {
                entries.push(entry);
            }
            ControlFlow::Continue(())
        };
        let mut reading = Reading::new(release.layout, &editions, &mut take);
        reading.file(&release, Cursor::new(bytes)).expect("read to its end");
        let report = reading.finish().expect("taken in");
        Self { release, editions, entries, report }
    }
}

/// The spring update of ICD-10-CM FY2025, in CDC's ZIP. Read once, as the next ones are.
pub(super) fn april_2025() -> Option<&'static Taken> {
    static TAKEN: OnceLock<Option<Taken>> = OnceLock::new();
    once(&TAKEN, "icd10cm/Code-descriptions-April-2025.zip", 1)
}

/// ICD-10-CM FY2026, in CMS's ZIP.
pub(super) fn fiscal_year_2026() -> Option<&'static Taken> {
    static TAKEN: OnceLock<Option<Taken>> = OnceLock::new();
    once(&TAKEN, "icd10cm/2026-code-descriptions-tabular-order.zip", 2)
}

/// HCPCS Level II of January 2019: [`HCPCS_2019`], the text in it.
pub(super) fn hcpcs_2019() -> Option<&'static Taken> {
    static TAKEN: OnceLock<Option<Taken>> = OnceLock::new();
    once(&TAKEN, HCPCS_2019, 3)
}

/// HCPCS Level II of October 2020, a spreadsheet.
pub(super) fn hcpcs_2020() -> Option<&'static Taken> {
    static TAKEN: OnceLock<Option<Taken>> = OnceLock::new();
    once(&TAKEN, "hcpcs/HCPC2020_OCT_ANWEB.xlsx", 4)
}

/// CMS's ZIP of January 2019, with a text and a spreadsheet.
pub(super) const HCPCS_2019: &str = "hcpcs/2019-Alpha-Numeric-HCPCS-File.zip";

fn once(taken: &'static OnceLock<Option<Taken>>, path: &str, number: u128) -> Option<&'static Taken> {
    taken.get_or_init(|| bytes(path).map(|bytes| Taken::from(path, &bytes, number))).as_ref()
}

/// All of them on one shelf.
pub(super) fn shelf(taken: &[&Taken]) -> Shelf {
    let editions: Vec<Edition> = taken.iter().flat_map(|taken| taken.editions.clone()).collect();
    Shelf::new(editions, taken.iter().flat_map(|taken| taken.entries.clone()).collect())
}
