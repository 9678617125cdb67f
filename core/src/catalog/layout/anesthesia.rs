//! What anesthesia is paid by: the conversion factor of each locality (`ANES2026.csv` in the ZIP of the relative values, or
//! its worksheet) and the base units of each code (CMS's list of base units).
//!
//! | column of the factors | holds |
//! |---|---|
//! | Contractor, Locality, Locality Name | five digits, two digits, a name |
//! | … Conversion Factor, … CF | dollars for a unit; from 2026 one column for qualifying APM participants and one for others |
//!
//! | column of the units | holds |
//! |---|---|
//! | CPT Code, HCPCS, Code | the code |
//! | Base Unit(s) | a number |
//!
//! Notes below either table are passed over.

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use super::{
    day,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::catalog::{decimal::Factor, locality::Locality, procedure_code::ProcedureCode};

/// A locality's factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorRow {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// Where.
    pub locality: Locality,
    /// As CMS names it.
    pub name: String,
    /// Dollars for a unit.
    pub factor: Factor,
    /// The same for qualifying APM participants, where the file has both.
    pub qualifying: Option<Factor>,
}

/// A code's base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitsRow {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The code.
    pub code: ProcedureCode,
    /// How many.
    pub units: u32,
}

const CONTRACTOR: usize = 0;
const LOCALITY: usize = 1;
const FACTOR: usize = 2;
const QUALIFYING: usize = 3;
const NAME: usize = 4;

/// The columns of the factors.
pub(in crate::catalog) const FACTORS: &[Column] = &[
    Column::required(&["contractor", "medicare administrative contractor (mac)", "mac"]),
    Column::required(&["locality", "locality number"]),
    Column::required(&[
        "*non-qualifying apm*",
        "*non-qp*",
        "*anesthesia conversion factor*",
        "*anes cf*",
        "conversion factor",
    ]),
    Column::optional(&["qualifying apm*", "qp*"]),
    Column::optional(&["locality name"]),
];

/// The columns of the base units.
pub(in crate::catalog) const UNITS: &[Column] = &[
    Column::required(&["cpt code", "hcpcs", "hcpcs code", "code"]),
    Column::required(&["base unit", "base units", "anesthesia base unit*"]),
];

/// What takes rows and refused lines, until it breaks off.
pub type Take<'t, T> = dyn FnMut(Result<T, Rejected>) -> ControlFlow<()> + 't;

/// Hands every locality and every refused line of a text to `take`.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read_factors<R: BufRead>(reader: R, take: &mut Take<'_, FactorRow>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_text(reader, FACTORS, &mut |row| pass(row, &[LOCALITY, FACTOR], take, |row| factors(row, &mut seen)))
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_factors_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_, FactorRow>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_sheet(reader, FACTORS, &mut |row| pass(row, &[LOCALITY, FACTOR], take, |row| factors(row, &mut seen)))
}

/// Hands every code and every refused line of a text to `take`.
///
/// # Errors
/// [`TableError`].
pub fn read_units<R: BufRead>(reader: R, take: &mut Take<'_, UnitsRow>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_text(reader, UNITS, &mut |row| pass(row, &[1], take, |row| units(row, &mut seen)))
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_units_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_, UnitsRow>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::read_sheet(reader, UNITS, &mut |row| pass(row, &[1], take, |row| units(row, &mut seen)))
}

/// A note has a text in its first cell, and nothing where the numbers are.
fn pass<T>(
    row: Result<table::Row<'_>, Rejected>,
    numbers: &[usize],
    take: &mut Take<'_, T>,
    make: impl FnOnce(&table::Row<'_>) -> Result<T, Reason>,
) -> ControlFlow<()> {
    let row = match row {
        Ok(row) => row,
        Err(rejected) => return take(Err(rejected)),
    };
    if numbers.iter().all(|column| row.bytes(*column).is_empty()) {
        return ControlFlow::Continue(());
    }
    take(make(&row).map_err(|reason| Rejected { line: row.line(), reason }))
}

fn factors(row: &table::Row<'_>, seen: &mut HashSet<Locality>) -> Result<FactorRow, Reason> {
    // Zeros that a spreadsheet program has taken from the front are put back.
    let digits = |column, width: usize| format!("{:0>width$}", row.text(column));
    let locality =
        Locality::of(&digits(CONTRACTOR, 5), &digits(LOCALITY, 2)).ok_or(Reason::Unknown("contractor or locality"))?;
    let factor = |column| {
        let text = row.text(column);
        Factor::read(text.trim_start_matches('$').as_bytes()).ok_or(Reason::NotANumber("conversion factor"))
    };
    let qualifying = (!row.bytes(QUALIFYING).is_empty()).then(|| factor(QUALIFYING)).transpose()?;
    let found = FactorRow { line: row.line(), locality, name: row.owned(NAME), factor: factor(FACTOR)?, qualifying };
    if seen.insert(locality) { Ok(found) } else { Err(Reason::Twice) }
}

fn units(row: &table::Row<'_>, seen: &mut HashSet<ProcedureCode>) -> Result<UnitsRow, Reason> {
    let code = ProcedureCode::read(row.code(0)?).ok_or(Reason::NotACode)?;
    let units = day::number(row.bytes(1)).ok_or(Reason::NotANumber("base units"))?;
    if seen.insert(code) { Ok(UnitsRow { line: row.line(), code, units }) } else { Err(Reason::Twice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<T>(rows: &mut Vec<Result<T, Rejected>>) -> impl FnMut(Result<T, Rejected>) -> ControlFlow<()> + '_ {
        |row| {
            rows.push(row);
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn factors_are_read_under_the_names_of_either_year() -> Result<(), TableError> {
        for (text, expected) in [
            (
                "2031 Anesthesia Conversion Factors,,,\nContractor,Locality,Locality Name,2031 Anesthesia Conversion Factor\n\
                 10112,00,NOWHERE,20.4512\n2102,1,FAR,$27.30\n\"* a note\",,,\n",
                ["10112-00 NOWHERE 20.4512 None", "02102-01 FAR 27.3000 None"],
            ),
            (
                "Contractor,Locality,Locality Name,Qualifying APM Conversion Factor,Non-Qualifying APM Conversion Factor\n\
                 10112,00,NOWHERE,20.6,20.5\n02102,01,FAR,27.4,27.3\n",
                ["10112-00 NOWHERE 20.5000 Some(20.6000)", "02102-01 FAR 27.3000 Some(27.4000)"],
            ),
        ] {
            let mut rows = Vec::new();
            read_factors(text.as_bytes(), &mut kept(&mut rows))?;
            let found: Vec<String> = rows
                .into_iter()
                .map(|row| row.map(|row| format!("{} {} {} {:?}", row.locality, row.name, row.factor, row.qualifying)))
                .collect::<Result<_, _>>()
                .expect("no line is refused");
            assert_eq!(found, expected);
        }
        Ok(())
    }

    #[test]
    fn units_are_read_and_broken_lines_refused() -> Result<(), TableError> {
        let mut rows = Vec::new();
        let text = "Code,Base Units\n00100,5\n00102,six\n1x,3\n00100,5\nA note without units,\n";
        read_units(text.as_bytes(), &mut kept(&mut rows))?;
        let found: Vec<String> = rows
            .into_iter()
            .map(|row| row.map_or_else(|bad| bad.to_string(), |row| format!("{} {}", row.code, row.units)))
            .collect();
        assert_eq!(
            found,
            [
                "00100 5",
                "line 3: the base units is not a number",
                "line 4: no code of this code set stands in the code's columns",
                "line 5: the code was listed before",
            ]
        );
        Ok(())
    }
}
