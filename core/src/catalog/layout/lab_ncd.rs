//! The code lists of the laboratory national coverage determinations (NCD 190.12 to 190.34), as CMS issues them with
//! every quarter's change request: a worksheet, or the text made of it.
//!
//! | column | holds |
//! |---|---|
//! | NCD | the section, as 190.20A |
//! | CPT/HCPCS CODE, CPT EFF DATE, CPT TERM DATE | a procedure that the NCD is about |
//! | ICD-10 CODE, ICD-10 EFF DATE, ICD-10 TERM DATE, RESOLUTION CODE | a diagnosis, and what it means |
//!
//! The two halves are two lists that stand side by side, and what stands in one row has nothing to do with each
//! other: [`Row`] is of one list or the other. `@@@@@@@` is every diagnosis that is not listed.

use std::{
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::{
    icd10_code::diagnosis_in,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::{catalog::procedure_code::ProcedureCode, domain::code::Code};

/// An entry of one of the two lists of an NCD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1. Both lists may have an entry there.
    pub line: u64,
    /// The NCD's section: `190.20A`.
    pub ncd: String,
    /// The entry.
    pub entry: Entry,
    /// First day.
    pub effective: Option<Date>,
    /// Last day.
    pub terminated: Option<Date>,
}

/// What is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A procedure that the NCD is about.
    Procedure(ProcedureCode),
    /// A diagnosis, and what it means for those procedures.
    Diagnosis(Code, Resolution),
    /// `@@@@@@@`: every diagnosis that is not listed.
    OtherDiagnoses(Resolution),
}

/// CMS's resolution code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resolution {
    /// 1: covered.
    Covered,
    /// 2: not covered, whatever the record says.
    NotCovered,
    /// 3: does not support medical necessity.
    NotNecessary,
}

impl Resolution {
    /// The resolution of CMS's digit.
    #[must_use]
    pub const fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"1" => Some(Self::Covered),
            b"2" => Some(Self::NotCovered),
            b"3" => Some(Self::NotNecessary),
            _ => None,
        }
    }
}

const NCD: usize = 0;
const PROCEDURE: usize = 1;
const DIAGNOSIS: usize = 2;
const RESOLUTION: usize = 3;
const PROCEDURE_FROM: usize = 4;
const PROCEDURE_TO: usize = 5;
const DIAGNOSIS_FROM: usize = 6;
const DIAGNOSIS_TO: usize = 7;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["ncd", "ncd*"]),
    Column::required(&["cpt/hcpcs code", "cpt/hcpcs"]),
    Column::required(&["icd-10 code", "icd-10-cm code", "icd-10*code"]),
    Column::required(&["resolution code", "resolution*"]),
    Column::optional(&["cpt eff date", "cpt/hcpcs eff date", "cpt*eff date"]),
    Column::optional(&["cpt term date", "cpt/hcpcs term date"]),
    Column::optional(&["icd-10 eff date", "icd-10-cm eff date"]),
    Column::optional(&["icd-10 term date", "icd-10-cm term date"]),
];

/// What takes entries and refused ones, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every entry of both lists and every refused one of a text to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    table::read_text(reader, COLUMNS, &mut |row| pass(row, take))
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    table::read_sheet(reader, COLUMNS, &mut |row| pass(row, take))
}

fn pass(row: Result<table::Row<'_>, Rejected>, take: &mut Take<'_>) -> ControlFlow<()> {
    let row = match row {
        Ok(row) => row,
        Err(rejected) => return take(Err(rejected)),
    };
    let line = row.line();
    let refused = |reason| Rejected { line, reason };
    let procedure = !row.bytes(PROCEDURE).is_empty();
    let diagnosis = !row.bytes(DIAGNOSIS).is_empty();
    if procedure {
        take(self::procedure(&row).map_err(refused))?;
    }
    if diagnosis {
        take(self::diagnosis(&row).map_err(refused))?;
    }
    if procedure || diagnosis { ControlFlow::Continue(()) } else { take(Err(refused(Reason::NotARecord))) }
}

