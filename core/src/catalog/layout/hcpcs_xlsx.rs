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

use calamine::{DataRef, Reader as _, Xlsx, XlsxError, open_workbook_from_rs};
use jiff::{ToSpan as _, civil::date};

use super::{
    hcpcs::{Assembly, Part, Record, Take},
    rejected::{Reason, Rejected},
};

/// The known layout has 48 columns; cells far to the right are not kept.
const WIDEST: usize = 256;

/// Why a spreadsheet cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// It is damaged, or not a spreadsheet.
    #[error("the spreadsheet cannot be read: {0}")]
    Damaged(#[from] Box<XlsxError>),
    /// No sheet has the row of column names.
    #[error("no sheet has a row with the column name \"HCPC\": this is not a HCPCS contractor file")]
    NoHeader,
    /// A column is missing.
    #[error("the column \"{0}\" is missing beside \"HCPC\"")]
    NoColumn(&'static str),
}

/// Hands every code and every refused row to `take`, until it breaks off.
///
/// # Errors
/// [`SheetError`]; rows that were handed on before it are not to be kept.
pub fn read<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), SheetError> {
    let mut book: Xlsx<R> = open_workbook_from_rs(reader).map_err(Box::new)?;
    for sheet in book.sheet_names() {
        let mut rows =
            Rows { cells: book.worksheet_cells_reader(&sheet).map_err(Box::new)?, ahead: None, ended: false };
        while let Some((_, cells)) = rows.advance()? {
            if cells.iter().any(|cell| cell.text == "HCPC") {
                let columns = Columns::bind(&cells)?;
                return read_rows(&columns, &mut rows, take);
            }
        }
    }
    Err(SheetError::NoHeader)
}

/// Whether a sheet of this workbook has the column of HCPCS codes.
#[must_use]
pub fn is_release<R: Read + Seek>(reader: R) -> bool {
    let found = read(reader, &mut |_| ControlFlow::Break(()));
    matches!(found, Ok(()) | Err(SheetError::NoColumn(_)))
}

fn read_rows<R: Read + Seek>(columns: &Columns, rows: &mut Rows<'_, R>, take: &mut Take<'_>) -> Result<(), SheetError> {
    let mut assembly = Assembly::default();
    while let Some((line, cells)) = rows.advance()? {
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let flow = match columns.part(line, &cells) {
            Ok(part) => assembly.add(part, take),
            Err(reason) => take(Err(Rejected { line, reason })),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    let _ = assembly.finish(take);
    Ok(())
}

/// Where each named column stands.
struct Columns {
    code: usize,
    sequence: usize,
    record: usize,
    title: usize,
    short_title: usize,
    see_also: Vec<usize>,
    added: usize,
    terminated: usize,
}

impl Columns {
    fn bind(names: &[Cell]) -> Result<Self, SheetError> {
        let find = |name: &'static str| {
            names.iter().position(|cell| cell.text.eq_ignore_ascii_case(name)).ok_or(SheetError::NoColumn(name))
        };
        Ok(Self {
            code: find("HCPC")?,
            sequence: find("SEQNUM")?,
            record: find("RECID")?,
            title: find("LONG DESCRIPTION")?,
            short_title: find("SHORT DESCRIPTION")?,
            see_also: ["XREF1", "XREF2", "XREF3", "XREF4", "XREF5"].into_iter().map(find).collect::<Result<_, _>>()?,
            added: find("ADD DT")?,
            terminated: find("TERM DT")?,
        })
    }

    fn part(&self, line: u64, cells: &[Cell]) -> Result<Part, Reason> {
        let text = |column: usize| cells.get(column).map(|cell| cell.text.clone()).unwrap_or_default();
        if cells.get(self.code).is_some_and(|cell| cell.number) {
            return Err(Reason::NumberCell);
        }
        let day = |column: usize| cells.get(column).map(Cell::day).unwrap_or_default();
        Ok(Part {
            line,
            record: Record::read(&text(self.record)).ok_or(Reason::NotARecord)?,
            code: text(self.code),
            sequence: text(self.sequence).parse().map_err(|_| Reason::NotARecord)?,
            title: text(self.title),
            short_title: text(self.short_title),
            see_also: self.see_also.iter().map(|column| text(*column)).collect(),
            added: day(self.added),
            terminated: day(self.terminated),
        })
    }
}

/// A cell as text, and whether the sheet holds a number there.
#[derive(Clone, Default)]
struct Cell {
    text: String,
    number: bool,
}

impl Cell {
    fn new(value: &DataRef<'_>) -> Self {
        let (text, number) = match value {
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
            DataRef::SharedString(text) => ((*text).to_owned(), false),
            DataRef::Int(number) => (number.to_string(), true),
            DataRef::Float(number) => (number.to_string(), true),
            DataRef::DateTime(serial) => (serial.as_f64().to_string(), true),
            DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => (String::new(), false),
        };
        Self { text: text.trim().to_owned(), number }
    }

    /// A date column's text. A spreadsheet program that takes dates for dates counts days from 1899-12-30; five
    /// digits reach from 1927 to 2173, and `YYYYMMDD` has eight.
    fn day(&self) -> String {
        match self.text.parse::<i32>() {
            Ok(serial @ 10_000..=99_999) if self.number => date(1899, 12, 30).saturating_add(serial.days()).to_string(),
            _ => self.text.clone(),
        }
    }
}

/// The cells of a sheet, gathered row by row.
struct Rows<'a, R: Read + Seek> {
    cells: calamine::XlsxCellReader<'a, R>,
    ahead: Option<(u32, usize, Cell)>,
    /// The cell reader must not be asked again after its end: it would look for a second one.
    ended: bool,
}

