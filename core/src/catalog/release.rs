//! What a published file is, before its rows are read: tables, layout, part, and the days for which it answers.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use jiff::civil::Date;

use super::{
    calendar,
    dataset::Dataset,
    edition::{Edition, OWN_LIST},
    gzip,
    interval::Interval,
    layout::ncci_ptp,
    recognise::{self, Layout},
    recognise_coverage::CoverageLayout,
    recognise_list::ListLayout,
    release_zip::{self, ArchiveError, ReleaseZip},
    terms::Terms,
};
use crate::domain::{code::CodeSystem, digest::Digest, ids::EditionId, instant::Instant};

/// A published file, or a member of a ZIP of several, recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its layout.
    pub layout: Layout,
    /// Whether it is a spreadsheet.
    pub is_sheet: bool,
    /// The member of the ZIP that holds it; none when the file is not a release ZIP.
    pub member: Option<String>,
    /// The tables that it carries, each of which becomes an edition.
    pub datasets: Vec<Dataset>,
    /// The days for which its editions answer.
    pub effective: Interval,
    /// Which part of its table it is, from 1; none when it is whole.
    pub part: Option<u8>,
    /// Whether the operator said which table it is, and so vouches for a list that is shorter than any published one.
    pub is_named: bool,
}

impl Release {
    /// What the operator has to have accepted before it is taken in.
    #[must_use]
    pub fn terms(&self) -> Option<Terms> {
        self.layout.terms().or_else(|| self.datasets.iter().find_map(|dataset| dataset.terms()))
    }

    /// The edition of one of its tables, before any row is counted.
    #[must_use]
    pub fn edition(
        &self,
        dataset: Dataset,
        id: EditionId,
        file_name: &str,
        sha256: Digest,
        imported_at: Instant,
    ) -> Edition {
        let name = calendar::edition_name(dataset, self.effective.from);
        // These stand beside the published list of the system, and replace nothing of it.
        let (name, publisher) = match self.layout {
            Layout::List(ListLayout::Plain) => (format!("{name}, {OWN_LIST}"), OWN_LIST),
            Layout::List(ListLayout::CptText(CodeSystem::Modifier)) => {
                (format!("CPT modifiers, from {}", self.effective.from), Dataset::Codes(CodeSystem::Cpt).publisher())
            }
            _ => (name, dataset.publisher()),
        };
        Edition {
            id,
            dataset,
            name,
            publisher: publisher.to_owned(),
            effective: self.effective,
            sha256,
            file_name: file_name.to_owned(),
            rows: 0,
            rejected: 0,
            imported_at,
        }
    }
}

/// What the operator says beyond the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    /// The first day of its interval, which goes before what the names say.
    pub effective: Option<Date>,
    /// The table that it is, where the names do not tell.
    pub dataset: Option<Dataset>,
}

