//! A ZIP in memory: its members' names, and their bytes unpacked to a bound, whatever its directory claims.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::{bounds::MOST_UNPACKED, kind::Kind, remark::Remark};

/// An open ZIP.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked, over all members.
    left: u64,
}

/// A member's bytes.
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// Whether there were more than the bound allows, or the rest is damaged.
    pub(super) fault: Option<Remark>,
}

impl<'b> Package<'b> {
    /// Reads the directory. None when there is none that can be read.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        Some(Self { archive: ZipArchive::new(Cursor::new(bytes)).ok()?, left: MOST_UNPACKED })
    }

    /// What its members make of it.
    pub(super) fn kind(&self) -> Kind {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        if has("word/document.xml") {
            Kind::Document
        } else if has("xl/workbook.xml") || has("xl/workbook.bin") {
            Kind::Workbook
        } else if has("ppt/presentation.xml") {
            Kind::Slides
        } else if has("content.xml") && has("META-INF/manifest.xml") {
            let mut copy = Self { archive: self.archive.clone(), left: 1 << 10 };
            let named = copy.part("mimetype").map(|part| part.bytes).unwrap_or_default();
            match String::from_utf8_lossy(&named) {
                named if named.contains("spreadsheet") => Kind::Workbook,
                named if named.contains("presentation") => Kind::Slides,
                _ => Kind::Document,
            }
        } else {
            Kind::Archive
        }
    }

    /// How many members there are, folders included.
    pub(super) fn len(&self) -> usize {
        self.archive.len()
    }

    /// The members' names, in the order of the directory.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned())).collect()
    }

    /// A member by its name.
    pub(super) fn part(&mut self, name: &str) -> Result<Part, Remark> {
        let index = self.archive.index_for_name(name).ok_or(Remark::Broken)?;
        self.part_at(index)
    }

    /// A member by its place in the directory.
    pub(super) fn part_at(&mut self, index: usize) -> Result<Part, Remark> {
        let member = self.archive.by_index(index).map_err(|error| fault(&error))?;
        let mut bytes = Vec::new();
        let mut bounded = member.take(self.left + 1);
        let read = bounded.read_to_end(&mut bytes);
        let unpacked = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let too_much = unpacked > self.left;
        self.left = self.left.saturating_sub(unpacked);
        let fault = match read {
            _ if too_much => Some(Remark::TooLarge),
            Err(_) => Some(Remark::Damaged),
            Ok(_) => None,
        };
        Ok(Part { bytes, fault })
    }

    /// The name of a member, whether it is a folder, and its size as the directory says.
    pub(super) fn entry(&mut self, index: usize) -> Option<(String, bool, u64)> {
        let member = self.archive.by_index_raw(index).ok()?;
        Some((member.name().ok()?.into_owned(), member.is_dir(), member.size()))
    }

    /// Why no other parser should be given this package: it is locked, or would unpack to more than is allowed.
    /// Everything is unpacked once to see it, since the sizes in a directory can lie.
    pub(super) fn trouble(&mut self) -> Option<Remark> {
        if self.is_locked() {
            return Some(Remark::Encrypted);
        }
        let mut left = MOST_UNPACKED;
        for index in 0..self.len() {
            let Ok(member) = self.archive.by_index(index) else { continue };
            let unpacked = std::io::copy(&mut member.take(left + 1), &mut std::io::sink()).unwrap_or(0);
            left = match left.checked_sub(unpacked) {
                Some(left) => left,
                None => return Some(Remark::TooLarge),
            };
        }
        None
    }

    /// Whether an OpenDocument package says that its parts are encrypted (ODF 1.3, part 2, §3.4.1).
    pub(super) fn is_locked(&mut self) -> bool {
        let left = self.left;
        let manifest = self.part("META-INF/manifest.xml");
        self.left = left;
        manifest.is_ok_and(|part| memchr::memmem::find(&part.bytes, b"encryption-data").is_some())
    }
}

/// A password is no damage.
fn fault(error: &ZipError) -> Remark {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => Remark::Encrypted,
        ZipError::InvalidPassword => Remark::Encrypted,
        ZipError::UnsupportedArchive(_) => Remark::NotOpened,
        _ => Remark::Broken,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    /// A ZIP with these members.
    pub(in crate::mail) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn no_more_is_unpacked_than_the_bound_over_all_members() {
        let bytes = zip_of(&[("a", &[b'x'; 600]), ("b", &[b'x'; 600])]);
        let mut package = Package::open(&bytes).unwrap();
        package.left = 1_000;
        assert!(package.part("a").unwrap().fault.is_none());
        let part = package.part("b").unwrap();
        assert_eq!((part.bytes.len(), part.fault), (401, Some(Remark::TooLarge)));
        assert!(package.part("c").is_err());
    }
}
