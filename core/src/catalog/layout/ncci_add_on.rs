//! NCCI add-on code edits (AOC): with which primary codes an add-on code is paid.
//!
//! `AOC_V2026Q2-MCR.txt` and `….xlsx`, below a notice. Columns (CMS, "Medicare NCCI add-on code edits" header):
//!
//! | column | holds |
//! |---|---|
//! | AOC_Edit_Type | 1, 2 or 3, [`AddOnType`] |
//! | Add-On_Code, AOC_DelDT | the add-on code, and the day it was deleted |
//! | Primary_Code, Primary_Code_DelDT | a primary code, or `CCCCC` where the contractor decides; the day it was deleted |
//! | AOC_Edit_EffDT, AOC_Edit_DelDT | first and last day of the pair |
//! | Special_Instruction_Notes | a text |
//!
//! Dates are ordinal, `YYYYDDD`: 2026091 is 1 April 2026. They are never read as `YYYYMMDD`. A table of type, add-on
//! and primary code alone is read too, without dates.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    day,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::catalog::procedure_code::ProcedureCode;

/// An add-on code with one of its primary codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// Whether the list of primary codes is whole.
    pub kind: AddOnType,
    /// The add-on code, never paid by itself.
    pub add_on: ProcedureCode,
    /// The last day of the add-on code.
    pub add_on_deleted: Option<Date>,
    /// What it may be added to.
    pub primary: Primary,
    /// The last day of the primary code.
    pub primary_deleted: Option<Date>,
    /// First day of the pair; none when the file does not tell.
    pub effective: Option<Date>,
    /// Last day of the pair; none when it is in force.
    pub deleted: Option<Date>,
    /// CMS's note.
    pub note: String,
}

/// CMS's type of an add-on code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddOnType {
    /// 1: all primary codes are listed; with any other the add-on code is not paid.
    Closed,
    /// 2: no list; contractors decide on the primary codes.
    ContractorDefined,
    /// 3: some are listed, and contractors may accept others.
    Open,
}

impl AddOnType {
    /// The type of CMS's digit.
    #[must_use]
    pub const fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"1" => Some(Self::Closed),
            b"2" => Some(Self::ContractorDefined),
            b"3" => Some(Self::Open),
            _ => None,
        }
    }

    /// CMS's digit.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Closed => 1,
            Self::ContractorDefined => 2,
            Self::Open => 3,
        }
    }
}

/// What an add-on code may be added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Primary {
    /// This code.
    Code(ProcedureCode),
    /// `CCCCC`: codes that the contractor decides on.
    ContractorDefined,
}

const TYPE: usize = 0;
const ADD_ON: usize = 1;
const PRIMARY: usize = 2;
const ADD_ON_DELETED: usize = 3;
const PRIMARY_DELETED: usize = 4;
const EFFECTIVE: usize = 5;
const DELETED: usize = 6;
const NOTE: usize = 7;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["aoc edit type", "edit type"]),
    Column::required(&["add-on code"]),
    Column::required(&["primary code"]),
    Column::optional(&["aoc deldt"]),
    Column::optional(&["primary code deldt"]),
    Column::optional(&["aoc edit effdt"]),
    Column::optional(&["aoc edit deldt"]),
    Column::optional(&["special instruction notes", "special instruction*"]),
];

/// What takes pairs and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every pair and every refused line of a text to `take`, until it breaks off. Of a pair that stands twice with
/// the same first day, the first is taken.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |row| pair(row, &mut seen), take)
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |row| pair(row, &mut seen), take)
}

type Key = (ProcedureCode, Primary, Option<Date>);