fn procedure(row: &table::Row<'_>) -> Result<Row, Reason> {
    Ok(Row {
        line: row.line(),
        ncd: ncd(row)?,
        entry: Entry::Procedure(ProcedureCode::read(row.code(PROCEDURE)?).ok_or(Reason::NotACode)?),
        effective: row.day(PROCEDURE_FROM, "effective date of the procedure")?,
        terminated: row.day(PROCEDURE_TO, "termination date of the procedure")?,
    })
}

fn diagnosis(row: &table::Row<'_>) -> Result<Row, Reason> {
    let resolution = Resolution::read(row.bytes(RESOLUTION)).ok_or(Reason::Unknown("resolution code"))?;
    let entry = match row.code(DIAGNOSIS)? {
        code if code.iter().all(|byte| *byte == b'@') => Entry::OtherDiagnoses(resolution),
        code => Entry::Diagnosis(diagnosis_in(code).ok_or(Reason::NotACode)?, resolution),
    };
    Ok(Row {
        line: row.line(),
        ncd: ncd(row)?,
        entry,
        effective: row.day(DIAGNOSIS_FROM, "effective date of the diagnosis")?,
        terminated: row.day(DIAGNOSIS_TO, "termination date of the diagnosis")?,
    })
}

fn ncd(row: &table::Row<'_>) -> Result<String, Reason> {
    // A sheet may hold 190.20 as a number, whose last zero is gone; then it is another section.
    let text = row.code(NCD)?;
    let shape = text.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'.');
    if text.is_empty() || !shape { Err(Reason::Unknown("NCD section")) } else { Ok(row.owned(NCD)) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn all(rows: &str) -> Vec<Result<Row, Rejected>> {
        let head = "NCD,CPT/HCPCS CODE,CPT EFF DATE,CPT TERM DATE,ICD-10 CODE,ICD-10 EFF DATE,ICD-10 TERM DATE,RESOLUTION CODE\r\n";
        let mut found = Vec::new();
        read((head.to_owned() + rows).as_bytes(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("a list");
        found
    }

    #[test]
    fn the_two_lists_are_told_apart() {
        let rows = all("190.12,87086,2020-01-01,,A021,2015-10-01,2021-06-30,1\r\n190.20A,,,,@@@@@@@,2015-10-01,,3\r\n");
        let [Ok(procedure), Ok(diagnosis), Ok(others)] = rows.as_slice() else { panic!("{rows:?}") };
        let code = ProcedureCode::read(b"87086").expect("a code");
        assert_eq!((procedure.line, procedure.ncd.as_str()), (2, "190.12"));
        assert_eq!((&procedure.entry, procedure.effective), (&Entry::Procedure(code), Some(date(2020, 1, 1))));
        let Entry::Diagnosis(code, resolution) = &diagnosis.entry else { panic!("{diagnosis:?}") };
        assert_eq!((code.as_str(), *resolution, diagnosis.line), ("A02.1", Resolution::Covered, 2));
        assert_eq!(diagnosis.terminated, Some(date(2021, 6, 30)));
        assert_eq!(others.entry, Entry::OtherDiagnoses(Resolution::NotNecessary));
    }

    #[test]
    fn one_half_may_be_refused_without_the_other() {
        let rows = all("190.12,8708,,,A021,2015-10-01,,1\n190.12,87086,,,A021,2015-10-01,,4\n190.12,,,,,,,1\n\
            190.12,,,,A02!,,,2\n,87086,,,,,,\n190.12,87086,,,A021,2015-13-01,,2\n");
        let told: Vec<_> =
            rows.into_iter().map(|row| row.map(|row| row.line).map_err(|r| (r.line, r.reason))).collect();
        let expected = [
            Err((2, Reason::NotACode)),
            Ok(2),
            Ok(3),
            Err((3, Reason::Unknown("resolution code"))),
            Err((4, Reason::NotARecord)),
            Err((5, Reason::NotACode)),
            Err((6, Reason::Unknown("NCD section"))),
            Ok(7),
            Err((7, Reason::NotADate("effective date of the diagnosis"))),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_resolution_means_what_cms_says() {
        assert_eq!(Resolution::read(b"1"), Some(Resolution::Covered));
        assert_eq!(Resolution::read(b"2"), Some(Resolution::NotCovered));
        assert_eq!(Resolution::read(b"3"), Some(Resolution::NotNecessary));
        assert_eq!(Resolution::read(b"0"), None);
    }
}
