//! Lines that a reader did not take, each with its number and the reason.
//!
//! A refused line never stops an import by itself; [`crate::catalog::import`] counts them and stops when there are too many.

/// A line of a text file, or a row of a sheet, that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Rejected {
    /// Counted from 1, as editors and spreadsheet programs do.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

/// Why a line was not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Longer than any line of the layout can be.
    #[error("longer than any record of this layout")]
    TooLong,
    /// Its columns do not fit the layout.
    #[error("the columns do not fit the layout")]
    NotARecord,
    /// A quotation mark opens a cell that is never closed.
    #[error("a quotation mark in it is not closed")]
    OpenQuote,
    /// Something other than a number where one should be.
    #[error("the {0} is not a number")]
    NotANumber(&'static str),
    /// A value that the layout does not know.
    #[error("the {0} is none of the layout's values")]
    Unknown(&'static str),
    /// Bytes that are no text in the layout's encoding.
    #[error("not plain text")]
    NotText,
    /// Something else stands where a code should.
    #[error("no code of this code set stands in the code's columns")]
    NotACode,
    /// A spreadsheet program has turned the code into a number.
    #[error("the code is a number cell, so its leading zeros or letters may be lost: take the file as published")]
    NumberCell,
    /// A number or modifier of the AMA's, whose text is licensed.
    #[error("a CPT code or modifier: its text comes only from a file under AMA licence")]
    Cpt,
    /// A dental code of the ADA's, whose text is licensed.
    #[error("a dental (CDT) code: its text comes only from a file under ADA licence")]
    Cdt,
    /// No title.
    #[error("the title is missing")]
    NoTitle,
    /// A date that no calendar has.
    #[error("the {0} is not a date")]
    NotADate(&'static str),
    /// A continuation of something that does not stand before it.
    #[error("continues a code that does not stand on the line before it")]
    Stray,
    /// A continuation whose sequence number does not rise.
    #[error("the sequence number does not rise: lines are out of order")]
    OutOfOrder,
    /// A note below the codes that it should bind.
    #[error("a note that stands after the codes below it")]
    Late,
    /// The code stood on an earlier line.
    #[error("the code was listed before")]
    Twice,
}
