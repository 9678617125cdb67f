//! Tables whose columns are bound by name: text delimited by commas, tabs or pipes, and worksheets.
//!
//! The publishers put notices before the header, stack a header over several lines, break lines inside its cells and
//! add columns from year to year. So the header is found by the names that a reader wants, joined column by column
//! over up to `STACKED` rows and compared by letters and digits alone; columns are never bound by their place.
//! `*` at the end or start of a wanted name stands for anything, and `#2` after it for its second place. Rows that
//! follow the header with nothing in its first wanted column are part of it.
//!
//! Rows that are blank are passed over. A row of another width, or with a quotation mark left open, is refused: a
//! delimiter too many or too few puts cells under other names.
//!
//! A row is handed out with its line and its cells as they stand in the file: nothing is allocated for it. Text is
//! UTF-8 or, where a cell is not, Windows-1252.
//!
//! | read from | by |
//! |---|---|
//! | text | [`read_text`], through `delimited` |
//! | worksheet | [`read_sheet`], through `worksheet` |

use std::{
    io::{self, BufRead, Cursor, Read, Seek},
    ops::ControlFlow,
};

use calamine::XlsxError;

pub use super::table_row::{Row, decode};
use super::{
    delimited::{Delimited, Marks},
    rejected::{Reason, Rejected},
    table_header::Header,
    table_row::{Bound, Raw},
    worksheet::Workbook,
};

/// How much of a text decides its delimiter. Notices have taken 2 KB.
const HEAD: u64 = 64 << 10;

/// A column that a reader wants, under any of some names.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub(super) names: &'static [&'static str],
    pub(super) required: bool,
}

