//! The payment amounts of the physician fee schedule by locality: `PFALL26.txt`, one line a locality, code and
//! modifier, and `PFREV26B.txt`, the lines that changed in a quarter. The second is no list to put over the first: it
//! only says what its own lines say.
//!
//! Quoted fields at fixed columns, from 1 (CMS, "Physician Fee Schedule Payment Amount File", record layout):
//!
//! | columns | holds |
//! |---|---|
//! | 2-5 | year |
//! | 9-13, 17-18 | contractor, locality |
//! | 22-26, 30-31 | code, modifier |
//! | 35-44, 48-57 | amount outside of and in facilities, dollars |
//! | 65, 69, 73 | PC/TC, status, multiple procedure |
//! | 77-86, 90-99 | amount with therapy reduction, non-institutional and institutional |
//! | 103 | 1 where the OPPS cap applies, otherwise 9 |
//! | 107-116, 120-129 | OPPS amount outside of and in facilities |
//!
//! Lines that start with `"TRL-` are notices.

use std::{
    io::{self, BufRead},
    ops::ControlFlow,
};

use super::{
    day,
    lines::{Line, Lines},
    pfs_indicator::{ComponentIndicator, MultipleProcedure, StatusCode},
    rejected::{Reason, Rejected},
};
use crate::{
    catalog::{decimal::Dollars, procedure_code::ProcedureCode},
    domain::code::Modifier,
};

/// The amounts for a code in a locality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The calendar year.
    pub year: i16,
    /// The Medicare administrative contractor.
    pub contractor: Digits<5>,
    /// The locality within it.
    pub locality: Digits<2>,
    /// The code.
    pub code: ProcedureCode,
    /// None for the service as a whole.
    pub modifier: Option<Modifier>,
    /// Outside of facilities.
    pub non_facility: Dollars,
    /// In facilities.
    pub facility: Dollars,
    /// Professional and technical component.
    pub component: ComponentIndicator,
    /// How Medicare treats the code.
    pub status: StatusCode,
    /// A second procedure on the same day.
    pub multiple_procedure: MultipleProcedure,
    /// With the therapy reduction, outside of institutions; zero where there is none.
    pub reduced_non_institutional: Dollars,
    /// With the therapy reduction, in institutions.
    pub reduced_institutional: Dollars,
    /// Whether the outpatient payment caps it.
    pub opps_cap: bool,
    /// The capped amount outside of facilities; zero where there is none.
    pub opps_non_facility: Dollars,
    /// The capped amount in facilities.
    pub opps_facility: Dollars,
}

/// A number that is a name, with its leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits<const LENGTH: usize>([u8; LENGTH]);

