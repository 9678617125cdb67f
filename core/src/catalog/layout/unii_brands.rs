//! Brand names of drugs and the substances in them: `brand, substance, unii`.
//!
//! Made from FDA's file of UNII names (the rows of brand names); FDA itself publishes names and substances in one
//! tab-delimited file. The UNII is ten letters and digits. A brand may name several substances, and a substance has
//! many brands.

use std::{io::BufRead, ops::ControlFlow};

use super::{
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};

const BRAND: usize = 0;
const SUBSTANCE: usize = 1;
const UNII: usize = 2;

/// The columns.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["brand", "brand name"]),
    Column::required(&["substance", "display name"]),
    Column::required(&["unii"]),
];

/// A brand of a substance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The brand name, as FDA writes it: in capitals.
    pub brand: String,
    /// The substance's display name.
    pub substance: String,
    /// FDA's identifier of the substance.
    pub unii: String,
}

/// Hands every row to `take`, as a row or as refused, until it breaks off.
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
    let unii = cells.owned(UNII);
    let fitting = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if unii.len() != 10 || !unii.bytes().all(fitting) {
        return Err(Reason::NotACode);
    }
    let (brand, substance) = (cells.owned(BRAND), cells.owned(SUBSTANCE));
    if brand.is_empty() || substance.is_empty() {
        return Err(Reason::NoTitle);
    }
    Ok(Row { line: cells.line(), brand, substance, unii })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_are_read_and_broken_lines_refused() -> Result<(), TableError> {
        let text =
            "brand,substance,unii\n\"SNAKE-OIL (+)\",\"OIL, SNAKE\",O271Z1Q5G9\nNOSTRUM,WATER,123\n,WATER,0000000001\n";
        let mut rows = Vec::new();
        read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        let [Ok(row), Err(no_unii), Err(no_brand)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.brand.as_str(), row.substance.as_str(), row.line), ("SNAKE-OIL (+)", "OIL, SNAKE", 2));
        assert_eq!(*no_unii, Rejected { line: 3, reason: Reason::NotACode });
        assert_eq!(*no_brand, Rejected { line: 4, reason: Reason::NoTitle });
        assert!(read(&b"a,b\n"[..], &mut |_| ControlFlow::Continue(())).is_err());
        Ok(())
    }
}
