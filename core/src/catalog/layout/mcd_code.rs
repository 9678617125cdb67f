//! The code groups of articles in the Medicare coverage database (MCD): which procedures an article is about, and
//! which diagnoses support them or do not.
//!
//! `article_x_hcpc_code.csv`, `article_x_icd10_covered.csv`, `article_x_icd10_noncovered.csv` and the paragraphs of
//! their groups, `…_group.csv`, of CMS's weekly downloads, UTF-8 with a byte order mark (CMS, MCD data dictionary):
//!
//! | column | holds |
//! |---|---|
//! | article_id, article_version | the article |
//! | hcpc_code_id, hcpc_code_group | a procedure, and the number of its group |
//! | icd10_code_id, icd10_covered_group, icd10_noncovered_group, asterisk | a diagnosis, its group, and a mark |
//! | paragraph | what is said of a group, in HTML |
//!
//! Groups of procedures and diagnoses belong together by what their paragraphs say; equal numbers alone do not
//! connect them. The descriptions beside procedures are the AMA's and are dropped on reading.

use std::{io::BufRead, ops::ControlFlow};

use super::{
    day,
    icd10_code::diagnosis_in,
    mcd_document::plain,
    rejected::{Reason, Rejected},
    table::{self, Column, Row as Cells, TableError},
};
use crate::{catalog::procedure_code::ProcedureCode, domain::code::Code};

/// An entry of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// Its line, from 1.
    pub line: u64,
    /// The article's number.
    pub article: u32,
    /// Its version.
    pub version: u32,
    /// The group's number within its table.
    pub group: u32,
    /// What is in the group.
    pub entry: T,
}

/// A diagnosis of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The code.
    pub code: Code,
    /// Whether an asterisk points to a condition in the group's paragraph.
    pub marked: bool,
}

/// What diagnoses of a table mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// They support medical necessity.
    Covered,
    /// They do not.
    NotCovered,
}

const ARTICLE: usize = 0;
const VERSION: usize = 1;
const GROUP: usize = 2;
const ENTRY: usize = 3;
const MARK: usize = 4;

/// The columns of `article_x_hcpc_code.csv`.
pub(in crate::catalog) const PROCEDURES: &[Column] = &[
    Column::required(&["article_id"]),
    Column::required(&["article_version"]),
    Column::required(&["hcpc_code_group"]),
    Column::required(&["hcpc_code_id"]),
];

/// The columns of `article_x_icd10_covered.csv`.
pub(in crate::catalog) const COVERED: &[Column] = &[
    Column::required(&["article_id"]),
    Column::required(&["article_version"]),
    Column::required(&["icd10_covered_group"]),
    Column::required(&["icd10_code_id"]),
    Column::optional(&["asterisk"]),
];

/// The columns of `article_x_icd10_noncovered.csv`.
pub(in crate::catalog) const NOT_COVERED: &[Column] = &[
    Column::required(&["article_id"]),
    Column::required(&["article_version"]),
    Column::required(&["icd10_noncovered_group"]),
    Column::required(&["icd10_code_id"]),
    Column::optional(&["asterisk"]),
];

/// The columns of the tables of paragraphs, of which each has its own name for the group.
pub(in crate::catalog) const PARAGRAPHS: &[Column] = &[
    Column::required(&["article_id"]),
    Column::required(&["article_version"]),
    Column::required(&["icd10_covered_group", "icd10_noncovered_group", "hcpc_code_group"]),
    Column::required(&["paragraph"]),
];

/// What takes entries and refused lines, until it breaks off.
pub type Take<'t, T> = dyn FnMut(Result<Row<T>, Rejected>) -> ControlFlow<()> + 't;

/// Hands every procedure of `article_x_hcpc_code.csv` and every refused line to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read_procedures<R: BufRead>(reader: R, take: &mut Take<'_, ProcedureCode>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| entry(row, ProcedureCode::read(row.code(ENTRY)?).ok_or(Reason::NotACode)?);
    table::rows_of_text(reader, PROCEDURES, make, take)
}

