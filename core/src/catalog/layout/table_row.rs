//! A row of a table, with its columns under the names that a reader asked for. Used by [`super::table`].

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use jiff::civil::Date;

use super::{day, rejected::Reason, table::Column};

/// A row as it stands in the file.
#[derive(Clone, Default)]
pub(in crate::catalog) struct Raw<'a> {
    /// Where it starts, from 1.
    pub(super) line: u64,
    /// Its cells, one byte apart.
    pub(super) text: &'a [u8],
    /// Where each ends.
    pub(super) ends: &'a [usize],
    /// Which of them are numbers; empty when it is text anyway.
    pub(super) numbers: &'a [bool],
    /// It has no cells, for this reason.
    pub(super) broken: Option<Reason>,
}

impl<'a> Raw<'a> {
    /// The cell without blanks around it; empty beyond the last.
    pub(super) fn cell(&self, column: usize) -> &'a [u8] {
        let Some(end) = self.ends.get(column) else { return b"" };
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        self.text.get(start..*end).unwrap_or_default().trim_ascii()
    }

    pub(super) fn is_blank(&self) -> bool {
        (0..self.ends.len()).all(|column| self.cell(column).is_empty())
    }
}

/// Where the wanted columns stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) places: Vec<Option<usize>>,
    /// How many columns the header has.
    width: usize,
    /// How many cells a line of text has at least.
    least: usize,
}

impl Bound {
    pub(super) fn new(columns: &[Column], places: Vec<Option<usize>>, width: usize) -> Self {
        let required = columns.iter().zip(&places).filter(|(column, _)| column.required);
        let least = required.filter_map(|(_, place)| *place).max().map_or(0, |last| last + 1);
        Self { places, width, least }
    }

    /// Whether a row can be one of this table. A worksheet leaves out the empty cells at a row's end.
    pub(super) fn fits(&self, raw: &Raw<'_>) -> bool {
        let cells = raw.ends.len();
        (!raw.numbers.is_empty() || cells >= self.least)
            && (self.width..cells).all(|column| raw.cell(column).is_empty())
    }

    /// How many columns the header has.
    pub(super) const fn width(&self) -> usize {
        self.width
    }
}

/// A row below the header. Columns are asked for by their place in the list of wanted ones.
pub struct Row<'a> {
    pub(super) raw: Raw<'a>,
    pub(super) bound: &'a Bound,
}

impl<'a> Row<'a> {
    /// Where it starts, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.raw.line
    }

    /// The cell as it stands there, without blanks around it. Empty where the column is missing.
    #[must_use]
    pub fn bytes(&self, column: usize) -> &'a [u8] {
        self.place(column).map_or(b"", |place| self.raw.cell(place))
    }

    /// The cell as text.
    #[must_use]
    pub fn text(&self, column: usize) -> Cow<'a, str> {
        decode(self.bytes(column))
    }

    /// The cell as text that is kept.
    #[must_use]
    pub fn owned(&self, column: usize) -> String {
        self.text(column).trim().to_owned()
    }

    /// The cell as a code: whatever a sheet took for a number is none.
    ///
    /// # Errors
    /// [`Reason::NumberCell`].
    pub fn code(&self, column: usize) -> Result<&'a [u8], Reason> {
        if self.is_number(column) { Err(Reason::NumberCell) } else { Ok(self.bytes(column)) }
    }

    /// The cell as a day; none when nothing stands there. `name` says in the report which.
    ///
    /// # Errors
    /// [`Reason::NotADate`].
    pub fn day(&self, column: usize, name: &'static str) -> Result<Option<Date>, Reason> {
        let bytes = self.bytes(column);
        let day = if self.is_number(column) { day::in_sheet(bytes) } else { day::read(bytes) };
        day.ok_or(Reason::NotADate(name))
    }

    fn is_number(&self, column: usize) -> bool {
        self.place(column).and_then(|place| self.raw.numbers.get(place)).is_some_and(|number| *number)
    }

    fn place(&self, column: usize) -> Option<usize> {
        self.bound.places.get(column).copied().flatten()
    }
}

/// UTF-8, or else Windows-1252, which is what spreadsheet programs write.
#[must_use]
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}
