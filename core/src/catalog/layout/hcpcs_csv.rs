//! HCPCS Level II as a table of text: the columns of CMS's spreadsheet ([`super::hcpcs_xlsx`]), comma- or
//! tab-delimited, one row a code.
//!
//! CMS does not publish this form; people make it from the spreadsheet. Cross-references may stand in one column
//! (`31573, 31574`) or in five. A column `KIND` with `P` or `M` tells codes from modifiers; without it they are told
//! apart by their length. Where the columns of dates are missing, nothing is known of the code's days.

use std::{collections::HashSet, io::BufRead};

use super::{
    hcpcs::{Row, Take, allowed},
    rejected::Reason,
    squeeze::squeeze,
    table::{self, Column, TableError},
};
use crate::domain::code::{Code, CodeSystem};

const CODE: usize = 0;
const TITLE: usize = 1;
const SHORT_TITLE: usize = 2;
const KIND: usize = 3;
const ADDED: usize = 4;
const TERMINATED: usize = 5;
const SEE_ALSO: usize = 6;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["HCPC"]),
    Column::required(&["LONG DESCRIPTION"]),
    Column::optional(&["SHORT DESCRIPTION"]),
    Column::optional(&["KIND*"]),
    Column::optional(&["ADD DT"]),
    Column::optional(&["TERM DT"]),
    Column::optional(&["XREF", "XREF1"]),
    Column::optional(&["XREF2"]),
    Column::optional(&["XREF3"]),
    Column::optional(&["XREF4"]),
    Column::optional(&["XREF5"]),
];

/// Hands every code and every refused row to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    let once = |cells: &table::Row<'_>| {
        let row = row(cells)?;
        if seen.insert((row.system, row.code.clone())) { Ok(row) } else { Err(Reason::Twice) }
    };
    table::rows_of_text(reader, COLUMNS, once, take)
}

fn row(cells: &table::Row<'_>) -> Result<Row, Reason> {
    let text = cells.owned(CODE);
    let system = match cells.bytes(KIND) {
        b"M" => CodeSystem::Modifier,
        b"P" => CodeSystem::Hcpcs,
        b"" if text.len() == 2 => CodeSystem::Modifier,
        b"" => CodeSystem::Hcpcs,
        _ => return Err(Reason::Unknown("kind")),
    };
    let code = allowed(system, &text)?;
    let title = squeeze(&cells.text(TITLE));
    if title.is_empty() {
        return Err(Reason::NoTitle);
    }
    let references: Vec<String> = (SEE_ALSO..COLUMNS.len()).map(|column| cells.owned(column)).collect();
    let references = references.iter().flat_map(|cell| cell.split([',', ' '])).filter(|text| !text.is_empty());
    Ok(Row {
        line: cells.line(),
        system,
        code,
        title,
        short_title: cells.owned(SHORT_TITLE),
        see_also: references.map(|text| Code::normal(system, text)).collect(),
        added: cells.day(ADDED, "added date")?,
        terminated: cells.day(TERMINATED, "termination date")?,
    })
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use jiff::civil::date;

    use super::{super::rejected::Rejected, *};

    fn all(text: &str) -> Result<Vec<Result<Row, Rejected>>, TableError> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn the_spreadsheets_columns_are_bound_by_name() -> Result<(), TableError> {
        let rows = all("HCPC,LONG DESCRIPTION,SHORT DESCRIPTION,XREF,ADD DT,TERM DT\n\
            A0380,\"Grumbling, per  mile\",Grumbling,\"A0425, 0868T\",19850101,20001231\n\
            E1,Upper left,,,,\n\
            99213,Not ours to give,,,,\n\
            D0120,Not ours to give,,,,\n\
            A0381,Bad day,,,20240231,\n\
            A0380,Again,,,,\n\
            A0382,,,,,\n")?;
        let [Ok(code), Ok(modifier), refused @ ..] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((code.code.as_str(), code.title.as_str(), code.line), ("A0380", "Grumbling, per mile", 2));
        assert_eq!(code.see_also.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["A0425", "0868T"]);
        assert_eq!((code.added, code.terminated), (Some(date(1985, 1, 1)), Some(date(2000, 12, 31))));
        assert_eq!((modifier.system, modifier.added), (CodeSystem::Modifier, None));
        let reasons: Vec<_> =
            refused.iter().filter_map(|row| row.as_ref().err()).map(|bad| bad.reason.clone()).collect();
        let expected = [Reason::Cpt, Reason::Cdt, Reason::NotADate("added date"), Reason::Twice, Reason::NoTitle];
        assert_eq!(reasons, expected);
        Ok(())
    }

    #[test]
    fn a_column_tells_modifiers_from_codes() -> Result<(), TableError> {
        let rows =
            all("HCPC,\"KIND (P=procedure, M=modifier)\",LONG DESCRIPTION\nA1,M,One\nA0021,P,Two\nA2,X,Three\n")?;
        let [Ok(modifier), Ok(code), Err(unknown)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((modifier.system, code.system), (CodeSystem::Modifier, CodeSystem::Hcpcs));
        assert_eq!(unknown.reason, Reason::Unknown("kind"));
        assert!(all("").is_err());
        Ok(())
    }
}
