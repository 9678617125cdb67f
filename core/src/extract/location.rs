//! Where a byte of the searched text stands within its place: the file, and its page or the sheet and cell; in the text
//! itself the column of a table.
//!
//! For people, who look it up in the original. Called for a reading that is shown or printed, never while it is made.

use std::ops::Range;

use super::{
    scan,
    table::{self, Cell, Column},
};
use crate::mail::search_text::Part;

/// Looks places up in one text.
pub struct Locations<'a> {
    text: &'a str,
    parts: &'a [Part],
    cells: Vec<Cell>,
}

impl<'a> Locations<'a> {
    /// In this text, with these parts.
    pub(super) fn of(text: &'a str, parts: &'a [Part]) -> Self {
        Self { text, parts, cells: table::cells(text, &scan::tokens(text)) }
    }

    /// `codes.xlsx, sheet Claims, cell B7`, `note.pdf, page 2`, `table cell, column units`; empty where there is no more to
    /// say than the place does. Private.
    #[must_use]
    pub fn at(&self, byte: usize) -> String {
        let after = self.parts.partition_point(|part| part.span.start <= byte);
        let part = after.checked_sub(1).and_then(|at| self.parts.get(at)).filter(|part| byte < part.span.end);
        let Some(part) = part else { return String::new() };
        let inside = match part.first_row {
            Some(first_row) => sheet_cell(self.text, part.span.start..byte, first_row),
            None => self.table_cell(byte),
        };
        match (part.label.as_str(), inside) {
            (label, None) => label.to_owned(),
            ("", Some(inside)) => inside,
            (label, Some(inside)) => format!("{label}, {inside}"),
        }
    }

    /// A cell of a table that the text itself draws, under a name that is known.
    fn table_cell(&self, byte: usize) -> Option<String> {
        let column = match table::at(&self.cells, byte)?.column {
            Column::Procedure => "procedure",
            Column::Code => "code",
            Column::Diagnosis => "diagnosis",
            Column::Modifier => "modifier",
            Column::Units => "units",
            Column::Revenue => "revenue code",
            Column::Drg => "DRG",
            Column::Service => "date of service",
            Column::Other => return None,
        };
        Some(format!("table cell, column {column}"))
    }
}

/// `cell B7`, of a sheet whose rows are the lines of `part` from this row on.
fn sheet_cell(text: &str, before: Range<usize>, first_row: u32) -> Option<String> {
    let before = text.get(before)?;
    let line = before.rsplit('\n').next().unwrap_or("");
    let rows = before.bytes().filter(|byte| *byte == b'\n').count();
    let row = first_row.saturating_add(u32::try_from(rows).ok()?);
    let mut column = line.bytes().filter(|byte| *byte == b'\t').count() + 1;
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(b'A' + u8::try_from((column - 1) % 26).ok()?);
        column = (column - 1) / 26;
    }
    letters.reverse();
    Some(format!("cell {}{row}", String::from_utf8(letters).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_sheet_has_the_name_that_the_sheet_gives_it() {
        let text = "CPT\tMod\n99213\t25\n";
        let at = |wanted: &str| sheet_cell(text, 0..text.find(wanted).unwrap(), 4).unwrap();
        assert_eq!((at("CPT"), at("25")), ("cell A4".to_owned(), "cell B5".to_owned()));
        let wide = format!("{}99213", "\t".repeat(27));
        assert_eq!(sheet_cell(&wide, 0..27, 1).unwrap(), "cell AB1");
    }
}