impl<R: Read + Seek> Rows<'_, R> {
    /// The next row that has cells: its number from 1, and its cells from the first column on.
    fn advance(&mut self) -> Result<Option<(u64, Vec<Cell>)>, SheetError> {
        let mut row: Option<u32> = None;
        let mut cells = Vec::new();
        while let Some((at, column, cell)) = self.cell()? {
            if row.is_some_and(|row| row != at) {
                self.ahead = Some((at, column, cell));
                break;
            }
            row = Some(at);
            if column < WIDEST {
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::default());
                }
                if let Some(place) = cells.get_mut(column) {
                    *place = cell;
                }
            }
        }
        Ok(row.map(|row| (u64::from(row) + 1, cells)))
    }

    fn cell(&mut self) -> Result<Option<(u32, usize, Cell)>, SheetError> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        if self.ended {
            return Ok(None);
        }
        let Some(next) = self.cells.next_cell().map_err(Box::new)? else {
            self.ended = true;
            return Ok(None);
        };
        let (row, column) = next.get_position();
        Ok(Some((row, usize::try_from(column).unwrap_or(usize::MAX), Cell::new(next.get_value()))))
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, io::Cursor, ops::ControlFlow};

    use super::*;
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

    /// A workbook of one sheet. A cell that starts with `#` is a number cell.
    fn book(rows: &[&[&str]]) -> Vec<u8> {
        let mut sheet =
            String::from("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (at, row) in rows.iter().enumerate() {
            let row_number = at + 1;
            write!(sheet, "<row r=\"{row_number}\">").expect("a string");
            for (column, cell) in ('A'..).zip(*row).filter(|(_, cell)| !cell.is_empty()) {
                match cell.strip_prefix('#') {
                    Some(number) => write!(sheet, "<c r=\"{column}{row_number}\"><v>{number}</v></c>"),
                    None => {
                        write!(sheet, "<c r=\"{column}{row_number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
                    }
                }
                .expect("a string");
            }
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData></worksheet>");
        zip_of(&[
            (
                "_rels/.rels",
                b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                  <Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
                  Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
                  </Relationships>",
            ),
            (
                "xl/workbook.xml",
                b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                  xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                  <sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                  <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
                  Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>\
                  </Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    }

    fn all(rows: &[&[&str]]) -> Result<Vec<Result<Row, Rejected>>, SheetError> {
        let mut found = Vec::new();
        read(Cursor::new(book(rows)), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    #[test]
    fn the_header_row_is_found_below_the_notes_and_binds_the_columns() -> Result<(), SheetError> {
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
    fn a_second_row_of_a_code_continues_its_description() -> Result<(), SheetError> {
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
    fn a_number_is_no_code_but_may_be_a_date() -> Result<(), SheetError> {
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
        assert!(matches!(all(&[&["Code", "Title"], &["A0021", "Ambulance"]]), Err(SheetError::NoHeader)));
        assert!(matches!(all(&[&NAMES[..11]]), Err(SheetError::NoColumn("TERM DT"))));
        let damaged = zip_of(&[("xl/workbook.xml", b"<workbook")]);
        assert!(matches!(read(Cursor::new(damaged), &mut |_| ControlFlow::Continue(())), Err(SheetError::Damaged(_))));
    }
}
