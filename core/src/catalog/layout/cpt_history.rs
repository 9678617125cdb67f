//! The operator's CPT history: which codes were deleted and when (`Deleted_DTK_tab.txt`), and what changed
//! (`History_DTK_tab.txt`).
//!
//! Licensed, and never part of this program. Tab- or pipe-delimited with a header row. The names of the columns are
//! known from hearsay only, so several are understood; a file without a column of changes lists deletions.

use std::{io::BufRead, ops::ControlFlow};

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use super::{
    rejected::{Reason, Rejected},
    table::{self, TableError},
};
use crate::{
    catalog::{
        entry::{Descriptor, TextSource},
        procedure_code::ProcedureCode,
    },
    domain::code::Code,
};

const CODE: usize = 0;
const DAY: usize = 1;
const CHANGE: usize = 2;
const BEFORE: usize = 3;
const AFTER: usize = 4;
const INSTRUCTION: usize = 5;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[table::Column] = &[
    table::Column::required(&["CPT Code", "CPT", "Code"]),
    table::Column::required(&["Date Deleted", "Deleted Date", "Deletion Date", "Effective Date", "Date"]),
    table::Column::optional(&["Change Type", "Change", "Action"]),
    table::Column::optional(&["Prior Value", "Previous Value", "Old Value"]),
    table::Column::optional(&["Current Value", "New Value"]),
    table::Column::optional(&["Instruction", "Coding Tip", "Long Descriptor", "Descriptor"]),
];

/// A change of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code.
    pub code: Code,
    /// The day from which the change holds. Of a deletion that is the first day without the code.
    pub day: Date,
    /// What changed.
    pub change: Change,
    /// The value before, or empty; licensed, as the next two.
    pub before: Descriptor,
    /// The value after, or empty.
    pub after: Descriptor,
    /// What to use instead, or empty.
    pub instruction: Descriptor,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The code came.
    Added,
    /// The code went.
    Deleted,
    /// Its words changed.
    Revised,
    /// Something else, in the file's word.
    Other(String),
}

impl Change {
    fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" | "delete" | "deleted" | "deletion" => Self::Deleted,
            "add" | "added" | "addition" | "new" => Self::Added,
            "revise" | "revised" | "revision" | "changed" => Self::Revised,
            _ => Self::Other(word.to_owned()),
        }
    }
}

/// Hands every change to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    table::rows_of_text(reader, COLUMNS, row, take)
}

fn row(cells: &table::Row<'_>) -> Result<Row, Reason> {
    let licensed = |column: usize| Descriptor { text: cells.owned(column), source: TextSource::Licensed };
    Ok(Row {
        line: cells.line(),
        code: ProcedureCode::cpt(cells.code(CODE)?).ok_or(Reason::NotACode)?,
        day: cells.day(DAY, "date")?.ok_or(Reason::NotADate("date"))?,
        change: Change::read(&cells.owned(CHANGE)),
        before: licensed(BEFORE),
        after: licensed(AFTER),
        instruction: licensed(INSTRUCTION),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<String>, TableError> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(match row {
                Ok(row) => format!("{} {} {} {:?} {}", row.line, row.code, row.day, row.change, row.instruction.text),
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn a_file_of_deletions_has_no_column_of_changes() -> Result<(), TableError> {
        let found = all("Concept Id\tCPT Code\tDate Deleted\tInstruction\n1\t00001\t20310101\tSee 00002\n")?;
        assert_eq!(found, ["2 00001 2031-01-01 Deleted See 00002"]);
        Ok(())
    }

    #[test]
    fn changes_are_named_and_broken_lines_refused() -> Result<(), TableError> {
        let found = all("Date|Change Type|Concept Id|CPT Code|Prior Value|Current Value|Instruction\n\
            2031-01-01|ADDED|1|0001U|||\n01/01/2031|DELETED|2|00002|||\n20310101|REVISED|3|00003|a|b|\n\
            20310101|MOVED|4|00004|||\n20310231|ADDED|5|00005|||\n|ADDED|6|00006|||\n20310101|ADDED|7|A0021|||\n")?;
        let expected = [
            "2 0001U 2031-01-01 Added ",
            "3 00002 2031-01-01 Deleted ",
            "4 00003 2031-01-01 Revised ",
            "5 00004 2031-01-01 Other(\"MOVED\") ",
            "line 6: the date is not a date",
            "line 7: the date is not a date",
            "line 8: no code of this code set stands in the code's columns",
        ];
        assert_eq!(found, expected);
        assert!(all("").is_err());
        Ok(())
    }
}
