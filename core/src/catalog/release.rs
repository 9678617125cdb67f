//! What a published file is, before its rows are read: code sets, layout, and the days for which it answers.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use jiff::civil::Date;

use super::{
    calendar,
    dataset::Dataset,
    edition::Edition,
    interval::Interval,
    recognise::{self, Layout},
    release_zip::{ArchiveError, ReleaseZip},
};
use crate::domain::{digest::Digest, ids::EditionId, instant::Instant};

/// A published file, recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its layout.
    pub layout: Layout,
    /// The member of the ZIP that holds it; none when the file is not a release ZIP.
    pub member: Option<String>,
    /// The days for which its editions answer.
    pub effective: Interval,
}

impl Release {
    /// The tables that it carries, each of which becomes an edition.
    #[must_use]
    pub const fn datasets(&self) -> &'static [Dataset] {
        self.layout.datasets()
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
        Edition {
            id,
            dataset,
            name: calendar::edition_name(dataset, self.effective.from),
            publisher: dataset.publisher().to_owned(),
            effective: self.effective,
            sha256,
            file_name: file_name.to_owned(),
            rows: 0,
            rejected: 0,
            imported_at,
        }
    }
}

/// Why it is not known what a file is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// None of the readers knows it.
    #[error(
        "not a file that can be imported: wanted is the HCPCS Level II ANWEB file (text or spreadsheet) or the ICD-10 \
         order file, or the ZIP that CMS or CDC published it in; addenda and the ICD-10 codes file are not enough"
    )]
    NotRecognised,
    /// The name does not tell from when it answers.
    #[error("the name does not tell the release's quarter or year: give its first day with --effective YYYY-MM-DD")]
    NoDate,
    /// The ZIP.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The bytes cannot be read.
    #[error("reading stopped: {0}")]
    Read(#[from] io::Error),
}

/// Says what a file is. `name` is its file name; `effective` the first day of its interval when the operator gave
/// one, which then goes before what the name says. The reader is left anywhere.
///
/// # Errors
/// [`PlanError`]: not recognised, ambiguous, damaged, or without a date.
pub fn plan<R: Read + Seek>(name: &str, mut reader: R, effective: Option<Date>) -> Result<Release, PlanError> {
    let (layout, member) = match magic(&mut reader)? {
        Magic::Zip => {
            let mut zip = ReleaseZip::open(reader)?;
            if zip.is_spreadsheet() {
                (Some(Layout::HcpcsXlsx), None)
            } else {
                let member = zip.data_member()?;
                let layout = if member.to_ascii_lowercase().ends_with(".xlsx") {
                    Some(Layout::HcpcsXlsx)
                } else {
                    recognise::layout_of_text(zip.member(&member)?)?
                };
                (layout, Some(member))
            }
        }
        Magic::Other => (recognise::layout_of_text(BufReader::new(reader))?, None),
    };
    let layout = layout.ok_or(PlanError::NotRecognised)?;
    let names: Vec<&str> = member.as_deref().into_iter().chain([name]).collect();
    let [dataset, ..] = layout.datasets() else { return Err(PlanError::NotRecognised) };
    let from = effective.or_else(|| calendar::first_day(*dataset, &names)).ok_or(PlanError::NoDate)?;
    Ok(Release { layout, member, effective: calendar::interval(*dataset, from) })
}

enum Magic {
    Zip,
    Other,
}

/// Looks at the first bytes and goes back to the start.
fn magic<R: Read + Seek>(reader: &mut R) -> io::Result<Magic> {
    let mut first = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(4).read_to_end(&mut first)?;
    reader.seek(SeekFrom::Start(0))?;
    Ok(if first == *b"PK\x03\x04" { Magic::Zip } else { Magic::Other })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::*;
    use crate::catalog::release_zip::tests::zip_of;

    const HCPCS: &[u8] = b"***Disclaimers\r\n   RT001007Right side\r\nA0021001003Ambulance\r\n";

    fn planned(name: &str, bytes: &[u8], effective: Option<Date>) -> Result<Release, PlanError> {
        plan(name, Cursor::new(bytes), effective)
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
        let systems: Vec<_> = release.datasets().iter().map(|dataset| dataset.as_str()).collect();
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
    fn two_fitting_members_are_an_error() {
        let two = zip_of(&[("HCPC2025_OCT_ANWEB.txt", HCPCS), ("HCPC2025_OCT_ANWEB_v2.txt", HCPCS)]);
        let failure = planned("x.zip", &two, None).expect_err("ambiguous");
        assert!(matches!(failure, PlanError::Archive(ArchiveError::Ambiguous { .. })), "{failure}");
    }
}
