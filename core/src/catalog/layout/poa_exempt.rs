//! The diagnoses that are exempt from the present-on-admission indicator.
//!
//! CDC/NCHS publish the list with every fiscal year as tab-delimited text (`POAexemptCodesFY26.txt`) beside
//! spreadsheets and lists of what was added, deleted and revised: `Order26`, `POAexemptCode`, `Description`. Codes
//! have their dots; the order number changes every year and is no key. The lists of changes have the same columns, one
//! without the order number, one with an action.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use super::{
    icd10_code::diagnosis,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::domain::code::Code;

const CODE: usize = 0;
const TITLE: usize = 1;
const ACTION: usize = 2;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["POAexemptCode", "POA exempt code"]),
    Column::required(&["Description"]),
    Column::optional(&["Action"]),
];

/// An exempt code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code in normal form.
    pub code: Code,
    /// Its long title.
    pub title: String,
}

type Take<'a> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 'a;

/// Hands every code to `take`, as a row or as refused, until it breaks off. A list of revised titles is refused line
/// by line: it says nothing of the exemption.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |cells| row(cells, &mut seen), take)
}

/// The same from the spreadsheet.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read_sheet<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |cells| row(cells, &mut seen), take)
}

fn row(cells: &table::Row<'_>, seen: &mut HashSet<Code>) -> Result<Row, Reason> {
    if !cells.bytes(ACTION).is_empty() {
        return Err(Reason::NotARecord);
    }
    cells.code(CODE)?;
    let code = diagnosis(&cells.owned(CODE)).ok_or(Reason::NotACode)?;
    let title = cells.owned(TITLE);
    if title.is_empty() {
        return Err(Reason::NoTitle);
    }
    if !seen.insert(code.clone()) {
        return Err(Reason::Twice);
    }
    Ok(Row { line: cells.line(), code, title })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::catalog::layout::worksheet::tests::book;

    fn shown(row: Result<Row, Rejected>) -> String {
        row.map_or_else(|bad| bad.to_string(), |row| format!("{} {} {}", row.line, row.code, row.title))
    }

    fn all(text: &str) -> Result<Vec<String>, TableError> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(shown(row));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn dotted_codes_are_read_and_quoted_titles_unquoted() -> Result<(), TableError> {
        let found = all("Order26\tPOAexemptCode\tDescription\r\n\
            01238\tB90.0\tSequelae of grumbling\r\n\
            01239\tS30.1XXD\t\"Scratch, later\"\r\n\
            01240\tB90.0\tagain\r\n\
            01241\t905.1\tno code\r\n\
            01242\tB90.2\t\r\n")?;
        let expected = [
            "2 B90.0 Sequelae of grumbling",
            "3 S30.1XXD Scratch, later",
            "line 4: the code was listed before",
            "line 5: no code of this code set stands in the code's columns",
            "line 6: the title is missing",
        ];
        assert_eq!(found, expected);
        Ok(())
    }

    #[test]
    fn a_list_of_revised_titles_and_other_tables_are_refused() -> Result<(), TableError> {
        let found = all("Order26\tAction\tPOAexemptCode\tDescription\n1\tRevise from:\tB90.0\tx\n")?;
        assert_eq!(found, ["line 2: the columns do not fit the layout"]);
        assert!(all("").is_err());
        assert!(all("code\ttitle\nB90.0\tx\n").is_err());
        Ok(())
    }

    #[test]
    fn the_spreadsheet_says_the_same() -> Result<(), TableError> {
        let mut rows = Vec::new();
        let sheet =
            book(&[&["Order26", "POAexemptCode", "Description"], &["01238", "B90.0", "Sequelae"], &["1", "#90", "x"]]);
        read_sheet(Cursor::new(sheet), &mut |row| {
            rows.push(shown(row));
            ControlFlow::Continue(())
        })?;
        assert_eq!(rows.first().map(String::as_str), Some("2 B90.0 Sequelae"));
        assert_eq!(rows.len(), 2);
        Ok(())
    }
}
