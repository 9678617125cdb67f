//! From a published file to entries, with a count of the lines refused.
//!
//! [`super::release::plan`] has said what the file is. Nothing is stored here: `caseconsult codes import` lets the store
//! take the entries, and switches the editions on when [`read`] has come to its end without error; until then nobody
//! sees them.

use std::{
    collections::{BTreeMap, HashSet},
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    ops::ControlFlow,
};

use super::{
    dataset::Dataset,
    edition::Edition,
    entry::{Descriptor, Entry, TextSource},
    interval::Interval,
    layout::{
        hcpcs, hcpcs_text,
        hcpcs_xlsx::{self, SheetError},
        icd10_order,
        rejected::{Reason, Rejected},
    },
    recognise::Layout,
    release::Release,
    release_zip::{ArchiveError, ReleaseZip},
};
use crate::domain::code::{Code, CodeSystem};

/// What reading came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries handed out, by code set.
    pub rows: BTreeMap<Dataset, u64>,
    /// Lines refused.
    pub rejected: u64,
    /// The first of them, at most [`Report::SHOWN`].
    pub first_rejected: Vec<Rejected>,
}

impl Report {
    /// How many refused lines are kept for showing.
    pub const SHOWN: usize = 20;

    /// Entries handed out, of all code sets.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }

    fn reject(&mut self, rejected: Rejected) {
        self.rejected += 1;
        if self.first_rejected.len() < Self::SHOWN {
            self.first_rejected.push(rejected);
        }
    }
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The ZIP.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The spreadsheet.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The bytes cannot be read to their end.
    #[error("reading stopped: {0}")]
    Read(#[from] io::Error),
    /// Not one row.
    #[error("no code was found in it")]
    Empty,
    /// So many lines were refused that the file is damaged or of another kind.
    #[error("{} of {} lines do not fit the layout, so nothing was taken in; the first: {first}", .rejected, .rejected + .rows)]
    TooManyRejected {
        /// Refused.
        rejected: u64,
        /// Taken.
        rows: u64,
        /// The first refused line.
        first: Rejected,
    },
    /// The taker broke off.
    #[error("the import was broken off")]
    Stopped,
}

/// Reads a planned file and hands every entry to `take`, until it breaks off. `editions` are those of the release that
/// are to be filled; codes of a set that has none here are passed over. Of a code that stands twice, the first is
/// taken.
///
/// # Errors
/// [`ImportError`]. What was handed out before an error is not to be kept.
pub fn read<R: Read + Seek>(
    release: &Release,
    mut reader: R,
    editions: &[Edition],
    take: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<Report, ImportError> {
    reader.seek(SeekFrom::Start(0))?;
    let mut intake = Intake { editions, seen: HashSet::new(), report: Report::default(), stopped: false, take };
    match &release.member {
        None => read_rows(release.layout, &mut BufReader::new(reader), &mut intake)?,
        Some(member) => read_rows(release.layout, &mut ReleaseZip::open(reader)?.member(member)?, &mut intake)?,
    }
    intake.finish()
}

fn read_rows(layout: Layout, reader: &mut dyn BufRead, intake: &mut Intake<'_>) -> Result<(), ImportError> {
    match layout {
        Layout::HcpcsText => hcpcs_text::read(reader, &mut |row| intake.hcpcs(row))?,
        Layout::HcpcsXlsx => {
            // A spreadsheet is a ZIP again, and reading one needs to go back and forth.
            let mut book = Vec::new();
            reader.read_to_end(&mut book)?;
            ReleaseZip::open(Cursor::new(&book))?.check_size()?;
            hcpcs_xlsx::read(Cursor::new(&book), &mut |row| intake.hcpcs(row))?;
        }
        Layout::Icd10CmOrder => {
            icd10_order::read(CodeSystem::Icd10Cm, reader, &mut |row| intake.icd10(CodeSystem::Icd10Cm, row))?;
        }
        Layout::Icd10PcsOrder => {
            icd10_order::read(CodeSystem::Icd10Pcs, reader, &mut |row| intake.icd10(CodeSystem::Icd10Pcs, row))?;
        }
    }
    Ok(())
}

/// Turns rows into entries, counts, and refuses what stood before.
struct Intake<'a> {
    editions: &'a [Edition],
    seen: HashSet<(CodeSystem, Code)>,
    report: Report,
    stopped: bool,
    take: &'a mut dyn FnMut(Entry) -> ControlFlow<()>,
}

impl Intake<'_> {
    fn hcpcs(&mut self, row: Result<hcpcs::Row, Rejected>) -> ControlFlow<()> {
        match row {
            Err(rejected) => {
                self.report.reject(rejected);
                ControlFlow::Continue(())
            }
            Ok(row) => self.entry(row.line, row.system, row.code.clone(), |edition| Entry {
                edition: edition.id,
                system: row.system,
                code: row.code,
                title: Descriptor { text: row.title, source: TextSource::Public },
                short_title: row.short_title,
                billable: true,
                valid: Interval { from: row.added.unwrap_or(edition.effective.from), to: row.terminated },
                see_also: row.see_also,
            }),
        }
    }

