//! XLSX, XLSB, XLS and ODS: each sheet as a passage, each row as a line.
//!
//! A cell is read as it is kept, and not as a format shows it: `0450` that became the number 450 is read as `450`. A day
//! is read as its date. Hidden sheets are read too.

use std::io::Cursor;

use calamine::{Data, Ods, OdsError, Range, Reader, Sheets, Xls, XlsError, Xlsb, Xlsx, open_workbook_from_rs};

use super::{
    bounds::{MOST_ROWS, MOST_SHEETS, WIDEST},
    opened::Out,
    read::Verdict,
    remark::Remark,
    rows::{Rows, cell},
};

/// Reads all sheets, in the order of the workbook.
pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let mut book = match open(bytes) {
        Ok(book) => book,
        Err(remark) => return Ok(Some(remark)),
    };
    let names = book.sheet_names();
    let mut remark = (names.len() > MOST_SHEETS).then_some(Remark::Cut);
    let mut is_read = false;
    for name in names.iter().take(MOST_SHEETS) {
        let Some(sheet) = sheet(&mut book, name) else {
            remark = Some(Remark::Damaged);
            continue;
        };
        let (rows, is_whole) = rows(&sheet, out.left());
        if !is_whole {
            remark = Some(Remark::Cut);
        }
        let above = sheet.start().map_or(0, |(row, _)| row);
        let (text, skipped) = rows.lines();
        let first_row = above.saturating_add(u32::try_from(skipped).unwrap_or(u32::MAX)).saturating_add(1);
        is_read |= !text.trim().is_empty();
        out.rows(&format!("sheet {name}"), Some(first_row), &text)?;
    }
    Ok(match remark {
        Some(Remark::Damaged) if !is_read => Some(Remark::Broken),
        None if !is_read => Some(Remark::NoText),
        remark => remark,
    })
}

fn sheet(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Option<Range<Data>> {
    book.worksheet_range(name).ok()
}

/// The rows of a sheet from its first column on, and whether these are all.
fn rows(sheet: &Range<Data>, most: usize) -> (Rows, bool) {
    // Cells begin at the sheet's column A, so that a cell's name can be told from its place in its line.
    let left = usize::try_from(sheet.start().map_or(0, |(_, column)| column)).unwrap_or(WIDEST).min(WIDEST);
    let mut rows = Rows::default();
    for row in sheet.rows() {
        if rows.len() == MOST_ROWS || rows.bytes() > most {
            return (rows, false);
        }
        let before = std::iter::repeat_n(String::new(), left);
        rows.push(before.chain(row.iter().map(shown)).collect());
    }
    (rows, true)
}

fn shown(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => cell(text),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(is_true) => if *is_true { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let time = if (hour, minute) == (0, 0) { String::new() } else { format!(" {hour:02}:{minute:02}") };
            format!("{month:02}/{day:02}/{year}{time}")
        }
        #[expect(unreachable_patterns, reason = "later kinds of cells are read as nothing")]
        _ => String::new(),
    }
}

/// Opens the workbook as what it is. A password is no damage.
fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, Remark> {
    let file = Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        return match open_workbook_from_rs::<Xls<_>, _>(file) {
            Ok(book) => Ok(Sheets::Xls(book)),
            Err(XlsError::Password) => Err(Remark::Encrypted),
            Err(_) => Err(Remark::Broken),
        };
    }
    if let Ok(book) = open_workbook_from_rs::<Xlsx<_>, _>(file.clone()) {
        return Ok(Sheets::Xlsx(book));
    }
    if let Ok(book) = open_workbook_from_rs::<Xlsb<_>, _>(file.clone()) {
        return Ok(Sheets::Xlsb(book));
    }
    match open_workbook_from_rs::<Ods<_>, _>(file) {
        Ok(book) => Ok(Sheets::Ods(book)),
        Err(OdsError::Password) => Err(Remark::Encrypted),
        Err(_) => Err(Remark::Broken),
    }
}
