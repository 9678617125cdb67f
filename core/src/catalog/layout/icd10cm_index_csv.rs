//! The ICD-10-CM alphabetic index as a table: `Level, Term, See, SeeAlso, NonEssModif, Code`, or the cells of the
//! tables of neoplasms and drugs in their columns.
//!
//! Nobody publishes the index so; people make such files from the XML ([`super::icd10cm_index`]), which says more. A
//! term's level counts from 0; its path is made of the last terms of the levels above it. The header does not tell
//! diseases from external causes.

use std::io::BufRead;

pub use super::icd10cm_term::{Column, Pointer, Row};
use super::{
    icd10cm_index::Take,
    icd10cm_term::cell,
    rejected::Reason,
    squeeze::squeeze,
    table::{self, TableError},
};

/// Deeper than the published index, which has levels up to 9.
const DEEPEST: usize = 32;

const LEVEL: usize = 0;
const TERM: usize = 1;
const SEE: usize = 2;
const SEE_ALSO: usize = 3;
const MODIFIERS: usize = 4;
const CODE: usize = 5;
const CELLS: usize = 6;

/// The columns; those of the two tables in the order of [`Column::ALL`].
pub(in crate::catalog) const COLUMNS: &[table::Column] = &[
    table::Column::required(&["Level"]),
    table::Column::required(&["Term"]),
    table::Column::optional(&["See"]),
    table::Column::required(&["SeeAlso"]),
    table::Column::required(&["NonEssModif"]),
    table::Column::optional(&["Code"]),
    table::Column::optional(&["Malignant Primary"]),
    table::Column::optional(&["Malignant Secondary"]),
    table::Column::optional(&["Ca in situ"]),
    table::Column::optional(&["Benign"]),
    table::Column::optional(&["Uncertain Behavior"]),
    table::Column::optional(&["Unspecified Behavior"]),
    table::Column::optional(&["Poisoning Accidental*"]),
    table::Column::optional(&["Poisoning Intentional self-harm"]),
    table::Column::optional(&["Poisoning Assault"]),
    table::Column::optional(&["Poisoning Undetermined"]),
    table::Column::optional(&["Adverse effect"]),
    table::Column::optional(&["Underdosing"]),
];

/// Hands every term to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut path: Vec<String> = Vec::new();
    let mut next = 0;
    let numbered = |cells: &table::Row<'_>| {
        let row = row(cells, &mut path, next)?;
        next += 1;
        Ok(row)
    };
    table::rows_of_text(reader, COLUMNS, numbered, take)
}

fn row(cells: &table::Row<'_>, path: &mut Vec<String>, number: u32) -> Result<Row, Reason> {
    let level: usize = cells.text(LEVEL).parse().map_err(|_| Reason::NotANumber("level"))?;
    let text = |column: usize| squeeze(&cells.text(column));
    let (term, modifiers) = (text(TERM), text(MODIFIERS));
    if level > path.len() || level > DEEPEST {
        return Err(Reason::NotARecord);
    }
    if term.is_empty() && modifiers.is_empty() {
        return Err(Reason::NoTitle);
    }
    path.truncate(level);
    path.push(term);
    let list = |column: usize| Some(text(column)).filter(|text| !text.is_empty()).into_iter().collect::<Vec<_>>();
    let codes = list(CODE).iter().map(|code| Pointer::read(code).ok_or(Reason::NotACode)).collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (place, column) in (CELLS..).zip(Column::ALL) {
        found.extend(cell(column, &text(place))?);
    }
    Ok(Row {
        line: cells.line(),
        number,
        path: path.clone(),
        modifiers,
        codes,
        manifestations: Vec::new(),
        see: list(SEE),
        see_also: list(SEE_ALSO),
        cells: found,
    })
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    fn all(text: &str) -> Result<Vec<String>, TableError> {
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(match row {
                Ok(row) => format!("{} {} {:?} {:?}", row.line, row.path.join(" > "), row.codes.len(), row.cells.len()),
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn the_path_is_made_of_the_levels() -> Result<(), TableError> {
        let text = "\u{feff}RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code
1,G,0,Grumbling,,,(loud),A00.0
2,G,1,\"acute, early\",,Sighing,,C56.-
3,G,2,,,,(bitter),
4,G,1,chronic,Moaning,,,
5,H,0,Humming,,,,
6,H,2,too deep,,,,
7,H,x,no level,,,,
8,H,1,,,,,
9,H,1,no code,,,,100
10,H,1,cut
";
        let expected = [
            "2 Grumbling 1 0",
            "3 Grumbling > acute, early 1 0",
            "4 Grumbling > acute, early >  0 0",
            "5 Grumbling > chronic 0 0",
            "6 Humming 0 0",
            "line 7: the columns do not fit the layout",
            "line 8: the level is not a number",
            "line 9: the title is missing",
            "line 10: no code of this code set stands in the code's columns",
        ];
        assert_eq!(all(text)?.get(..9), Some(expected.map(str::to_owned).as_slice()));
        Ok(())
    }

    #[test]
    fn the_tables_have_their_columns_by_name() -> Result<(), TableError> {
        let text = "RowID,Level,Term,SeeAlso,NonEssModif,MalignantPrimary,Benign\n1,0,Neoplasm,,,C80.1,-\n2,1,toe,,,C76.-,D36.7\n";
        assert_eq!(all(text)?, ["2 Neoplasm 0 1", "3 Neoplasm > toe 0 2"]);
        assert!(all("").is_err());
        assert!(all("a,b\n1,2\n").is_err());
        Ok(())
    }
}