    fn icd10(&mut self, system: CodeSystem, row: Result<icd10_order::Row, Rejected>) -> ControlFlow<()> {
        match row {
            Err(rejected) => {
                self.report.reject(rejected);
                ControlFlow::Continue(())
            }
            Ok(row) => self.entry(row.line, system, row.code.clone(), |edition| Entry {
                edition: edition.id,
                system,
                code: row.code,
                title: Descriptor { text: row.title, source: TextSource::Public },
                short_title: row.short_title,
                billable: row.billable,
                valid: edition.effective,
                see_also: Vec::new(),
            }),
        }
    }

    fn entry(
        &mut self,
        line: u64,
        system: CodeSystem,
        code: Code,
        entry: impl FnOnce(&Edition) -> Entry,
    ) -> ControlFlow<()> {
        if !self.seen.insert((system, code)) {
            self.report.reject(Rejected { line, reason: Reason::Twice });
            return ControlFlow::Continue(());
        }
        let Some(edition) = self.editions.iter().find(|edition| edition.dataset == Dataset::Codes(system)) else {
            return ControlFlow::Continue(());
        };
        *self.report.rows.entry(Dataset::Codes(system)).or_default() += 1;
        let flow = (self.take)(entry(edition));
        self.stopped = flow.is_break();
        flow
    }

    fn finish(self) -> Result<Report, ImportError> {
        if self.stopped {
            return Err(ImportError::Stopped);
        }
        let rows = self.seen.len() as u64;
        let rejected = self.report.rejected;
        match self.report.first_rejected.first() {
            // One in twenty: a published file has none, and one with that many has lost its columns.
            Some(first) if rejected * 20 > rows => {
                Err(ImportError::TooManyRejected { rejected, rows, first: first.clone() })
            }
            _ if rows == 0 => Err(ImportError::Empty),
            _ => Ok(self.report),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        catalog::{release::plan, release_zip::tests::zip_of},
        domain::{digest::Digest, ids::EditionId, instant::Instant},
    };

    type Outcome = Result<(Release, Vec<Entry>, Report), Box<dyn std::error::Error>>;
    type Tested = Result<(), Box<dyn std::error::Error>>;

    fn order(codes: &[&str]) -> String {
        codes.iter().enumerate().map(|(n, code)| format!("{n:05} {code:<7} 1 {:<60} Long title\r\n", "Short")).collect()
    }

    fn editions(release: &Release, datasets: &[Dataset]) -> Vec<Edition> {
        let id = |n: usize| EditionId::new(Uuid::from_u128(n as u128));
        let made = datasets
            .iter()
            .enumerate()
            .map(|(n, dataset)| release.edition(*dataset, id(n), "file", Digest::of(b""), Instant::from_micros(0)));
        made.collect()
    }

    fn import(name: &str, bytes: &[u8]) -> Outcome {
        let release = plan(name, Cursor::new(bytes), None)?;
        let editions = editions(&release, release.datasets());
        let mut entries = Vec::new();
        let report = read(&release, Cursor::new(bytes), &editions, &mut |entry| {
            entries.push(entry);
            ControlFlow::Continue(())
        })?;
        Ok((release, entries, report))
    }

    const HCPCS: &[u8] = b"***Disclaimers\r\n   RT001007Right side\r\nA0021001003Ambulance\r\n";

    #[test]
    fn an_order_file_becomes_entries_of_its_year() -> Tested {
        let text = order(&["A000", "A001"]);
        for (name, bytes) in [
            ("icd10cm_order_2026.txt", text.clone().into_bytes()),
            ("2026-code-descriptions.zip", zip_of(&[("icd10cm_order_2026.txt", text.as_bytes()), ("a.pdf", b"%PDF")])),
        ] {
            let (release, entries, report) = import(name, &bytes)?;
            assert_eq!(release.effective, Interval { from: date(2025, 10, 1), to: Some(date(2026, 9, 30)) });
            assert_eq!((report.total(), report.rejected), (2, 0));
            assert_eq!(entries[1].code.as_str(), "A00.1");
            assert_eq!(entries[1].valid, release.effective);
            assert_eq!(entries[1].title.source, TextSource::Public);
        }
        Ok(())
    }

    #[test]
    fn one_hcpcs_file_fills_two_editions() -> Tested {
        let (release, entries, report) = import("HCPC2020_OCT_ANWEB.txt", HCPCS)?;
        let names: Vec<String> = editions(&release, release.datasets()).into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["HCPCS Level II 2020 October", "HCPCS Level II modifiers 2020 October"]);
        assert_eq!(
            report.rows,
            BTreeMap::from([(Dataset::Codes(CodeSystem::Hcpcs), 1), (Dataset::Codes(CodeSystem::Modifier), 1)])
        );
        assert_ne!(entries[0].edition, entries[1].edition);
        // A code without an added date is known from the edition's first day on.
        assert_eq!(entries[1].valid, Interval { from: date(2020, 10, 1), to: None });
        Ok(())
    }

