//! The geographic practice cost indices of the physician fee schedule: `GPCI2024.csv` and its worksheet, in the ZIP of
//! the relative values.
//!
//! | column (CMS, addendum E) | holds |
//! |---|---|
//! | Medicare Administrative Contractor (MAC) | five digits |
//! | State, Locality Number, Locality Name | two letters, two digits, a name |
//! | PW GPCI (with 1.0 Floor), PE GPCI, MP GPCI | the indices of work, practice expense and malpractice |
//!
//! Contractor and locality are text of fixed length; zeros that a spreadsheet program has taken from their front are
//! put back. Notes below the table are passed over.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use super::{
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::catalog::decimal::Index;

/// One locality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The Medicare administrative contractor, five digits.
    pub contractor: String,
    /// Two letters.
    pub state: String,
    /// Two digits; with the contractor it is the key.
    pub locality: String,
    /// As CMS names it.
    pub name: String,
    /// For the physician's work, with the floor of 1.0 where the file has it.
    pub work: Index,
    /// For practice expense.
    pub practice_expense: Index,
    /// For malpractice.
    pub malpractice: Index,
}

const CONTRACTOR: usize = 0;
const LOCALITY: usize = 1;
const WORK: usize = 2;
const PRACTICE_EXPENSE: usize = 3;
const MALPRACTICE: usize = 4;
const STATE: usize = 5;
const NAME: usize = 6;

/// The columns, as the header names them, with or without the year.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["medicare administrative contractor (mac)", "mac", "contractor"]),
    Column::required(&["locality number", "locality"]),
    Column::required(&["*pw gpci (with 1.0 floor)", "*pw gpci", "*work gpci*"]),
    Column::required(&["*pe gpci"]),
    Column::required(&["*mp gpci"]),
    Column::optional(&["state"]),
    Column::optional(&["locality name"]),
];

/// What takes localities and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every locality and every refused line of a text to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_text(reader, COLUMNS, &mut |row| pass(row, &mut seen, take))
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_sheet(reader, COLUMNS, &mut |row| pass(row, &mut seen, take))
}

type Seen = HashSet<(String, String)>;

fn pass(row: Result<table::Row<'_>, Rejected>, seen: &mut Seen, take: &mut Take<'_>) -> ControlFlow<()> {
    let row = match row {
        Ok(row) => row,
        Err(rejected) => return take(Err(rejected)),
    };
    // A note has a text in its first cell, and nothing where the indices are.
    if [LOCALITY, WORK, PRACTICE_EXPENSE, MALPRACTICE].into_iter().all(|column| row.bytes(column).is_empty()) {
        return ControlFlow::Continue(());
    }
    take(locality(&row, seen).map_err(|reason| Rejected { line: row.line(), reason }))
}

fn locality(row: &table::Row<'_>, seen: &mut Seen) -> Result<Row, Reason> {
    let index = |column, name| Index::read(row.bytes(column)).ok_or(Reason::NotANumber(name));
    let found = Row {
        line: row.line(),
        contractor: padded(row.bytes(CONTRACTOR), 5).ok_or(Reason::Unknown("contractor"))?,
        state: row.owned(STATE),
        locality: padded(row.bytes(LOCALITY), 2).ok_or(Reason::Unknown("locality"))?,
        name: row.owned(NAME),
        work: index(WORK, "work index")?,
        practice_expense: index(PRACTICE_EXPENSE, "practice expense index")?,
        malpractice: index(MALPRACTICE, "malpractice index")?,
    };
    let key = (found.contractor.clone(), found.locality.clone());
    if seen.insert(key) { Ok(found) } else { Err(Reason::Twice) }
}

/// Digits with zeros in front, up to a length.
fn padded(bytes: &[u8], length: usize) -> Option<String> {
    let digits = std::str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    ((1..=length).contains(&digits.len())).then(|| format!("{digits:0>length$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Result<Row, Rejected>> {
        let mut found = Vec::new();
        read(text.as_bytes(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("a table of indices");
        found
    }

    #[test]
    fn localities_are_read_under_this_years_names() {
        let rows = all("ADDENDUM E,,,,,,,\n\n\
            Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2031 PW GPCI (without 1.0 Floor),\
            2031 PW GPCI (with 1.0 Floor),2031 PE GPCI,2031 MP GPCI\n\
            10112,AL,00,NOWHERE,0.981,1.000,0.869,0.575\n2102,AK,1,FAR,1.5,1.5,1.081,0.592\n\
            \"* A note, about the floor\",,,,,,,\n10112,AL,00,NOWHERE,1,1,1,1\n10112,AL,0A,X,1,1,1,1\n\
            10112,AL,01,X,1,1.0005,1,1\n");
        let [Ok(first), Ok(second), Err(twice), Err(letter), Err(fine)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((first.contractor.as_str(), first.locality.as_str(), first.work), ("10112", "00", Index::new(1000)));
        assert_eq!((first.practice_expense, first.malpractice), (Index::new(869), Index::new(575)));
        assert_eq!(
            (second.contractor.as_str(), second.locality.as_str(), second.name.as_str()),
            ("02102", "01", "FAR")
        );
        assert_eq!(*twice, Rejected { line: 7, reason: Reason::Twice });
        assert_eq!(*letter, Rejected { line: 8, reason: Reason::Unknown("locality") });
        assert_eq!(*fine, Rejected { line: 9, reason: Reason::NotANumber("work index") });
    }
}