/// Why it is not known what a file is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// None of the readers knows it.
    #[error(
        "not a file that can be imported: its first lines are those of none of the published layouts that are read \
         (`caseconsult codes kinds` lists them)"
    )]
    NotRecognised,
    /// The name does not tell from when it answers.
    #[error("the name does not tell the release's quarter or year: give its first day with --effective YYYY-MM-DD")]
    NoDate,
    /// The name does not tell which of several tables it is.
    #[error("the name does not tell which of several tables it is: name it with --kind, e.g. --kind {0}")]
    NoKind(&'static str),
    /// The operator named another table.
    #[error("it is not {0}: its columns are those of another table")]
    OtherKind(Dataset),
    /// The ZIP.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The bytes cannot be read.
    #[error("reading stopped: {0}")]
    Read(#[from] io::Error),
}

/// Says what a file is: one release, or several of different tables in one ZIP. `name` is its file name. The reader is
/// left anywhere.
///
/// # Errors
/// [`PlanError`]: not recognised, ambiguous, damaged, or without a date.
pub fn plan<R: Read + Seek>(name: &str, mut reader: R, said: Said) -> Result<Vec<Release>, PlanError> {
    if !is_zip(&mut reader)? {
        let layout = recognise::layout_of_text(gzip::plain(BufReader::new(reader))?, said.dataset)?;
        let layout = layout.ok_or(PlanError::NotRecognised)?;
        return Ok(vec![release(layout, false, None, &[name], said)?]);
    }
    let mut zip = ReleaseZip::open(&mut reader)?;
    if zip.is_spreadsheet() {
        zip.check_size()?;
        drop(zip);
        let layout = sheet(reader)?.ok_or(PlanError::NotRecognised)?;
        return Ok(vec![release(layout, true, None, &[name], said)?]);
    }
    let mut found: Vec<Release> = Vec::new();
    let mut failure = PlanError::NotRecognised;
    for member in zip.data_members()? {
        let is_sheet = member.to_ascii_lowercase().ends_with(".xlsx");
        let mut bytes = zip.member(&member)?;
        let layout = if is_sheet {
            let mut book = Vec::new();
            bytes.read_to_end(&mut book)?;
            sheet(Cursor::new(book))?
        } else {
            recognise::layout_of_text(bytes, said.dataset)?
        };
        let Some(layout) = layout else { continue };
        match release(layout, is_sheet, Some(member.clone()), &[&member, name], said) {
            Ok(release) => found.push(release),
            Err(error) => failure = error,
        }
    }
    // The text is preferred to the spreadsheet of the same table, because its layout is the documented one.
    let texts: Vec<Vec<Dataset>> =
        found.iter().filter(|release| !release.is_sheet).map(|release| release.datasets.clone()).collect();
    found.retain(|release| !release.is_sheet || !texts.contains(&release.datasets));
    retain_order_addenda(&mut found);
    retain_contractors(&mut found);
    found.sort_by(|one, other| (&one.datasets, one.part).cmp(&(&other.datasets, other.part)));
    let same = |one: &Release, other: &Release| {
        (&one.datasets, one.part) == (&other.datasets, other.part) && !(one.layout.joins() && other.layout.joins())
    };
    if let Some(twins) = found.windows(2).find(|pair| matches!(pair, [one, other] if same(one, other))) {
        let members = twins.iter().filter_map(|release| release.member.clone()).collect();
        return Err(ArchiveError::Ambiguous { members }.into());
    }
    if found.is_empty() { Err(failure) } else { Ok(found) }
}

/// Of two addenda, those of the order file say more: also which headers came and went.
fn retain_order_addenda(found: &mut Vec<Release>) {
    let is_addenda = |release: &Release| matches!(release.layout, Layout::List(ListLayout::Icd10Addenda(_)));
    let of_order = |release: &Release| {
        release.member.as_deref().is_some_and(|member| member.to_ascii_lowercase().contains("order"))
    };
    if found.iter().any(|release| is_addenda(release) && of_order(release)) {
        found.retain(|release| !is_addenda(release) || of_order(release));
    }
}

/// The tables of contractors, which the download of LCDs has too, say where articles hold: without articles, nothing.
fn retain_contractors(found: &mut Vec<Release>) {
    use CoverageLayout as Coverage;
    let is_about_contractors = |release: &Release| {
        matches!(
            release.layout,
            Layout::Coverage(
                Coverage::McdCarried | Coverage::McdContractors | Coverage::McdServed | Coverage::McdStates
            )
        )
    };
    let is_article = |release: &Release| release.datasets == [Dataset::McdArticles] && !is_about_contractors(release);
    if !found.iter().any(is_article) {
        found.retain(|release| !is_about_contractors(release));
    }
}

fn release(
    layout: Layout,
    is_sheet: bool,
    member: Option<String>,
    names: &[&str],
    said: Said,
) -> Result<Release, PlanError> {
    let datasets = match said.dataset {
        Some(dataset) if !layout.carries(dataset) => return Err(PlanError::OtherKind(dataset)),
        // A file of several lists stays one, whichever of them was named.
        Some(dataset) => layout.datasets(names).filter(|all| all.contains(&dataset)).unwrap_or_else(|| vec![dataset]),
        None => layout.datasets(names).ok_or_else(|| PlanError::NoKind(example(layout)))?,
    };
    let [dataset, ..] = datasets.as_slice() else { return Err(PlanError::NotRecognised) };
    let from = said.effective.or_else(|| calendar::first_day(*dataset, names)).ok_or(PlanError::NoDate)?;
    let effective = calendar::interval(*dataset, from);
    let part = names.iter().find_map(|name| ncci_ptp::FileName::read(name)).and_then(|name| name.part);
    let part = part.filter(|_| layout == Layout::NcciPtp);
    let is_named = said.dataset.is_some();
    Ok(Release { layout, is_sheet, member, datasets, effective, part, is_named })
}

fn example(layout: Layout) -> &'static str {
    Dataset::all().find(|dataset| layout.carries(*dataset)).map_or("", Dataset::as_str)
}