fn pair(row: &table::Row<'_>, seen: &mut HashSet<Key>) -> Result<Row, Reason> {
    let day = |column, name| day::ordinal(row.bytes(column)).ok_or(Reason::NotADate(name));
    let pair = Row {
        line: row.line(),
        kind: AddOnType::read(row.bytes(TYPE)).ok_or(Reason::Unknown("type of add-on code"))?,
        add_on: ProcedureCode::read(row.code(ADD_ON)?).ok_or(Reason::NotACode)?,
        add_on_deleted: day(ADD_ON_DELETED, "deletion date of the add-on code")?,
        primary: match row.code(PRIMARY)? {
            b"CCCCC" => Primary::ContractorDefined,
            code => Primary::Code(ProcedureCode::read(code).ok_or(Reason::NotACode)?),
        },
        primary_deleted: day(PRIMARY_DELETED, "deletion date of the primary code")?,
        effective: day(EFFECTIVE, "effective date")?,
        deleted: day(DELETED, "deletion date")?,
        note: row.owned(NOTE),
    };
    if seen.insert((pair.add_on, pair.primary, pair.effective)) { Ok(pair) } else { Err(Reason::Twice) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::{super::worksheet::tests::book, *};

    const NAMES: &[&str] = &[
        "AOC_Edit_Type",
        "Add-On_Code",
        "AOC_DelDT",
        "Primary_Code",
        "Primary_Code_DelDT",
        "AOC_Edit_EffDT",
        "AOC_Edit_DelDT",
        "Special_Instruction_Notes",
    ];

    fn all(rows: &str) -> Vec<Result<Row, Rejected>> {
        let text = format!("A notice\t\t\t\t\t\t\t\r\n{}\r\n{rows}", NAMES.join("\t"));
        let mut found = Vec::new();
        read(text.as_bytes(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("an add-on table");
        found
    }

    #[test]
    fn ordinal_dates_and_contractor_defined_codes_are_read() {
        let rows =
            all("1\t0071U\t\t0070U\t2025365\t2013091\t2024366\t\n2\tG0316\t\tCCCCC\t\t2026091\t\tContractor Defined\n");
        let [Ok(closed), Ok(open)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((closed.kind, closed.add_on.as_str(), closed.line), (AddOnType::Closed, "0071U", 3));
        assert_eq!(closed.primary, Primary::Code(ProcedureCode::read(b"0070U").expect("a code")));
        assert_eq!((closed.effective, closed.deleted), (Some(date(2013, 4, 1)), Some(date(2024, 12, 31))));
        assert_eq!((closed.add_on_deleted, closed.primary_deleted), (None, Some(date(2025, 12, 31))));
        assert_eq!((open.kind, open.primary), (AddOnType::ContractorDefined, Primary::ContractorDefined));
        assert_eq!((open.effective, open.note.as_str()), (Some(date(2026, 4, 1)), "Contractor Defined"));
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let rows = all("1\t0071U\t\t0070U\n1\t0071U\t\t0070U\n4\t0071U\t\t0070U\n1\t71\t\t0070U\n1\t0071U\t\tXXXXX\n\
            1\t0071U\t\t0070U\t\t20130401\n1\t0071U\t\t0070U\t\t2013366\n1\t0071U\n");
        let reasons: Vec<_> = rows.into_iter().skip(1).map(|row| row.expect_err("refused")).collect();
        let expected = [
            Reason::Twice,
            Reason::Unknown("type of add-on code"),
            Reason::NotACode,
            Reason::NotACode,
            Reason::NotADate("effective date"),
            Reason::NotADate("effective date"),
            Reason::NotARecord,
        ];
        let expected: Vec<_> = (4..).zip(expected).map(|(line, reason)| Rejected { line, reason }).collect();
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_worksheet_gives_the_same_pairs() -> Result<(), TableError> {
        let rows: &[&[&str]] = &[
            &["A notice"],
            NAMES,
            &["#3", "00101", "", "00100", "", "#2026091"],
            &["#3", "#101", "", "00100", "", "#2026091"],
        ];
        let mut found = Vec::new();
        read_xlsx(Cursor::new(book(rows)), &mut |row| {
            found.push(row.map(|row| (row.kind, row.effective)).map_err(|refused| refused.reason));
            ControlFlow::Continue(())
        })?;
        assert_eq!(found, [Ok((AddOnType::Open, Some(date(2026, 4, 1)))), Err(Reason::NumberCell)]);
        Ok(())
    }

    #[test]
    fn a_type_means_what_cms_says() {
        for (digit, kind) in [(b"1", AddOnType::Closed), (b"2", AddOnType::ContractorDefined), (b"3", AddOnType::Open)]
        {
            assert_eq!((AddOnType::read(digit), kind.digit()), (Some(kind), digit[0] - b'0'));
        }
        assert_eq!((AddOnType::read(b"0"), AddOnType::read(b"")), (None, None));
    }
}
