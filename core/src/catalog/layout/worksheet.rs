//! Rows of a worksheet, one at a time: a sheet has up to 1,048,576 of them. Read through [`super::table`].
//!
//! Every cell is text as it is displayed, with the word whether the sheet holds a number there: whoever reads a code
//! refuses a number, as its leading zeros are gone.

use std::io::{Read, Seek};

use calamine::{DataRef, Reader as _, Xlsx, XlsxCellReader, open_workbook_from_rs};

use super::{
    table::{Source, TableError},
    table_row::Raw,
};

/// The widest known layout has 48 columns; cells far to the right are not kept.
const WIDEST: usize = 256;

/// A workbook that is open.
pub(in crate::catalog) struct Workbook<R>(Xlsx<R>);

impl<R: Read + Seek> Workbook<R> {
    pub(in crate::catalog) fn open(reader: R) -> Result<Self, TableError> {
        Ok(Self(open_workbook_from_rs(reader).map_err(Box::new)?))
    }

    /// The names of its sheets, in order.
    pub(in crate::catalog) fn sheets(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    pub(in crate::catalog) fn sheet(&mut self, name: &str) -> Result<Worksheet<'_, R>, TableError> {
        let cells = self.0.worksheet_cells_reader(name).map_err(Box::new)?;
        Ok(Worksheet { cells, ahead: None, ended: false, row: Gathered::default() })
    }
}

/// The rows of one sheet.
pub(in crate::catalog) struct Worksheet<'a, R: Read + Seek> {
    cells: XlsxCellReader<'a, R>,
    /// The first cell of the next row.
    ahead: Option<(u32, usize, String, bool)>,
    /// The cell reader must not be asked again after its end: it would look for a second one.
    ended: bool,
    row: Gathered,
}

/// The cells of a row, one byte apart.
#[derive(Default)]
struct Gathered {
    text: Vec<u8>,
    ends: Vec<usize>,
    numbers: Vec<bool>,
}

impl Gathered {
    fn add(&mut self, column: usize, text: &str, number: bool) {
        // A cell left of the one before it is damage.
        if !(self.ends.len()..WIDEST).contains(&column) {
            return;
        }
        for nth in self.ends.len()..=column {
            if nth > 0 {
                self.text.push(b' ');
            }
            if nth == column {
                self.text.extend_from_slice(text.as_bytes());
            }
            self.ends.push(self.text.len());
            self.numbers.push(number && nth == column);
        }
    }
}

/// A cell as it is displayed, and whether it is a number.
fn shown(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
        DataRef::SharedString(text) => ((*text).to_owned(), false),
        DataRef::Int(number) => (number.to_string(), true),
        DataRef::Float(number) => (number.to_string(), true),
        DataRef::DateTime(serial) => (serial.as_f64().to_string(), true),
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => (String::new(), false),
    }
}

impl<R: Read + Seek> Source for Worksheet<'_, R> {
    fn advance(&mut self) -> Result<Option<Raw<'_>>, TableError> {
        self.row.text.clear();
        self.row.ends.clear();
        self.row.numbers.clear();
        let mut row = None;
        if let Some((at, column, text, number)) = self.ahead.take() {
            row = Some(at);
            self.row.add(column, &text, number);
        }
        while !self.ended {
            let Some(cell) = self.cells.next_cell().map_err(Box::new)? else {
                self.ended = true;
                break;
            };
            let (at, column) = cell.get_position();
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if *row.get_or_insert(at) != at {
                let (text, number) = shown(cell.get_value());
                self.ahead = Some((at, column, text, number));
                break;
            }
            match cell.get_value() {
                DataRef::SharedString(text) => self.row.add(column, text, false),
                other => {
                    let (text, number) = shown(other);
                    self.row.add(column, &text, number);
                }
            }
        }
        Ok(row.map(|at| Raw {
            line: u64::from(at) + 1,
            text: &self.row.text,
            ends: &self.row.ends,
            numbers: &self.row.numbers,
            broken: None,
        }))
    }
}

#[cfg(test)]
pub(in crate::catalog) mod tests {
    use std::{fmt::Write as _, io::Cursor};

    use super::*;
    use crate::catalog::release_zip::tests::zip_of;

    /// A workbook of one sheet. A cell that starts with `#` is a number cell.
    pub(in crate::catalog) fn book(rows: &[&[&str]]) -> Vec<u8> {
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

    #[test]
    fn rows_are_numbered_as_the_sheet_numbers_them() -> Result<(), TableError> {
        let mut book = Workbook::open(Cursor::new(book(&[&["a", "", "#7"], &[], &["", "b"]])))?;
        let sheets = book.sheets();
        let mut sheet = book.sheet(sheets.first().expect("one sheet"))?;
        let mut seen = Vec::new();
        while let Some(raw) = sheet.advance()? {
            let cells: Vec<Vec<u8>> = (0..raw.ends.len()).map(|column| raw.cell(column).to_vec()).collect();
            seen.push((raw.line, cells.join(&b'|'), raw.numbers.to_vec()));
        }
        let expected = [(1, b"a||7".to_vec(), vec![false, false, true]), (3, b"|b".to_vec(), vec![false, false])];
        assert_eq!(seen, expected);
        Ok(())
    }
}
