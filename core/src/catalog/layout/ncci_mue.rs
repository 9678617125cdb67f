//! NCCI medically unlikely edits (MUE): how many units of a code are paid at most.
//!
//! `MCR_MUE_PractitionerServices_Eff_04-01-2026.csv` and its like for outpatient hospitals and DME suppliers, in
//! Windows-1252, or the worksheet of the same columns. Before the header stands one cell with a notice of many lines.
//! Columns (CMS, "Medicare NCCI MUE files" header):
//!
//! | column | holds |
//! |---|---|
//! | HCPCS/⏎CPT Code | the code |
//! | … Services MUE Values | units of service; 0 is a limit like any other |
//! | MUE Adjudication Indicator | a digit and its meaning, of which the digit is read |
//! | MUE Rationale | a label |
//!
//! The rows carry no dates: setting and first day stand in the name alone, [`FileName`]. Not all limits are
//! published, so a code that is missing has no published limit, which is not "no limit".

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    day,
    rejected::{Reason, Rejected},
    table::{self, Column, TableError},
};
use crate::catalog::{
    calendar::{self, words},
    dataset::Dataset,
    procedure_code::ProcedureCode,
    setting::Setting,
};

/// The limit of one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// The code.
    pub code: ProcedureCode,
    /// Units of service at most, by line or day as the indicator says.
    pub units: u32,
    /// What the limit is applied to.
    pub adjudication: AdjudicationIndicator,
    /// CMS's reason for the limit.
    pub rationale: String,
}

/// CMS's MUE adjudication indicator (MAI).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjudicationIndicator {
    /// 1: applied to each claim line by itself; units on several lines with a modifier may pass.
    Line,
    /// 2: applied to the date of service and absolute, as it follows from policy.
    DayByPolicy,
    /// 3: applied to the date of service; more may be paid on appeal where medically necessary.
    DayByClinicalData,
}

impl AdjudicationIndicator {
    /// The indicator that a cell starts with: `3 Date of Service Edit: Clinical`.
    #[must_use]
    pub const fn read(cell: &[u8]) -> Option<Self> {
        match cell {
            [b'1'] | [b'1', b' ', ..] => Some(Self::Line),
            [b'2'] | [b'2', b' ', ..] => Some(Self::DayByPolicy),
            [b'3'] | [b'3', b' ', ..] => Some(Self::DayByClinicalData),
            _ => None,
        }
    }

    /// CMS's digit.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Line => 1,
            Self::DayByPolicy => 2,
            Self::DayByClinicalData => 3,
        }
    }
}

const CODE: usize = 0;
const UNITS: usize = 1;
const INDICATOR: usize = 2;
const RATIONALE: usize = 3;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["hcpcs/cpt code", "hcpcs/cpt codes", "cpt/hcpcs code"]),
    Column::required(&["*mue values", "*mue value"]),
    Column::required(&["mue adjudication indicator*"]),
    Column::optional(&["mue rationale"]),
];

/// What takes limits and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands the limit of every code and every refused line of a text to `take`, until it breaks off. Of a code that
/// stands twice, the first is taken.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |row| limit(row, &mut seen), take)
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |row| limit(row, &mut seen), take)
}

fn limit(row: &table::Row<'_>, seen: &mut HashSet<ProcedureCode>) -> Result<Row, Reason> {
    let code = ProcedureCode::read(row.code(CODE)?).ok_or(Reason::NotACode)?;
    let limit = Row {
        line: row.line(),
        code,
        units: day::number(row.bytes(UNITS)).ok_or(Reason::NotANumber("MUE value"))?,
        adjudication: AdjudicationIndicator::read(row.bytes(INDICATOR))
            .ok_or(Reason::Unknown("MUE adjudication indicator"))?,
        rationale: row.owned(RATIONALE),
    };
    if seen.insert(code) { Ok(limit) } else { Err(Reason::Twice) }
}

/// What the name of a file says: `MCR_MUE_PractitionerServices_Eff_04-01-2026.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    /// [`Dataset::Mue`] of a setting, or [`Dataset::MueSupplier`].
    pub dataset: Dataset,
    /// First day.
    pub effective: Date,
}