impl<const LENGTH: usize> Digits<LENGTH> {
    fn read(bytes: &[u8]) -> Option<Self> {
        let digits: [u8; LENGTH] = bytes.try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Hands every line of the file to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// What the reader says: a damaged ZIP, a disk that fails.
pub fn read<R: BufRead>(reader: R, take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>) -> io::Result<()> {
    let mut lines = Lines::new(reader);
    while let Some(line) = lines.advance()? {
        if line.is_blank() || line.columns(1, 5) == b"\"TRL-" {
            continue;
        }
        if take(row(line).map_err(|reason| Rejected { line: line.number, reason })).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether the line is one of this file.
pub(in crate::catalog) fn is_record(line: Line<'_>) -> bool {
    row(line).is_ok()
}

fn row(line: Line<'_>) -> Result<Row, Reason> {
    if line.cut {
        return Err(Reason::TooLong);
    }
    // Every field stands in quotation marks, with a comma after it.
    let starts = [2, 9, 17, 22, 30, 35, 48, 61, 65, 69, 73, 77, 90, 103, 107, 120];
    let marked = starts.into_iter().all(|start| line.columns(start - 1, start - 1) == b"\"");
    if !marked || line.columns(130, 131).trim_ascii_end() != b"\"" {
        return Err(Reason::NotARecord);
    }
    let amount = |first: usize, last, name| Dollars::read(line.columns(first, last)).ok_or(Reason::NotANumber(name));
    let year = day::number(line.columns(2, 5)).and_then(|year| i16::try_from(year).ok());
    Ok(Row {
        line: line.number,
        year: year.ok_or(Reason::NotANumber("year"))?,
        contractor: Digits::read(line.columns(9, 13)).ok_or(Reason::Unknown("contractor"))?,
        locality: Digits::read(line.columns(17, 18)).ok_or(Reason::Unknown("locality"))?,
        code: ProcedureCode::read(line.columns(22, 26)).ok_or(Reason::NotACode)?,
        modifier: match line.columns(30, 31) {
            b"  " => None,
            text => {
                let text = std::str::from_utf8(text).map_err(|_| Reason::NotText)?;
                Some(Modifier::parse(text).map_err(|_| Reason::Unknown("modifier"))?)
            }
        },
        non_facility: amount(35, 44, "non-facility amount")?,
        facility: amount(48, 57, "facility amount")?,
        component: ComponentIndicator::read(line.columns(65, 65)).ok_or(Reason::Unknown("PC/TC indicator"))?,
        status: StatusCode::read(line.columns(69, 69)).ok_or(Reason::Unknown("status code"))?,
        multiple_procedure: MultipleProcedure::read(line.columns(73, 73))
            .ok_or(Reason::Unknown("multiple procedure indicator"))?,
        reduced_non_institutional: amount(77, 86, "non-institutional therapy amount")?,
        reduced_institutional: amount(90, 99, "institutional therapy amount")?,
        opps_cap: match line.columns(103, 103) {
            b"1" => true,
            b"9" => false,
            _ => return Err(Reason::Unknown("OPPS indicator")),
        },
        opps_non_facility: amount(107, 116, "OPPS non-facility amount")?,
        opps_facility: amount(120, 129, "OPPS facility amount")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "\"2031\",\"01112\",\"05\",\"G0008\",\"26\",\"0001344.05\",\"0000344.00\",\" \",\"1\",\"A\",\"2\",\
        \"0000010.00\",\"0000011.00\",\"1\",\"0000012.00\",\"0000013.99\"";

    fn all(text: &str) -> Vec<Result<Row, Rejected>> {
        let mut found = Vec::new();
        read(text.as_bytes(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        found
    }

    #[test]
    fn every_column_stands_in_its_place() {
        let rows = all(&format!("{LINE}\r\n{}\n\"TRL- WORDS ABOUT RIGHTS. \"\r\n", LINE.replace("\"26\"", "\"  \"")));
        let [Ok(row), Ok(whole)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.year, row.contractor.as_str(), row.locality.as_str()), (2031, "01112", "05"));
        assert_eq!((row.code.as_str(), row.modifier.map(|m| m.as_str().to_owned())), ("G0008", Some("26".to_owned())));
        assert_eq!((row.non_facility, row.facility), (Dollars::new(134_405), Dollars::new(34_400)));
        assert_eq!((row.component, row.status), (ComponentIndicator::DiagnosticTest, StatusCode::Active));
        assert_eq!(row.multiple_procedure, MultipleProcedure::Standard);
        assert_eq!(
            (row.reduced_non_institutional, row.reduced_institutional),
            (Dollars::new(1000), Dollars::new(1100))
        );
        assert_eq!(
            (row.opps_cap, row.opps_non_facility, row.opps_facility),
            (true, Dollars::new(1200), Dollars::new(1399))
        );
        assert_eq!((whole.modifier, whole.line), (None, 2));
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        for (line, reason) in [
            (LINE[1..].to_owned(), Reason::NotARecord),
            (LINE[..100].to_owned(), Reason::NotARecord),
            (LINE.replace("G0008", "G00 8"), Reason::NotACode),
            (LINE.replace("0001344.05", "000134A.05"), Reason::NotANumber("non-facility amount")),
            (LINE.replace("01112", " 1112"), Reason::Unknown("contractor")),
            (LINE.replace("\"1\",\"0000012", "\"0\",\"0000012"), Reason::Unknown("OPPS indicator")),
        ] {
            let rows = all(&format!("{LINE}\n\n{line}\n"));
            assert_eq!(rows[1], Err(Rejected { line: 3, reason }), "{line}");
        }
    }
}
