//! The place of service codes for professional claims (CMS, "Place of Service Code Set"): a table of code and name.
//!
//! Codes are two digits of text: `01` is not `1`. Numbers that stand for nothing yet are listed as "Unassigned", and
//! a range of them may stand on one line (`35-40`), which is refused, as it is no code.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use super::{
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};

/// A place of service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// Two digits.
    pub code: String,
    /// CMS's name.
    pub name: String,
    /// CMS's description; empty where the table has none.
    pub description: String,
    /// False when the code stands for nothing yet.
    pub assigned: bool,
}

const CODE: usize = 0;
const NAME: usize = 1;
const DESCRIPTION: usize = 2;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["pos", "place of service code*", "pos code"]),
    Column::required(&["name", "place of service name", "pos name"]),
    Column::optional(&["place of service description", "description"]),
];

/// What takes places and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every place and every refused line of a text to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |row| place(row, &mut seen), take)
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |row| place(row, &mut seen), take)
}

fn place(row: &table::Row<'_>, seen: &mut HashSet<String>) -> Result<Row, Reason> {
    let [b'0'..=b'9', b'0'..=b'9'] = row.code(CODE)? else { return Err(Reason::NotACode) };
    let (code, name) = (row.owned(CODE), row.owned(NAME));
    if name.is_empty() {
        return Err(Reason::NoTitle);
    }
    if !seen.insert(code.clone()) {
        return Err(Reason::Twice);
    }
    let assigned = !name.eq_ignore_ascii_case("unassigned");
    Ok(Row { line: row.line(), code, name, description: row.owned(DESCRIPTION), assigned })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_two_digits_of_text() {
        let text = "POS,NAME\r\n01,Pharmacy\r\n02,Other than in Patient\u{2019}s Home\n1,Pharmacy\n01,Again\n35-40,Unassigned\n\
            43,Unassigned\n44,\n";
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(row.map(|row| (row.code, row.name, row.assigned)).map_err(|refused| refused.reason));
            ControlFlow::Continue(())
        })
        .expect("a table of places");
        let place = |code: &str, name: &str, assigned| Ok((code.to_owned(), name.to_owned(), assigned));
        let expected = [
            place("01", "Pharmacy", true),
            place("02", "Other than in Patient\u{2019}s Home", true),
            Err(Reason::NotACode),
            Err(Reason::Twice),
            Err(Reason::NotACode),
            place("43", "Unassigned", false),
            Err(Reason::NoTitle),
        ];
        assert_eq!(rows, expected);
    }
}
