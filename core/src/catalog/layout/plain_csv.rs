//! A list of codes that the operator made: `code, description, effective`, and perhaps `ends`.
//!
//! For those who hold only an export, of whichever code set; which one, the operator says. Comma- or tab-delimited
//! with a header; several names of the columns are understood. `effective` is the first day of the code and `ends` the
//! last on which it may be used. A code that does not have the shape of its code set is refused: that is what a
//! spreadsheet program leaves of `00100` or `1E10`.

use std::{collections::HashSet, io::BufRead, ops::ControlFlow};

use jiff::civil::Date;

use super::{
    icd10_code::{diagnosis, has_shape},
    rejected::{Reason, Rejected},
    squeeze::squeeze,
    table::{self, Column, TableError},
};
use crate::{
    catalog::procedure_code::ProcedureCode,
    domain::code::{Code, CodeSystem, Modifier},
};

const CODE: usize = 0;
const DESCRIPTION: usize = 1;
const EFFECTIVE: usize = 2;
const ENDS: usize = 3;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["code", "codes", "procedure code", "cpt code", "hcpcs code", "hcpc", "icd code", "cpt", "ndc"]),
    Column::required(&["description", "descriptor", "title", "text", "name", "long description", "code description"]),
    Column::optional(&["effective", "effective date", "effective from", "from", "start", "start date", "valid from"]),
    Column::optional(&["ends", "end", "end date", "to", "until", "valid to", "termination date", "expires"]),
];

/// A code of the operator's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code in normal form.
    pub code: Code,
    /// Its text. Whether that is licensed, the operator knows.
    pub description: String,
    /// The first day, where the file says so.
    pub effective: Option<Date>,
    /// The last day on which it may be used.
    pub ends: Option<Date>,
}

/// Hands every code to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(
    system: CodeSystem,
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    let once = |cells: &table::Row<'_>| {
        let row = row(system, cells)?;
        // A code may stand again for other days.
        if seen.insert((row.code.clone(), row.effective)) { Ok(row) } else { Err(Reason::Twice) }
    };
    table::rows_of_text(reader, COLUMNS, once, take)
}

fn row(system: CodeSystem, cells: &table::Row<'_>) -> Result<Row, Reason> {
    cells.code(CODE)?;
    let code = code(system, &cells.owned(CODE)).ok_or(Reason::NotACode)?;
    let description = squeeze(&cells.text(DESCRIPTION));
    if description.is_empty() {
        return Err(Reason::NoTitle);
    }
    let effective = cells.day(EFFECTIVE, "effective date")?;
    let ends = cells.day(ENDS, "end date")?;
    if effective.zip(ends).is_some_and(|(from, to)| to < from) {
        return Err(Reason::NotADate("end date"));
    }
    Ok(Row { line: cells.line(), code, description, effective, ends })
}

/// The code, when it has the shape of its system.
fn code(system: CodeSystem, text: &str) -> Option<Code> {
    let bytes = text.as_bytes();
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let fits = match system {
        CodeSystem::Cpt => return ProcedureCode::cpt(bytes),
        CodeSystem::Icd10Cm => return diagnosis(text),
        CodeSystem::Icd10Pcs => has_shape(system, text),
        CodeSystem::Modifier => Modifier::parse(text).is_ok(),
        CodeSystem::Hcpcs => matches!(bytes, [b'A'..=b'Z', rest @ ..] if rest.len() == 4 && digits(rest)),
        CodeSystem::Icd9Cm => icd9(text),
        CodeSystem::MsDrg => bytes.len() == 3 && digits(bytes),
        CodeSystem::Revenue => bytes.len() == 4 && digits(bytes),
        CodeSystem::Ndc => ndc(text),
    };
    fits.then(|| Code::normal(system, text))
}

