//! A release in the ZIP that CMS or CDC published it in.
//!
//! The data member's name changes with every release, so what it is shows in its bytes; only corrections, layouts, notes
//! and most lists of changes are set aside by the words in their names. No member is unpacked beyond [`LARGEST`] bytes, whatever its header claims.

use std::io::{self, BufReader, Read, Seek};

use zip::{ZipArchive, result::ZipError};

/// The most that one member, or all parts of a spreadsheet together, may unpack to: the largest known table (NCCI, a
/// million lines) has some 60 MB.
pub const LARGEST: u64 = 512 << 20;

/// Why no release can be read from a ZIP.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// Not a ZIP, cut short, or damaged.
    #[error("the ZIP is damaged or was not downloaded to its end: {0}")]
    Damaged(#[from] ZipError),
    /// Nothing in it is a known code set.
    #[error("the ZIP holds no file of a known code set; its members are: {}", members.join(", "))]
    NoMember {
        /// Their names.
        members: Vec<String>,
    },
    /// More than one member could be meant.
    #[error("the ZIP holds several files that could be meant: {}; unpack it and import one of them", members.join(", "))]
    Ambiguous {
        /// Their names.
        members: Vec<String>,
    },
    /// It would unpack to more than [`LARGEST`].
    #[error("it unpacks to more than {} MB, which no published code set does", LARGEST >> 20)]
    TooLarge,
}

/// An open ZIP.
pub struct ReleaseZip<R> {
    archive: ZipArchive<R>,
}

impl<R: Read + Seek> ReleaseZip<R> {
    /// Reads the directory of members.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`].
    pub fn open(reader: R) -> Result<Self, ArchiveError> {
        Ok(Self { archive: ZipArchive::new(reader)? })
    }

    /// The members' names.
    #[must_use]
    pub fn members(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned())).collect()
    }

    /// Whether this ZIP is itself a spreadsheet.
    #[must_use]
    pub fn is_spreadsheet(&self) -> bool {
        self.members().iter().any(|name| name == "xl/workbook.xml")
    }

    /// The members that may hold a table, by their names; what they are shows when they are read.
    ///
    /// # Errors
    /// [`ArchiveError::NoMember`], with the names.
    pub fn data_members(&self) -> Result<Vec<String>, ArchiveError> {
        let members = self.members();
        let fitting: Vec<String> = members.iter().filter(|name| is_data(name)).cloned().collect();
        if fitting.is_empty() { Err(ArchiveError::NoMember { members }) } else { Ok(fitting) }
    }

    /// The bytes of a member, unpacked as they are read.
    ///
    /// # Errors
    /// [`ArchiveError`]; what is wrong further in shows when reading.
    pub fn member(&mut self, name: &str) -> Result<BufReader<impl Read>, ArchiveError> {
        let member = self.archive.by_name(name)?;
        if member.size() > LARGEST {
            return Err(ArchiveError::TooLarge);
        }
        Ok(BufReader::with_capacity(64 << 10, Bounded::new(member)))
    }

    /// Refuses a spreadsheet whose parts unpack to too much. The sizes are those of the directory.
    ///
    /// # Errors
    /// [`ArchiveError::TooLarge`].
    pub fn check_size(&mut self) -> Result<(), ArchiveError> {
        let size = self.archive.decompressed_size().unwrap_or(u128::MAX);
        if size > u128::from(LARGEST) { Err(ArchiveError::TooLarge) } else { Ok(()) }
    }
}

fn is_data(member: &str) -> bool {
    let lower = member.to_ascii_lowercase();
    let base = lower.rsplit(['/', '\\']).next().unwrap_or_default();
    let ends = [".txt", ".csv", ".tsv", ".xlsx", ".xml"].iter().any(|ending| base.ends_with(ending));
    // The lists of changes beside the exempt list have its columns.
    let changes = ["exemptadd", "exemptdelete", "exemptrevise"];
    let aside = ["correction", "layout", "note", "readme", "trans"].into_iter().chain(changes);
    ends && !lower.starts_with("__macosx/") && !aside.into_iter().any(|word| base.contains(word))
}

/// Ends in an error, not in an end of file, when there is more than is allowed.
pub(super) struct Bounded<R> {
    reader: R,
    left: u64,
}

impl<R> Bounded<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, left: LARGEST }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::new(io::ErrorKind::FileTooLarge, ArchiveError::TooLarge)),
        }
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    pub(in crate::catalog) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("a ZIP").into_inner()
    }

    fn chosen(names: &[&str]) -> Result<Vec<String>, ArchiveError> {
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"x"[..])).collect();
        ReleaseZip::open(Cursor::new(zip_of(&members)))?.data_members()
    }

    #[test]
    fn what_is_no_table_is_set_aside_by_its_name() {
        for (names, expected) in [
            (
                &["HCPC2019_CONTR_ANWEB.xlsx", "HCPC2019_CONTR_ANWEB.txt", "HCPC2019_Trans_Alpha.xlsx", "a.prn"][..],
                &["HCPC2019_CONTR_ANWEB.xlsx", "HCPC2019_CONTR_ANWEB.txt"][..],
            ),
            (
                &[
                    "HCPC2026_OCT_ANWEB_09232026.txt",
                    "HCPC2026_OCT_ANWEB_Corrections.xlsx",
                    "HCPC2026_recordlayout.txt",
                    "HCPC2026_OCT_ANWEB Transaction Report.txt",
                    "proc_notes_OCT2026.txt",
                ],
                &["HCPC2026_OCT_ANWEB_09232026.txt"],
            ),
            (&["x/HCPC2020_OCT_ANWEB.xlsx", "__MACOSX/x/._HCPC2020_OCT_ANWEB.xlsx"], &["x/HCPC2020_OCT_ANWEB.xlsx"]),
            (&["icd10cm_order_2026.txt", "icd10OrderFiles.pdf"], &["icd10cm_order_2026.txt"]),
            (&["icd10cm-order-April-2025.txt", "icd10-Order-Files-April-2025.pdf"], &["icd10cm-order-April-2025.txt"]),
        ] {
            assert_eq!(chosen(names).expect("some"), expected);
        }
        let Err(ArchiveError::NoMember { members }) = chosen(&["readme.txt"]) else { panic!("nothing fits") };
        assert_eq!(members, ["readme.txt"]);
    }

    #[test]
    fn a_zip_cut_short_is_damaged() {
        let whole = zip_of(&[("icd10cm_order_2026.txt", &[b'x'; 5000])]);
        let cut = whole[..whole.len() / 2].to_vec();
        assert!(matches!(ReleaseZip::open(Cursor::new(cut)), Err(ArchiveError::Damaged(_))));
    }

    #[test]
    fn reading_beyond_the_bound_is_an_error_and_not_an_end() {
        let mut bounded = Bounded { reader: &[0_u8; 100][..], left: 99 };
        let failure = io::copy(&mut bounded, &mut io::sink()).expect_err("one byte too many");
        assert_eq!(failure.kind(), io::ErrorKind::FileTooLarge);
        let mut fits = Bounded { reader: &[0_u8; 100][..], left: 100 };
        assert_eq!(io::copy(&mut fits, &mut io::sink()).ok(), Some(100));
    }
}