    #[test]
    fn a_code_set_that_is_not_wanted_is_passed_over() -> Tested {
        let release = plan("HCPC2020_OCT_ANWEB.txt", Cursor::new(HCPCS), None)?;
        let only = editions(&release, &[Dataset::Codes(CodeSystem::Modifier)]);
        let report = read(&release, Cursor::new(HCPCS), &only, &mut |entry| {
            assert_eq!(entry.code.as_str(), "RT");
            ControlFlow::Continue(())
        })?;
        assert_eq!(report.total(), 1);
        Ok(())
    }

    #[test]
    fn a_zip_cut_short_or_with_a_damaged_member_gives_an_error() {
        let whole = zip_of(&[("icd10cm_order_2026.txt", order(&["A000"; 500]).as_bytes())]);
        assert!(import("x.zip", &whole[..whole.len() - 30]).is_err());
        let mut flipped = whole;
        for byte in flipped.iter_mut().skip(80).take(8) {
            *byte ^= 0x55;
        }
        assert!(import("x.zip", &flipped).is_err());
    }

    #[test]
    fn a_spreadsheet_that_is_none_gives_an_error() {
        let fake = zip_of(&[("xl/workbook.xml", b"<nothing/>")]);
        assert!(import("HCPC2020_OCT_ANWEB.xlsx", &fake).is_err());
    }

    #[test]
    fn the_first_of_two_equal_codes_is_taken() -> Tested {
        let codes: Vec<String> = (0..40).map(|n| format!("A0{n:02}")).chain(["A000".to_owned()]).collect();
        let text = order(&codes.iter().map(String::as_str).collect::<Vec<_>>());
        let (_, entries, report) = import("icd10cm_order_2026.txt", text.as_bytes())?;
        assert_eq!((entries.len(), report.rejected), (40, 1));
        assert_eq!(report.first_rejected, [Rejected { line: 41, reason: Reason::Twice }]);
        Ok(())
    }

    #[test]
    fn a_file_that_lost_its_columns_is_refused_whole() {
        let text = order(&["A000", "A001"]) + "00003 A0021 Short Long\r\n";
        let failure = import("icd10cm_order_2026.txt", text.as_bytes()).expect_err("a third is broken");
        assert_eq!(
            failure.to_string(),
            "1 of 3 lines do not fit the layout, so nothing was taken in; the first: line 3: the columns do not fit \
             the layout"
        );
    }

    #[test]
    fn breaking_off_is_not_success() -> Tested {
        let text = order(&["A000", "A001"]);
        let release = plan("icd10cm_order_2026.txt", Cursor::new(&text), None)?;
        let editions = editions(&release, release.datasets());
        let outcome = read(&release, Cursor::new(&text), &editions, &mut |_| ControlFlow::Break(()));
        assert!(matches!(outcome, Err(ImportError::Stopped)));
        Ok(())
    }

    proptest::proptest! {
        /// Whatever stands in a file: an answer, never a panic.
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600),
            at in 0..400_usize,
        ) {
            let mut spoilt = [HCPCS, order(&["A000", "A001"]).as_bytes()].concat();
            let at = at.min(spoilt.len());
            spoilt.splice(at..at, bytes.iter().copied());
            let zip = zip_of(&[("icd10cm_order_2026.txt", &spoilt)]);
            let book = zip_of(&[("xl/workbook.xml", &bytes)]);
            for file in [&bytes, &spoilt, &zip, &book] {
                for name in ["icd10cm_order_2026.txt", "HCPC2020_OCT_ANWEB.txt"] {
                    let _ = import(name, file);
                }
            }
        }
    }
}