fn sheet<R: Read + Seek>(mut reader: R) -> io::Result<Option<Layout>> {
    let mut book = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.take(release_zip::LARGEST).read_to_end(&mut book)?;
    Ok(recognise::layout_of_sheet(&book))
}

/// Looks at the first bytes and goes back to the start.
fn is_zip<R: Read + Seek>(reader: &mut R) -> io::Result<bool> {
    let mut first = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(4).read_to_end(&mut first)?;
    reader.seek(SeekFrom::Start(0))?;
    Ok(first == *b"PK\x03\x04")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::*;
    use crate::catalog::release_zip::tests::zip_of;

    const HCPCS: &[u8] = b"***Disclaimers\r\n   RT001007Right side\r\nA0021001003Ambulance\r\n";

    fn planned(name: &str, bytes: &[u8], effective: Option<Date>) -> Result<Release, PlanError> {
        let mut all = plan(name, Cursor::new(bytes), Said { effective, dataset: None })?;
        assert_eq!(all.len(), 1);
        all.pop().ok_or(PlanError::NotRecognised)
    }

    #[test]
    fn the_operators_date_goes_before_the_names() {
        let given = date(2021, 1, 1);
        let release = planned("HCPC2020_OCT_ANWEB.txt", HCPCS, Some(given)).expect("planned");
        assert_eq!(release.effective.from, given);
        assert!(matches!(planned("anweb.txt", HCPCS, None), Err(PlanError::NoDate)));
        assert!(planned("anweb.txt", HCPCS, Some(given)).is_ok());
    }

    #[test]
    fn a_member_is_named_and_dated_by_itself_first() {
        let zip = zip_of(&[("HCPC2020_OCT_ANWEB.txt", HCPCS), ("proc_notes.txt", b"x")]);
        let release = planned("download (3).zip", &zip, None).expect("planned");
        assert_eq!(release.member.as_deref(), Some("HCPC2020_OCT_ANWEB.txt"));
        assert_eq!(release.effective.from, date(2020, 10, 1));
        let systems: Vec<_> = release.datasets.iter().map(|dataset| dataset.as_str()).collect();
        assert_eq!(systems, ["HCPCS", "MODIFIER"]);
    }

    #[test]
    fn files_of_another_kind_are_not_recognised() {
        for bytes in [&b""[..], b"%PDF-1.7", b"A000    Cholera\r\n", b"code,title\n1,2\n", &[0xFF; 9000]] {
            assert!(matches!(planned("icd10cm_order_2026.txt", bytes, None), Err(PlanError::NotRecognised)));
        }
        let wrong_inside = zip_of(&[("icd10cm_order_2026.txt", b"%PDF-1.7")]);
        assert!(matches!(planned("x.zip", &wrong_inside, None), Err(PlanError::NotRecognised)));
        let failure = planned("x_2026.zip", &zip_of(&[("notes.txt", b"x")]), None).expect_err("nothing fits");
        assert!(failure.to_string().contains("notes.txt"), "{failure}");
    }

    #[test]
    fn the_addenda_beside_an_order_file_are_a_table_of_their_own() -> Result<(), PlanError> {
        let list = b"00001 A000    1 Invented                                                     Invented title\r\n";
        let none = b"\r\nCodes\r\n  1 codes\r\n      0 additions\r\n";
        let zip = zip_of(&[
            ("icd10cm_codes_addenda_2026.txt", none),
            ("icd10cm_order_2026.txt", list),
            ("icd10cm_order_addenda_2026.txt", none),
        ]);
        let all = plan("2026.zip", Cursor::new(&zip), Said::default())?;
        let members: Vec<_> = all.iter().filter_map(|release| release.member.as_deref()).collect();
        assert_eq!(members, ["icd10cm_order_2026.txt", "icd10cm_order_addenda_2026.txt"]);
        assert_eq!(all.last().map(|release| release.datasets.as_slice()), Some(&[Dataset::Icd10CmAddenda][..]));
        assert_eq!(all.first().map(|release| release.effective), all.last().map(|release| release.effective));
        Ok(())
    }

    #[test]
    fn two_fitting_members_are_an_error() {
        let two = zip_of(&[("HCPC2025_OCT_ANWEB.txt", HCPCS), ("HCPC2025_OCT_ANWEB_v2.txt", HCPCS)]);
        let failure = planned("x.zip", &two, None).expect_err("ambiguous");
        assert!(matches!(failure, PlanError::Archive(ArchiveError::Ambiguous { .. })), "{failure}");
    }
}
