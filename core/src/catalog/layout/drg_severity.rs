//! The diagnoses that are a complication or comorbidity: tables 6I (MCC) and 6J (CC) of CMS's final rule for inpatient
//! hospitals (IPPS), `Table 6I.txt`.
//!
//! A title, a header `Diagnosis Code`, `Description`, and dotted codes, tab-delimited. Which of the two lists it is
//! stands in the title alone: [`severity_of_title`]. Below the word `Notes` nothing is read.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use serde::{Deserialize, Serialize};

use super::{
    icd10_code::diagnosis_in,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError, decode},
    table_header::fold,
};
use crate::domain::code::Code;

/// How much a secondary diagnosis raises an MS-DRG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// A complication or comorbidity.
    Cc,
    /// A major one.
    Mcc,
}

impl Severity {
    /// Reads `CC` or `MCC`.
    #[must_use]
    pub const fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"CC" => Some(Self::Cc),
            b"MCC" => Some(Self::Mcc),
            _ => None,
        }
    }
}

/// A diagnosis of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The diagnosis.
    pub code: Code,
    /// CMS's description.
    pub title: String,
}

const CODE: usize = 0;
const TITLE: usize = 1;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] =
    &[Column::required(&["diagnosis code"]), Column::required(&["description"])];

/// What takes diagnoses and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// The list that the title of a text names, which stands in its first line: `TABLE 6I - COMPLETE MCC LIST`. Lists of
/// additions and deletions (6I.1, 6J.2) are none.
#[must_use]
pub fn severity_of_title(head: &[u8]) -> Option<Severity> {
    let title = fold(&decode(head.split(|byte| matches!(byte, b'\r' | b'\n')).next()?));
    match () {
        () if title.starts_with("table6icompletemcclist") => Some(Severity::Mcc),
        () if title.starts_with("table6jcompletecclist") => Some(Severity::Cc),
        () => None,
    }
}

/// Hands every diagnosis and every refused line of a text to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut list = List::default();
    table::read_text(reader, COLUMNS, &mut |row| list.pass(row, take))
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut list = List::default();
    table::read_sheet(reader, COLUMNS, &mut |row| list.pass(row, take))
}

#[derive(Default)]
struct List {
    seen: HashSet<Code>,
    ended: bool,
}

impl List {
    fn pass(&mut self, row: Result<table::Row<'_>, Rejected>, take: &mut Take<'_>) -> ControlFlow<()> {
        if self.ended {
            return ControlFlow::Break(());
        }
        let row = match row {
            Ok(row) => row,
            Err(rejected) => return take(Err(rejected)),
        };
        self.ended = [CODE, TITLE].into_iter().any(|column| fold(&row.text(column)) == "notes");
        if self.ended {
            return ControlFlow::Continue(());
        }
        take(self.diagnosis(&row).map_err(|reason| Rejected { line: row.line(), reason }))
    }

    fn diagnosis(&mut self, row: &table::Row<'_>) -> Result<Row, Reason> {
        let code = diagnosis_in(row.code(CODE)?).ok_or(Reason::NotACode)?;
        if !self.seen.insert(code.clone()) {
            return Err(Reason::Twice);
        }
        Ok(Row { line: row.line(), code, title: row.owned(TITLE) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "TABLE 6I - COMPLETE MCC LIST\r\nDiagnosis Code\tDescription\r\n";

    #[test]
    fn dotted_codes_are_read_down_to_the_notes() {
        let mut rows = Vec::new();
        let text = HEAD.to_owned()
            + "A02.1\tOne\r\nT81.19XA\tTwo, initial\nA02.1\tOne\n99213\tThree\nA02\n\r\n\tNotes:\r\n\t1. Not a code\r\n";
        read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("a list");
        let [Ok(one), Ok(two), Err(twice), Err(other), Err(cut)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((one.code.as_str(), one.title.as_str(), one.line), ("A02.1", "One", 3));
        assert_eq!((two.code.as_str(), two.title.as_str()), ("T81.19XA", "Two, initial"));
        assert_eq!(*twice, Rejected { line: 5, reason: Reason::Twice });
        assert_eq!(*other, Rejected { line: 6, reason: Reason::NotACode });
        assert_eq!(*cut, Rejected { line: 7, reason: Reason::NotARecord });
    }

    #[test]
    fn the_title_tells_the_list() {
        for (title, severity) in [
            (HEAD, Some(Severity::Mcc)),
            ("Table 6J - Complete CC List - FY 2031\r\n", Some(Severity::Cc)),
            ("TABLE 6J.1 - ADDITIONS TO THE CC LIST\r\n", None),
            ("", None),
        ] {
            assert_eq!(severity_of_title(title.as_bytes()), severity, "{title}");
        }
        assert_eq!((Severity::read(b"MCC"), Severity::read(b"")), (Some(Severity::Mcc), None));
    }
}
