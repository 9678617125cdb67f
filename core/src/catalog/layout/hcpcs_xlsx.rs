//! The HCPCS Level II contractor file in spreadsheet form: `HCPC2026_OCT_ANWEB….xlsx`.
//!
//! The same records as [`super::hcpcs_text`], one row to a code with its whole long description; a description longer
//! than CMS's limit for a cell still has a second row with record 4. Notes of changing length come first: the columns
//! are bound by the names in the row that holds the cell `HCPC`, never by their place. Every cell is read as text. A
//! code that a spreadsheet program has turned into a number is refused.

use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};

use super::{
    hcpcs::{Assembly, Part, Record, Take},
    rejected::{Reason, Rejected},
    table::{self, Column, Row as Cells, TableError},
};

const CODE: usize = 0;
const SEQUENCE: usize = 1;
const RECORD: usize = 2;
const TITLE: usize = 3;
const SHORT_TITLE: usize = 4;
const SEE_ALSO: [usize; 5] = [5, 6, 7, 8, 9];
const ADDED: usize = 10;
const TERMINATED: usize = 11;

const COLUMNS: &[Column] = &[
    Column::required(&["HCPC"]),
    Column::required(&["SEQNUM"]),
    Column::required(&["RECID"]),
    Column::required(&["LONG DESCRIPTION"]),
    Column::required(&["SHORT DESCRIPTION"]),
    Column::required(&["XREF1"]),
    Column::required(&["XREF2"]),
    Column::required(&["XREF3"]),
    Column::required(&["XREF4"]),
    Column::required(&["XREF5"]),
    Column::required(&["ADD DT"]),
    Column::required(&["TERM DT"]),
];

/// Hands every code and every refused row to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut assembly = Assembly::default();
    let mut stopped = false;
    table::read_sheet(reader, COLUMNS, &mut |row| {
        let part = row.and_then(|row| part(&row).map_err(|reason| Rejected { line: row.line(), reason }));
        let flow = match part {
            Ok(part) => assembly.add(part, take),
            Err(rejected) => take(Err(rejected)),
        };
        stopped = flow.is_break();
        flow
    })?;
    if !stopped {
        let _ = assembly.finish(take);
    }
    Ok(())
}

/// Whether a sheet of this workbook has columns of this file.
#[must_use]
pub fn is_release<R: Read + Seek>(reader: R) -> bool {
    let found = table::read_sheet(reader, COLUMNS, &mut |_| ControlFlow::Break(()));
    matches!(found, Ok(()) | Err(TableError::NoColumn(_)))
}

fn part(row: &Cells<'_>) -> Result<Part, Reason> {
    row.code(CODE)?;
    // What is no date is left to the assembly, which knows where a code ends.
    let day = |column, name| match row.day(column, name) {
        Ok(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        Err(_) => row.owned(column),
    };
    Ok(Part {
        line: row.line(),
        record: Record::read(&row.text(RECORD)).ok_or(Reason::NotARecord)?,
        code: row.owned(CODE),
        sequence: row.text(SEQUENCE).parse().map_err(|_| Reason::NotARecord)?,
        title: row.owned(TITLE),
        short_title: row.owned(SHORT_TITLE),
        see_also: SEE_ALSO.map(|column| row.owned(column)).into(),
        added: day(ADDED, "added date"),
        terminated: day(TERMINATED, "termination date"),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::{super::worksheet::tests::book, *};
    use crate::catalog::{layout::hcpcs::Row, release_zip::tests::zip_of};

    const NAMES: [&str; 12] = [
        "HCPC",
        "SEQNUM",
        "RECID",
        "LONG DESCRIPTION",
        "SHORT DESCRIPTION",
        "XREF1",
        "XREF2",
        "XREF3",
        "XREF4",
        "XREF5",
        "ADD DT",
        "TERM DT",
    ];

    fn all(rows: &[&[&str]]) -> Result<Vec<Result<Row, Rejected>>, TableError> {
        let mut found = Vec::new();
        read(Cursor::new(book(rows)), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    #[test]
    fn the_header_row_is_found_below_the_notes_and_binds_the_columns() -> Result<(), TableError> {
        let mut turned = NAMES;
        turned.reverse();
        let code = [
            "20001231",
            "19850101",
            "",
            "",
            "",
            "0868T",
            "A0425",
            "BLS mileage",
            "BLS mileage (per mile)",
            "3",
            "0010",
            "A0380",
        ];
        let rows = all(&[&["*Inclusion or exclusion"], &[], &turned, &code])?;
        let [Ok(row)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.code.as_str(), row.title.as_str(), row.line), ("A0380", "BLS mileage (per mile)", 4));
        assert_eq!(row.see_also.iter().map(|c| c.as_str()).collect::<Vec<_>>(), ["A0425", "0868T"]);
        assert_eq!((row.added, row.terminated), (Some(date(1985, 1, 1)), Some(date(2000, 12, 31))));
        Ok(())
    }

    #[test]
    fn a_second_row_of_a_code_continues_its_description() -> Result<(), TableError> {
        let rows = all(&[
            &NAMES,
            &["G0503", "0010", "3", "treatment", "care", "", "", "", "", "", "20170101"],
            &["G0503", "0020", "4", "goals"],
            &["   E1", "0010", "7", "Upper left, eyelid"],
        ])?;
        let titles: Vec<_> = rows.iter().flatten().map(|row| (row.code.as_str(), row.title.as_str())).collect();
        assert_eq!(titles, [("G0503", "treatment goals"), ("E1", "Upper left, eyelid")]);
        Ok(())
    }

    #[test]
    fn a_number_is_no_code_but_may_be_a_date() -> Result<(), TableError> {
        let rows = all(&[
            &NAMES,
            &["#1E+100", "0010", "7", "eaten by a spreadsheet program"],
            &["A0021", "#10", "#3", "Ambulance", "", "", "", "", "", "", "#31048", "#20240331"],
            &["A0022", "0010", "3", "Ambulance", "", "", "", "", "", "", "NaN"],
            &["A0023", "0010", "9", "Ambulance"],
        ])?;
        let [Err(number), Ok(row), Err(no_date), Err(no_record)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(*number, Rejected { line: 2, reason: Reason::NumberCell });
        assert_eq!((row.added, row.terminated), (Some(date(1985, 1, 1)), Some(date(2024, 3, 31))));
        assert_eq!(*no_date, Rejected { line: 4, reason: Reason::NotADate("added date") });
        assert_eq!(*no_record, Rejected { line: 5, reason: Reason::NotARecord });
        Ok(())
    }

    #[test]
    fn other_sheets_are_refused_whole() {
        assert!(matches!(all(&[&["Code", "Title"], &["A0021", "Ambulance"]]), Err(TableError::NoHeader(_))));
        assert!(matches!(all(&[&NAMES[..11]]), Err(TableError::NoColumn("TERM DT"))));
        let damaged = zip_of(&[("xl/workbook.xml", b"<workbook")]);
        assert!(matches!(read(Cursor::new(damaged), &mut |_| ControlFlow::Continue(())), Err(TableError::Damaged(_))));
    }
}