/// Hands every diagnosis of `article_x_icd10_covered.csv` or `article_x_icd10_noncovered.csv` and every refused line
/// to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`].
pub fn read_diagnoses<R: BufRead>(
    coverage: Coverage,
    reader: R,
    take: &mut Take<'_, Diagnosis>,
) -> Result<(), TableError> {
    let columns = match coverage {
        Coverage::Covered => COVERED,
        Coverage::NotCovered => NOT_COVERED,
    };
    let make = |row: &Cells<'_>| {
        let code = diagnosis_in(row.code(ENTRY)?).ok_or(Reason::NotACode)?;
        let marked = matches!(row.bytes(MARK), b"1" | b"Y" | b"y" | b"*" | b"True" | b"true");
        entry(row, Diagnosis { code, marked })
    };
    table::rows_of_text(reader, columns, make, take)
}

/// Hands the paragraph of every group that has one, as plain text, and every refused line to `take`, until it breaks
/// off.
///
/// # Errors
/// [`TableError`].
pub fn read_paragraphs<R: BufRead>(reader: R, take: &mut Take<'_, String>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| entry(row, plain(&row.text(ENTRY)));
    table::rows_of_text(reader, PARAGRAPHS, make, &mut |row| match row {
        Ok(row) if row.entry.is_empty() => ControlFlow::Continue(()),
        row => take(row),
    })
}

fn entry<T>(row: &Cells<'_>, entry: T) -> Result<Row<T>, Reason> {
    let number = |column, name| day::number(row.bytes(column)).ok_or(Reason::NotANumber(name));
    Ok(Row {
        line: row.line(),
        article: number(ARTICLE, "article's number")?,
        version: number(VERSION, "article's version")?,
        group: number(GROUP, "group's number")?,
        entry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<T>(rows: &mut Vec<Result<Row<T>, Rejected>>) -> impl FnMut(Result<Row<T>, Rejected>) -> ControlFlow<()> {
        |row| {
            rows.push(row);
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn procedures_are_read_without_their_descriptions() -> Result<(), TableError> {
        let text = "\u{FEFF}\"article_id\",\"article_version\",\"hcpc_code_id\",\"hcpc_code_version\",\"hcpc_code_group\",\"range\",\
            \"last_updated\",\"long_description\",\"short_description\"\r\n\
            \"52451\",\"7\",\"00100\",\"33\",\"1\",\"\",\"2025-01-01\",\"SECRET\r\nWORDS\",\"SECRET\"\r\n\
            \"52451\",\"7\",\"100\",\"33\",\"1\",\"\",\"\",\"\",\"\"\r\n\"52451\",\"7\",\"00100\",\"33\",\"\",\"\",\"\",\"\",\"\"\r\n";
        let mut rows = Vec::new();
        read_procedures(text.as_bytes(), &mut kept(&mut rows))?;
        let [Ok(row), Err(code), Err(group)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.line, row.article, row.version, row.group, row.entry.as_str()), (2, 52_451, 7, 1, "00100"));
        assert_eq!(*code, Rejected { line: 4, reason: Reason::NotACode });
        assert_eq!(*group, Rejected { line: 5, reason: Reason::NotANumber("group's number") });
        assert!(!format!("{row:?}").contains("SECRET"));
        Ok(())
    }

    #[test]
    fn diagnoses_and_paragraphs_are_read_by_group() -> Result<(), TableError> {
        let covered = "article_id,article_version,icd10_code_id,icd10_covered_group,sort_order,description,asterisk\n\
            52451,7,E11.9,2,1,Some words,*\n52451,7,E119,2,2,Some words,\n52451,7,119,2,2,x,\n";
        let mut rows = Vec::new();
        read_diagnoses(Coverage::Covered, covered.as_bytes(), &mut kept(&mut rows))?;
        let [Ok(marked), Ok(plain), Err(_)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((marked.entry.code.as_str(), marked.entry.marked, marked.group), ("E11.9", true, 2));
        assert_eq!((plain.entry.code.as_str(), plain.entry.marked), ("E11.9", false));
        let other = read_diagnoses(Coverage::NotCovered, covered.as_bytes(), &mut kept(&mut Vec::new()));
        assert!(matches!(other, Err(TableError::NoColumn("icd10_noncovered_group"))));
        let paragraphs = "article_id,article_version,icd10_covered_group,paragraph\n\
            52451,7,2,\"<p>One of <i>group 1</i>,\nand&nbsp;one of group 2</p>\"\n52451,7,3,\n";
        let mut rows = Vec::new();
        read_paragraphs(paragraphs.as_bytes(), &mut kept(&mut rows))?;
        let [Ok(paragraph)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((paragraph.group, paragraph.entry.as_str()), (2, "One of group 1, and one of group 2"));
        Ok(())
    }
}