/// `250.00`, `V58.67`, `E812.0`.
fn icd9(text: &str) -> bool {
    let (category, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match category.as_bytes() {
        [b'V', ..] => category.len() == 3 && digits(category.trim_start_matches('V')),
        [b'E', ..] => category.len() == 4 && digits(category.trim_start_matches('E')),
        _ => category.len() == 3 && digits(category),
    };
    fits && rest.len() <= 2 && digits(rest)
}

/// Eleven digits, or three parts of 4-4-2, 5-3-2, 5-4-1 or 5-4-2.
fn ndc(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && matches!(lengths.as_slice(), [11] | [4, 4, 2] | [5, 3, 2] | [5, 4, 1 | 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(system: CodeSystem, text: &str) -> Result<Vec<String>, TableError> {
        let mut rows = Vec::new();
        read(system, text.as_bytes(), &mut |row| {
            rows.push(match row {
                Ok(row) => format!("{} {} {} {:?} {:?}", row.line, row.code, row.description, row.effective, row.ends),
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn columns_have_many_names_and_the_end_is_optional() -> Result<(), TableError> {
        let found = all(CodeSystem::Cpt, "\u{feff}code,description,effective\n00100,\"Grumbling, loud\",2031-01-01\n")?;
        assert_eq!(found, ["2 00100 Grumbling, loud Some(2031-01-01) None"]);
        let found =
            all(CodeSystem::Revenue, "Title\tCode\tEffective Date\tEnd Date\nRoom\t0450\t20310101\t20311231\n")?;
        assert_eq!(found, ["2 0450 Room Some(2031-01-01) Some(2031-12-31)"]);
        let found = all(CodeSystem::Icd10Cm, "code,title\nE119,Grumbling\n")?;
        assert_eq!(found, ["2 E11.9 Grumbling None None"]);
        Ok(())
    }

    #[test]
    fn broken_lines_are_refused_with_their_number() -> Result<(), TableError> {
        let found = all(
            CodeSystem::Cpt,
            "code,description,effective,ends\n100,eaten zeros,,\n00100,,,\n00100,day,20310231,\n\
            00100,turned,2031-01-01,2030-01-01\n00100,one,,\n00100,one,,\n00100,two,2031-01-01,\n",
        )?;
        let expected = [
            "line 2: no code of this code set stands in the code's columns",
            "line 3: the title is missing",
            "line 4: the effective date is not a date",
            "line 5: the end date is not a date",
            "6 00100 one None None",
            "line 7: the code was listed before",
            "8 00100 two Some(2031-01-01) None",
        ];
        assert_eq!(found, expected);
        assert!(all(CodeSystem::Cpt, "").is_err());
        assert!(all(CodeSystem::Cpt, "00100,Grumbling,2031-01-01\n").is_err(), "no header");
        Ok(())
    }

    #[test]
    fn every_code_set_has_its_shape() {
        for (system, good, bad) in [
            (CodeSystem::Cpt, &["00100", "0001U"][..], &["1001", "A0021", "0001x"][..]),
            (CodeSystem::Hcpcs, &["A0021", "D0120"], &["A002", "00100"]),
            (CodeSystem::Icd10Cm, &["E11.9", "QA0"], &["250.00"]),
            (CodeSystem::Icd10Pcs, &["0DTJ4ZZ"], &["0DTJ4Z", "0DTJ4OZ"]),
            (CodeSystem::Icd9Cm, &["250.00", "V58.67", "E812.0", "250"], &["25", "V5", "E81.0", "250.000"]),
            (CodeSystem::Modifier, &["25", "E1"], &["1E1", "5"]),
            (CodeSystem::MsDrg, &["001"], &["1"]),
            (CodeSystem::Revenue, &["0450"], &["450"]),
            (CodeSystem::Ndc, &["0409-1412-04", "00409141204"], &["409141204", "0409-1412"]),
        ] {
            for text in good {
                assert!(code(system, text).is_some(), "{system} {text}");
            }
            for text in bad {
                assert!(code(system, text).is_none(), "{system} {text}");
            }
        }
    }
}
