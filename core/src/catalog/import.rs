//! From the files of a release to entries and sheets, with a count of the lines refused.
//!
//! [`super::release::plan`] has said what each file is. Nothing is stored here: `caseconsult codes import` lets the store
//! take the rows, and switches the editions on when [`Reading::finish`] has come to its end without error; until then
//! nobody sees them.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    ops::ControlFlow,
};

use super::{
    check::Violation,
    dataset::Dataset,
    edition::Edition,
    entry::Entry,
    gather::{self, Gather, Out, Source},
    gzip,
    layout::{rejected::Rejected, table::TableError, xml::XmlError},
    recognise::Layout,
    release::Release,
    release_zip::{ArchiveError, ReleaseZip},
    sheet::{Sheet, Unreadable},
};

/// A row of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A code of a code list.
    Entry(Entry),
    /// What another table says under a key.
    Sheet(Sheet),
}

/// What reading came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the files taken in, by table.
    pub rows: BTreeMap<Dataset, u64>,
    /// Lines refused.
    pub rejected: u64,
    /// The first of them, at most [`Report::SHOWN`].
    pub first_rejected: Vec<Rejected>,
    /// What the operator should know besides.
    pub remarks: Vec<String>,
}

impl Report {
    /// How many refused lines are kept for showing.
    pub const SHOWN: usize = 20;

    /// Rows taken in, of all tables.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The ZIP.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The table or spreadsheet.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// It says of itself that it is another table than it was named.
    #[error("it says of itself that it is {}: name it so with --kind {}", .dataset, .dataset.as_str())]
    OtherTable {
        /// Which.
        dataset: Dataset,
    },
    /// What stands at the end of every such file is missing.
    #[error("the count that stands below the changes is missing: the file was cut short, or is another one")]
    Cut,
    /// Fewer codes than any whole set has.
    #[error(
        "{codes} codes, and a whole set has {least} or more: the file was cut, or holds a part. If a part is meant, name \
         the table with --kind {}", .dataset.as_str()
    )]
    TooFew {
        /// Found.
        codes: u64,
        /// Wanted.
        least: u64,
        /// Of which table.
        dataset: Dataset,
    },
    /// The table contradicts itself.
    #[error("the table contradicts itself, so nothing was taken in; {0}")]
    Violation(#[from] Violation),
    /// A packed row could not be unpacked again; a defect of this program.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
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

/// A release being read, file by file.
pub struct Reading<'a> {
    gather: Box<dyn Gather>,
    out: Out<'a>,
}

impl<'a> Reading<'a> {
    /// Starts reading a release of this layout. Every row goes to `take`, until it breaks off. `editions` are those of
    /// the release that are to be filled; codes of a list that has none here are passed over.
    #[must_use]
    pub fn new(layout: Layout, editions: &'a [Edition], take: &'a mut dyn FnMut(Row) -> ControlFlow<()>) -> Self {
        Self { gather: gather::of(layout), out: Out::new(editions, take) }
    }

    /// Reads one planned file. What was handed out before an error is not to be kept.
    ///
    /// # Errors
    /// [`ImportError`].
    pub fn file<R: Read + Seek>(&mut self, release: &Release, mut reader: R) -> Result<(), ImportError> {
        reader.seek(SeekFrom::Start(0))?;
        match &release.member {
            None => self.source(&mut *gzip::plain(BufReader::with_capacity(64 << 10, reader))?, release),
            Some(member) => self.source(&mut ReleaseZip::open(reader)?.member(member)?, release),
        }
    }

    fn source(&mut self, reader: &mut dyn BufRead, release: &Release) -> Result<(), ImportError> {
        self.gather.read(
            Source { reader, is_sheet: release.is_sheet, layout: release.layout, is_named: release.is_named },
            &mut self.out,
        )
    }

    /// Hands out what waited for the last file.
    ///
    /// # Errors
    /// [`ImportError`]: nothing was found, too much was refused, or the table contradicts itself.
    pub fn finish(mut self) -> Result<Report, ImportError> {
        if !self.out.stopped {
            self.gather.finish(&mut self.out)?;
        }
        if self.out.stopped {
            return Err(ImportError::Stopped);
        }
        let may_be_empty = self.gather.may_be_empty();
        let report = self.out.report;
        let (rows, rejected) = (report.total(), report.rejected);
        match report.first_rejected.first() {
            // One in twenty: a published file has none, and one with that many has lost its columns.
            Some(first) if rejected * 20 > rows => {
                Err(ImportError::TooManyRejected { rejected, rows, first: first.clone() })
            }
            _ if rows == 0 && !may_be_empty => Err(ImportError::Empty),
            _ => Ok(report),
        }
    }
}

#[cfg(test)]
mod tests;