impl Column {
    /// Without it the table is another one.
    #[must_use]
    pub const fn required(names: &'static [&'static str]) -> Self {
        Self { names, required: true }
    }

    /// Empty where the table does not have it.
    #[must_use]
    pub const fn optional(names: &'static [&'static str]) -> Self {
        Self { names, required: false }
    }
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The bytes cannot be read to their end.
    #[error("reading stopped: {0}")]
    Read(#[from] io::Error),
    /// It is damaged, or not a spreadsheet.
    #[error("the spreadsheet cannot be read: {0}")]
    Damaged(#[from] Box<XlsxError>),
    /// Nothing in its first rows is the header.
    #[error("no row has the column names of this table, of which one is \"{0}\"")]
    NoHeader(&'static str),
    /// The header lacks a column.
    #[error("the column \"{0}\" is missing")]
    NoColumn(&'static str),
}

/// What hands out rows before their columns are bound.
pub(in crate::catalog) trait Source {
    /// The next row, or none at the end.
    fn advance(&mut self) -> Result<Option<Raw<'_>>, TableError>;
}

/// What takes rows and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row<'_>, Rejected>) -> ControlFlow<()> + 't;

/// Reads a text delimited by commas, tabs or pipes; which of them is told by where the header is found.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read_text<R: BufRead>(mut reader: R, columns: &[Column], take: &mut Take<'_>) -> Result<(), TableError> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    let bom = if head.starts_with("\u{FEFF}".as_bytes()) { 3 } else { 0 };
    let marks = marks(head.get(bom..).unwrap_or_default(), columns)?;
    let mut head = Cursor::new(head);
    head.set_position(bom as u64);
    read(&mut Delimited::new(head.chain(reader), marks), columns, take)
}

/// Reads the first sheet of a workbook that has the columns.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read_sheet<R: Read + Seek>(reader: R, columns: &[Column], take: &mut Take<'_>) -> Result<(), TableError> {
    let mut book = Workbook::open(reader)?;
    let mut failure = no_header(columns);
    for name in book.sheets() {
        match read(&mut book.sheet(&name)?, columns, take) {
            Err(TableError::NoHeader(_)) => {}
            Err(missing @ TableError::NoColumn(_)) => failure = missing,
            other => return other,
        }
    }
    Err(failure)
}

/// Reads a text, each of whose rows becomes one `T` or is refused.
///
/// # Errors
/// [`TableError`].
pub fn rows_of_text<R: BufRead, T>(
    reader: R,
    columns: &[Column],
    mut make: impl FnMut(&Row<'_>) -> Result<T, Reason>,
    take: &mut dyn FnMut(Result<T, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    read_text(reader, columns, &mut |row| take(made(row, &mut make)))
}

/// Reads a workbook's table, each of whose rows becomes one `T` or is refused.
///
/// # Errors
/// [`TableError`].
pub fn rows_of_sheet<R: Read + Seek, T>(
    reader: R,
    columns: &[Column],
    mut make: impl FnMut(&Row<'_>) -> Result<T, Reason>,
    take: &mut dyn FnMut(Result<T, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    read_sheet(reader, columns, &mut |row| take(made(row, &mut make)))
}

fn made<T>(
    row: Result<Row<'_>, Rejected>,
    make: &mut impl FnMut(&Row<'_>) -> Result<T, Reason>,
) -> Result<T, Rejected> {
    let row = row?;
    make(&row).map_err(|reason| Rejected { line: row.line(), reason })
}

/// Whether the first bytes of a text are those of a table with these columns.
#[must_use]
pub fn is_table(head: &[u8], columns: &[Column]) -> bool {
    marks(head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head), columns).is_ok()
}

/// The first rows of every sheet of a workbook, as tab-delimited text for [`is_table`].
///
/// # Errors
/// [`TableError::Damaged`].
pub fn sheet_heads<R: Read + Seek>(reader: R) -> Result<Vec<Vec<u8>>, TableError> {
    /// Notices and headers have taken twenty.
    const ROWS: usize = 64;
    let mut book = Workbook::open(reader)?;
    let mut heads = Vec::new();
    for name in book.sheets() {
        let mut sheet = book.sheet(&name)?;
        let mut head = Vec::new();
        for _ in 0..ROWS {
            let Some(raw) = sheet.advance()? else { break };
            for column in 0..raw.ends.len() {
                let plain = |byte: &u8| if matches!(byte, b'"' | b'\t' | b'\r' | b'\n') { b' ' } else { *byte };
                head.extend(raw.cell(column).iter().map(plain));
                head.push(b'\t');
            }
            head.push(b'\n');
        }
        heads.push(head);
    }
    Ok(heads)
}

/// The delimiter and line end with which the head of a text has the columns.
fn marks(head: &[u8], columns: &[Column]) -> Result<Marks, TableError> {
    // Some files of the fee schedule have the line ends of old Macintosh programs.
    let end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
    let mut failure = no_header(columns);
    for delimiter in [b'\t', b',', b'|'] {
        let marks = Marks { delimiter, end };
        match read(&mut Delimited::new(head, marks), columns, &mut |_| ControlFlow::Break(())) {
            Err(TableError::NoHeader(_)) => {}
            Err(other) => failure = other,
            Ok(()) => return Ok(marks),
        }
    }
    Err(failure)
}

fn no_header(columns: &[Column]) -> TableError {
    TableError::NoHeader(columns.first().and_then(|column| column.names.first()).copied().unwrap_or_default())
}

/// Reads any source: finds the header, then hands out every row that is not blank.
pub(in crate::catalog) fn read(
    source: &mut dyn Source,
    columns: &[Column],
    take: &mut Take<'_>,
) -> Result<(), TableError> {
    let mut header = Header::new(columns);
    let mut in_header = true;
    let mut bound = Bound::default();
    while let Some(mut raw) = source.advance()? {
        if in_header {
            if raw.is_blank() || header.takes(&raw)? {
                continue;
            }
            in_header = false;
            bound = header.bound()?;
        }
        let line = raw.line;
        let row = match raw.broken.take() {
            Some(reason) => Err(reason),
            None if raw.is_blank() => continue,
            None if bound.fits(&raw) => Ok(Row { raw, bound: &bound }),
            None => Err(Reason::NotARecord),
        };
        if take(row.map_err(|reason| Rejected { line, reason })).is_break() {
            return Ok(());
        }
    }
    if in_header { header.bound().map(drop) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{super::worksheet::tests::book, *};

    const CODE: usize = 0;
    const SINCE: usize = 1;
    const LIMIT: usize = 2;
    const NOTE: usize = 3;
    const COLUMNS: &[Column] = &[
        Column::required(&["code", "hcpcs/cpt code"]),
        Column::required(&["effective date"]),
        Column::required(&["*unit limit"]),
        Column::optional(&["note*"]),
    ];

    type Seen = Vec<(u64, Result<String, Reason>)>;

    fn taken(seen: &mut Seen, row: Result<Row<'_>, Rejected>) {
        match row {
            Err(rejected) => seen.push((rejected.line, Err(rejected.reason))),
            Ok(row) => {
                let cells = row.code(CODE).map(decode).and_then(|code| {
                    let since = row.day(SINCE, "effective date")?.map_or_else(|| "-".to_owned(), |day| day.to_string());
                    Ok(format!("{code} {since} {} {}", row.text(LIMIT), row.owned(NOTE)))
                });
                seen.push((row.line(), cells));
            }
        }
    }

    fn text(bytes: &[u8]) -> Result<Seen, TableError> {
        let mut seen = Vec::new();
        read_text(bytes, COLUMNS, &mut |row| {
            taken(&mut seen, row);
            ControlFlow::Continue(())
        })?;
        Ok(seen)
    }

    fn sheet(rows: &[&[&str]]) -> Result<Seen, TableError> {
        let mut seen = Vec::new();
        read_sheet(Cursor::new(book(rows)), COLUMNS, &mut |row| {
            taken(&mut seen, row);
            ControlFlow::Continue(())
        })?;
        Ok(seen)
    }

    fn ok(line: u64, cells: &str) -> (u64, Result<String, Reason>) {
        (line, Ok(cells.to_owned()))
    }

    #[test]
    fn the_header_is_found_below_notices_and_binds_by_name() -> Result<(), TableError> {
        let csv = "\u{FEFF}\"A notice, over\ntwo lines\",,,\r\n\r\nNotes: x,Widget Unit Limit,\"HCPCS/\nCPT Code\",Effective  Date\r\n\
                   first,1,00100,20240101\r\n\r\n,2,0001U,\n";
        assert_eq!(text(csv.as_bytes())?, [ok(6, "00100 2024-01-01 1 first"), ok(8, "0001U - 2 ")]);
        let old = csv.replace("\r\n", "\r").replace('\n', "\r");
        assert_eq!(text(old.as_bytes())?.len(), 2);
        let tab = "Code\tEffective Date\tUnit limit\nE1\t2024-01-01\t1,5\n";
        assert_eq!(text(tab.as_bytes())?, [ok(2, "E1 2024-01-01 1,5 ")]);
        Ok(())
    }

    #[test]
    fn a_stacked_header_is_joined_upwards_and_downwards() -> Result<(), TableError> {
        let up = "Title,,,\n,,UNIT,\n,EFFECTIVE,,\nCODE,DATE,LIMIT,NOTES\nA1,,5,n\n";
        assert_eq!(text(up.as_bytes())?, [ok(5, "A1 - 5 n")]);
        let down = "Code\tEffective\tUnit\tNote\n\tDate\tLimit\t0=no\n\t\t\t1=yes\n\nA1\t\t5\tn\n";
        assert_eq!(text(down.as_bytes())?, [ok(5, "A1 - 5 n")]);
        let sheet = sheet(&[
            &["A notice"],
            &["", "Effective", "Unit"],
            &["Code", "Date", "limit"],
            &["", "", "", "x"],
            &["A1"],
        ])?;
        assert_eq!(sheet, [(4, Err(Reason::NotARecord)), ok(5, "A1 -  ")]);
        Ok(())
    }

    #[test]
    fn shifted_and_cut_rows_are_refused_with_their_line() -> Result<(), TableError> {
        let csv =
            "Code,Effective Date,Unit Limit,Note\n,A1,20240101,1,x\nA2,20240101\nA3,20240231,1\nA4,20240101,1,\"x\n";
        let expected = [
            (2, Err(Reason::NotARecord)),
            (3, Err(Reason::NotARecord)),
            (4, Err(Reason::NotADate("effective date"))),
            (5, Err(Reason::OpenQuote)),
        ];
        assert_eq!(text(csv.as_bytes())?, expected);
        Ok(())
    }

    #[test]
    fn text_is_utf8_or_else_windows_1252() -> Result<(), TableError> {
        let csv = b"Code,Effective Date,Unit Limit,Note\nA1,,1,Me\xcc\x81n\nA2,,1,M\xe9ni\xe8re\x92s\n";
        assert_eq!(text(csv)?, [ok(2, "A1 - 1 Me\u{301}n"), ok(3, "A2 - 1 Ménière’s")]);
        Ok(())
    }

    #[test]
    fn a_number_in_a_sheet_is_no_code_but_may_be_a_day() -> Result<(), TableError> {
        let names: &[&str] = &["Code", "Effective Date", "Unit Limit"];
        let seen = sheet(&[names, &["A1", "#45292", "#3"], &[], &["#99213", "#20240101", "1"], &["#1E+100", "", "1"]])?;
        assert_eq!(seen, [ok(2, "A1 2024-01-01 3 "), (4, Err(Reason::NumberCell)), (5, Err(Reason::NumberCell))]);
        Ok(())
    }

    #[test]
    fn other_tables_are_refused_whole() {
        for csv in ["", "\n\n", "a,b,c\n1,2,3\n", "%PDF", "code,title\nA1,x\n"] {
            assert!(matches!(text(csv.as_bytes()), Err(TableError::NoHeader("code"))), "{csv}");
        }
        let partly = text(b"Code,Effective Date,Note\nA1,,x\n");
        assert!(matches!(partly, Err(TableError::NoColumn("*unit limit"))), "{partly:?}");
        assert!(matches!(sheet(&[&["Code", "Effective date"]]), Err(TableError::NoColumn("*unit limit"))));
        assert!(matches!(sheet(&[&["x"]]), Err(TableError::NoHeader("code"))));
        let damaged = read_sheet(Cursor::new(b"PK".to_vec()), COLUMNS, &mut |_| ControlFlow::Continue(()));
        assert!(matches!(damaged, Err(TableError::Damaged(_))));
        let late = "x\n".repeat(99) + "Code,Effective Date,Unit Limit\nA1,,\n";
        assert!(matches!(text(late.as_bytes()), Err(TableError::NoHeader("code"))));
        assert!(!is_table(b"code,title\n", COLUMNS) && is_table(b"code,effective date,unit limit\n", COLUMNS));
    }

    #[test]
    fn it_stops_where_the_taker_does() -> Result<(), TableError> {
        let mut lines = Vec::new();
        read_text(&b"code,effective date,unit limit\nA1,,1\nA2,,2\n"[..], COLUMNS, &mut |row| {
            lines.extend(row.map(|row| row.line()));
            ControlFlow::Break(())
        })?;
        assert_eq!(lines, [2]);
        Ok(())
    }

    proptest::proptest! {
        /// Whatever stands in a file: an answer, never a panic.
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in proptest::collection::vec(
                proptest::prop_oneof![
                    proptest::prelude::any::<u8>(),
                    proptest::sample::select(b"\",\t\r\n a0".to_vec()),
                ],
                0..400,
            ),
        ) {
            let _ = text(&bytes);
            let table = [b"code,effective date,unit limit,note\n".as_slice(), &bytes].concat();
            proptest::prop_assert!(text(&table).is_ok());
        }
    }
}
