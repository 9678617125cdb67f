//! The ICD-10-CM conversion table: every code that came since 2016, and what was reported before it.
//!
//! CDC/NCHS publish it with every release as a spreadsheet (`ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx`): a notice, then
//! `Current code assignment`, `Effective`, `Previous Code(s) Assignment`. The effective cell is a year, which means
//! 1 October of it, or a day. The previous cell is free text: `A04.7`, `None`, `I63.011 AND I63.012`,
//! `H35.20-H35.23`, `Codes in Categories T15-T19`. A code may have several rows.

use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::{
    icd10_code::diagnosis,
    icd10_range::CodeRange,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::domain::code::Code;

const CODE: usize = 0;
const EFFECTIVE: usize = 1;
const PREVIOUS: usize = 2;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["Current code assignment", "New code"]),
    Column::required(&["Effective", "Effective date"]),
    Column::required(&["Previous Code(s) Assignment", "Previous code"]),
];

/// A code, and what was reported before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its row in the sheet, from 1.
    pub line: u64,
    /// The newer code.
    pub code: Code,
    /// Its first day.
    pub effective: Date,
    /// What was reported before.
    pub previous: Previous,
    /// The cell as it stands there.
    pub words: String,
}

/// What was reported before a code came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Previous {
    /// Nothing: the condition had no code.
    Nothing,
    /// One of these.
    AnyOf(Vec<Code>),
    /// These together.
    AllOf(Vec<Code>),
    /// One of the codes in these ranges.
    AnyIn(Vec<CodeRange>),
    /// Mixtures and empty cells: to be read by a person.
    Words,
}

/// Hands every row to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: Read + Seek>(
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    table::rows_of_sheet(reader, COLUMNS, row, take)
}

fn row(cells: &table::Row<'_>) -> Result<Row, Reason> {
    cells.code(CODE)?;
    let code = diagnosis(&cells.owned(CODE)).ok_or(Reason::NotACode)?;
    let words = cells.owned(PREVIOUS);
    let previous = previous(&words);
    Ok(Row { line: cells.line(), code, effective: effective(cells)?, previous, words })
}

/// A year, or a day.
fn effective(cells: &table::Row<'_>) -> Result<Date, Reason> {
    let missing = Reason::NotADate("effective date");
    let text = cells.text(EFFECTIVE);
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text.parse().ok().filter(|year| (2015..2100).contains(year)).ok_or(missing.clone())?;
        return Date::new(year, 10, 1).map_err(|_| missing);
    }
    cells.day(EFFECTIVE, "effective date")?.ok_or(missing)
}

fn previous(words: &str) -> Previous {
    if words.eq_ignore_ascii_case("none") {
        return Previous::Nothing;
    }
    let joined = words.replace(" AND ", "&").replace(" and ", "&");
    let (any, all) = (joined.contains([',', ';']), joined.contains('&'));
    let codes: Option<Vec<Code>> = joined.split([',', ';', '&']).map(|text| diagnosis(text.trim())).collect();
    match codes {
        Some(codes) if all && !any => Previous::AllOf(codes),
        Some(codes) if !all => Previous::AnyOf(codes),
        _ if all => Previous::Words,
        _ => ranges(words).map_or(Previous::Words, Previous::AnyIn),
    }
}

/// `H35.20-H35.23; H35.29`, `Codes in Categories T15-T19`.
fn ranges(words: &str) -> Option<Vec<CodeRange>> {
    const CATEGORIES: &str = "codes in categories ";
    let start =
        words.get(..CATEGORIES.len()).filter(|start| start.eq_ignore_ascii_case(CATEGORIES)).map_or(0, str::len);
    words.get(start..)?.split([',', ';']).map(CodeRange::read).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::catalog::layout::worksheet::tests::book;

    const NAMES: [&str; 3] = ["Current code assignment", "Effective", "Previous Code(s) Assignment"];

    fn all(rows: &[&[&str]]) -> Result<Vec<String>, TableError> {
        let mut found = Vec::new();
        read(Cursor::new(book(rows)), &mut |row| {
            found.push(match row {
                Ok(row) => format!("{} {} {} {:?}", row.line, row.code, row.effective, row.previous),
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    #[test]
    fn a_year_means_october_and_words_stay_words() -> Result<(), TableError> {
        let found = all(&[
            &["A notice, effective October 1, 2031"],
            &NAMES,
            &["A00.01 ", "#2031", "A00.0"],
            &["A0002", "#45017", "None"],
            &["A00.03", "2031", "A00.1, A00.2"],
            &["A00.04", "#2031", "A00.1 AND A00.2"],
            &["A00.05", "#2031", "A00.1 &amp; A00.2"],
            &["A00.06", "#2031", "A00.1-A00.2; A00.4"],
            &["A00.07", "#2031", "A00.1, A00.2 and A00.3"],
            &["A00.08", "#2031", "Codes in Categories T15-T19"],
            &["A00.09", "#2031", "A00.1-A00.2 and A00.4"],
        ])?;
        let code = |text: &str| format!("Code(\"{text}\")");
        let range = |from: &str, to: &str| format!("CodeRange {{ from: {}, to: {} }}", code(from), code(to));
        let two = format!("[{}, {}]", code("A00.1"), code("A00.2"));
        assert_eq!(
            found,
            [
                format!("3 A00.01 2031-10-01 AnyOf([{}])", code("A00.0")),
                "4 A00.02 2023-04-01 Nothing".to_owned(),
                format!("5 A00.03 2031-10-01 AnyOf({two})"),
                format!("6 A00.04 2031-10-01 AllOf({two})"),
                format!("7 A00.05 2031-10-01 AllOf({two})"),
                format!("8 A00.06 2031-10-01 AnyIn([{}, {}])", range("A00.1", "A00.2"), range("A00.4", "A00.4")),
                "9 A00.07 2031-10-01 Words".to_owned(),
                format!("10 A00.08 2031-10-01 AnyIn([{}])", range("T15", "T19")),
                "11 A00.09 2031-10-01 Words".to_owned(),
            ]
        );
        Ok(())
    }

    #[test]
    fn broken_rows_are_refused_with_their_number() -> Result<(), TableError> {
        let found = all(&[
            &NAMES,
            &["#100", "#2031", "A00.0"],
            &["100", "#2031", "A00.0"],
            &["A00.0", "soon", "A00.1"],
            &["A00.0", "", "A00.1"],
            &["A00.0", "#1031", "A00.1"],
        ])?;
        assert_eq!(found.len(), 5);
        assert!(found[0].starts_with("line 2: the code is a number cell"), "{found:?}");
        assert!(found[1].starts_with("line 3: no code"), "{found:?}");
        for (at, line) in (2..5).zip(4..) {
            assert_eq!(found[at], format!("line {line}: the effective date is not a date"));
        }
        assert!(all(&[&["Code", "Title"]]).is_err());
        Ok(())
    }
}
