//! How much of a file is looked at. Work is counted and never timed: the same file gives the same text anywhere. What
//! parsers of other hands do beyond this is bounded by the process that runs them.

use super::super::message;

/// A file larger than this is not opened; bytes.
pub(super) const LARGEST_FILE: usize = 48 << 20;
/// The most text that is kept of one file; bytes.
pub(super) const MOST_TEXT: usize = message::MOST_TEXT;
/// What all parts of a document together may unpack to; bytes.
pub(super) const MOST_UNPACKED: u64 = 128 << 20;
/// Members of an archive that are looked at.
pub(super) const MOST_MEMBERS: usize = 200;
/// Sheets of a workbook that are looked at.
pub(super) const MOST_SHEETS: usize = 100;
/// Rows of a sheet that are looked at.
pub(super) const MOST_ROWS: usize = 20_000;
/// Cells of a row that are kept. Column names are read in as many.
pub(super) const WIDEST: usize = 40;
/// Pages of a PDF that are looked at.
pub(super) const MOST_PAGES: usize = 2_000;
/// Operators of a PDF's pages that are carried out.
pub(super) const MOST_OPERATORS: usize = 20_000_000;