impl FileName {
    /// Reads a name. None when it lacks the setting or the date.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let dataset = Self::dataset(name)?;
        Some(Self { dataset, effective: calendar::first_day(dataset, &[name])? })
    }

    /// The table alone, which a name without a date may tell too.
    #[must_use]
    pub fn dataset(name: &str) -> Option<Dataset> {
        let supplier = words(name).concat().contains("mcrmuedmesupplier");
        if supplier { Some(Dataset::MueSupplier) } else { Setting::of_file(name).map(Dataset::Mue) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use jiff::civil::date;

    use super::{super::worksheet::tests::book, *};

    const HEAD: &[u8] =
        b"\"Words about rights, \r\nCPT\xAE is a mark.\n\",,,\r\n\"HCPCS/\nCPT Code\",DME Supplier Services \
        MUE Values,MUE Adjudication Indicator,MUE Rationale\r\n";

    fn all(rows: &[u8]) -> Vec<Result<Row, Rejected>> {
        let mut found = Vec::new();
        read([HEAD, rows].concat().as_slice(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("an MUE table");
        found
    }

    #[test]
    fn limits_are_read_below_the_notice() {
        let rows = all(b"A4206,0,3 Date of Service Edit: Clinical,CMS Policy\r\n0002M,90000,1 Line Edit,\"A, b\"\r\n");
        let [Ok(none), Ok(many)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((none.code.as_str(), none.units, none.line), ("A4206", 0, 6));
        assert_eq!(
            (none.adjudication, none.rationale.as_str()),
            (AdjudicationIndicator::DayByClinicalData, "CMS Policy")
        );
        assert_eq!(
            (many.units, many.adjudication, many.rationale.as_str()),
            (90_000, AdjudicationIndicator::Line, "A, b")
        );
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let rows = all(b"A4206,1,2 Date of Service Edit: Policy,x\nA4206,2,2 Date of Service Edit: Policy,x\n\
            4206,1,1 Line Edit,x\nA4207,,1 Line Edit,x\nA4208,1.5,1 Line Edit,x\nA4209,1,4 Other,x\nA4210,1\n\
            A4211,1,1 Line Edit,x,shifted\n");
        let reasons: Vec<_> = rows.into_iter().skip(1).map(|row| row.expect_err("refused")).collect();
        let expected = [
            Reason::Twice,
            Reason::NotACode,
            Reason::NotANumber("MUE value"),
            Reason::NotANumber("MUE value"),
            Reason::Unknown("MUE adjudication indicator"),
            Reason::NotARecord,
            Reason::NotARecord,
        ];
        let expected: Vec<_> = (7..).zip(expected).map(|(line, reason)| Rejected { line, reason }).collect();
        assert_eq!(reasons, expected);
    }

    #[test]
    fn a_worksheet_gives_the_same_limits() -> Result<(), TableError> {
        let sheet = book(&[
            &["A notice"],
            &["HCPCS/ CPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"],
            &["00100", "#1", "2 Date of Service Edit: Policy", "CMS Policy"],
            &["#100", "#1", "2 Date of Service Edit: Policy", "CMS Policy"],
        ]);
        let mut rows = Vec::new();
        read_xlsx(Cursor::new(sheet), &mut |row| {
            rows.push(row.map(|row| (row.code.to_string(), row.units)).map_err(|refused| refused.reason));
            ControlFlow::Continue(())
        })?;
        assert_eq!(rows, [Ok(("00100".to_owned(), 1)), Err(Reason::NumberCell)]);
        Ok(())
    }

    #[test]
    fn an_indicator_means_what_cms_says() {
        for (cell, indicator, digit) in [
            ("1 Line Edit", AdjudicationIndicator::Line, 1),
            ("2 Date of Service Edit: Policy", AdjudicationIndicator::DayByPolicy, 2),
            ("3 Date of Service Edit: Clinical", AdjudicationIndicator::DayByClinicalData, 3),
            ("3", AdjudicationIndicator::DayByClinicalData, 3),
        ] {
            assert_eq!(AdjudicationIndicator::read(cell.as_bytes()), Some(indicator));
            assert_eq!(indicator.digit(), digit);
        }
        for cell in ["", "0", "4 Other", "12 Line Edit", "Line Edit"] {
            assert_eq!(AdjudicationIndicator::read(cell.as_bytes()), None, "{cell}");
        }
    }

    #[test]
    fn a_name_tells_setting_and_first_day() {
        for (name, dataset, effective) in [
            ("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", Dataset::Mue(Setting::Practitioner), date(2026, 4, 1)),
            (
                "a/MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.xlsx",
                Dataset::Mue(Setting::OutpatientHospital),
                date(2026, 10, 1),
            ),
            ("MCR_MUE_DMESupplierServices_Eff_01-01-2025.csv", Dataset::MueSupplier, date(2025, 1, 1)),
        ] {
            assert_eq!(FileName::read(name), Some(FileName { dataset, effective }), "{name}");
        }
        for name in ["MUE.csv", "MCR_MUE_PractitionerServices.csv", "MCR_MUE_PractitionerServices_Eff_13-01-2026.csv"] {
            assert_eq!(FileName::read(name), None, "{name}");
        }
    }
}
