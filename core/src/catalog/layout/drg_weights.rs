//! The list of MS-DRGs with their weights: table 5 of CMS's final rule for inpatient hospitals (IPPS), `Table 5.txt`
//! and its worksheet.
//!
//! Tab-delimited in Windows-1252, below a title of two lines in quotation marks; lines end in CR LF, and those within
//! the title in LF. Columns (CMS, "FY … IPPS Final Rule, Table 5"):
//!
//! | column | holds |
//! |---|---|
//! | MS-DRG | three digits |
//! | FY … Post-Acute DRG, Special Pay DRG | Yes or No |
//! | MDC | two digits, PRE, or nothing for the DRGs of all |
//! | TYPE | SURG, MED, or `**` |
//! | MS-DRG Title | a public title |
//! | Weights - Before Cap, Weights - 10% Cap Applied | four places; `.` for none. Before FY2023 one column, Weights |
//! | Geometric mean LOS, Arithmetic mean LOS | days, one place |

use std::{
    collections::HashSet,
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use serde::{Deserialize, Serialize};

use super::{
    rejected::{Reason, Rejected},
    table::{self, Column, Row as Cells, TableError},
};
use crate::{
    catalog::decimal::{Days, Decimal, Factor},
    domain::code::{Code, CodeSystem},
};

/// One MS-DRG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line or sheet row, from 1.
    pub line: u64,
    /// Three digits.
    pub drg: Code,
    /// Whether the post-acute care transfer policy applies.
    pub post_acute: bool,
    /// Whether its special payment applies to transfers.
    pub special_pay: bool,
    /// Its major diagnostic category.
    pub mdc: Mdc,
    /// Surgical or medical.
    pub kind: Option<Kind>,
    /// The title.
    pub title: String,
    /// The relative weight before the cap on decreases.
    pub weight_before_cap: Option<Factor>,
    /// The relative weight that is paid.
    pub weight: Option<Factor>,
    /// Geometric mean length of stay.
    pub geometric_stay: Option<Days>,
    /// Arithmetic mean length of stay.
    pub arithmetic_stay: Option<Days>,
}

/// A major diagnostic category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mdc {
    /// Assigned before any category is looked at, such as transplants.
    Pre,
    /// 01 to 25.
    Category(u8),
    /// In no category: unrelated procedures, invalid, ungroupable.
    All,
}

impl Mdc {
    /// Reads `PRE`, two digits, or nothing.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            b"" => Some(Self::All),
            b"PRE" => Some(Self::Pre),
            [tens @ b'0'..=b'2', ones @ b'0'..=b'9'] => {
                let category = (tens - b'0') * 10 + (ones - b'0');
                (1..=25).contains(&category).then_some(Self::Category(category))
            }
            _ => None,
        }
    }
}

/// What decides an MS-DRG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// SURG: an operating room procedure.
    Surgical,
    /// MED: the principal diagnosis.
    Medical,
}

const DRG: usize = 0;
const TITLE: usize = 1;
const WEIGHT: usize = 2;
const TYPE: usize = 3;
const MDC: usize = 4;
const POST_ACUTE: usize = 5;
const SPECIAL_PAY: usize = 6;
const WEIGHT_BEFORE_CAP: usize = 7;
const GEOMETRIC_STAY: usize = 8;
const ARITHMETIC_STAY: usize = 9;

/// The columns, as the header names them.
pub(in crate::catalog) const COLUMNS: &[Column] = &[
    Column::required(&["ms-drg"]),
    Column::required(&["ms-drg title"]),
    Column::required(&["weights - 10% cap applied", "weights"]),
    Column::required(&["type"]),
    Column::optional(&["mdc"]),
    Column::optional(&["*post-acute drg"]),
    Column::optional(&["*special pay drg"]),
    Column::optional(&["weights - before cap"]),
    Column::optional(&["geometric mean los"]),
    Column::optional(&["arithmetic mean los"]),
];

/// What takes MS-DRGs and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every MS-DRG and every refused line of a text to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_text(reader, COLUMNS, |row| drg(row, &mut seen), take)
}

/// The same for a workbook.
///
/// # Errors
/// [`TableError`].
pub fn read_xlsx<R: Read + Seek>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    table::rows_of_sheet(reader, COLUMNS, |row| drg(row, &mut seen), take)
}

fn drg(row: &Cells<'_>, seen: &mut HashSet<Code>) -> Result<Row, Reason> {
    let [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] = row.code(DRG)? else { return Err(Reason::NotACode) };
    let code = Code::normal(CodeSystem::MsDrg, &row.text(DRG));
    let found = Row {
        line: row.line(),
        drg: code.clone(),
        post_acute: yes(row.bytes(POST_ACUTE)).ok_or(Reason::Unknown("post-acute mark"))?,
        special_pay: yes(row.bytes(SPECIAL_PAY)).ok_or(Reason::Unknown("special pay mark"))?,
        mdc: Mdc::read(row.code(MDC)?).ok_or(Reason::Unknown("major diagnostic category"))?,
        kind: match row.bytes(TYPE) {
            b"SURG" => Some(Kind::Surgical),
            b"MED" => Some(Kind::Medical),
            b"**" => None,
            _ => return Err(Reason::Unknown("type of MS-DRG")),
        },
        title: row.owned(TITLE),
        weight_before_cap: number(row, WEIGHT_BEFORE_CAP, "weight before cap")?,
        weight: number(row, WEIGHT, "weight")?,
        geometric_stay: number(row, GEOMETRIC_STAY, "geometric mean length of stay")?,
        arithmetic_stay: number(row, ARITHMETIC_STAY, "arithmetic mean length of stay")?,
    };
    match (found.title.is_empty(), seen.insert(code)) {
        (true, _) => Err(Reason::NoTitle),
        (false, false) => Err(Reason::Twice),
        (false, true) => Ok(found),
    }
}

fn yes(cell: &[u8]) -> Option<bool> {
    match cell {
        b"Yes" | b"YES" => Some(true),
        b"No" | b"NO" | b"" => Some(false),
        _ => None,
    }
}

fn number<const PLACES: u32>(
    row: &Cells<'_>,
    column: usize,
    name: &'static str,
) -> Result<Option<Decimal<PLACES>>, Reason> {
    match row.bytes(column) {
        b"" | b"." => Ok(None),
        cell => Decimal::read(cell).map(Some).ok_or(Reason::NotANumber(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "\"TABLE 5.\u{97}LIST, \nAND STAY\u{97}FY 2031\"\t\t\t\t\t\t\t\t\t\r\nMS-DRG \tFY 2031 Final Post-Acute DRG\t\
        FY 2031 Final Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights - Before Cap\tWeights - 10% Cap Applied \t\
        Geometric mean LOS\tArithmetic mean LOS\r\n";

    fn all(rows: &str) -> Vec<Result<Row, Rejected>> {
        // Windows-1252, so that the dashes of the title are one byte.
        let bytes: Vec<u8> = format!("{HEAD}{rows}").chars().map(|c| u8::try_from(c).expect("one byte")).collect();
        let mut found = Vec::new();
        read(bytes.as_slice(), &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .expect("a table 5");
        found
    }

    #[test]
    fn weights_and_stays_are_read_below_a_title_of_two_lines() {
        let rows = all("001\tYes\tNo\tPRE\tSURG\t\"HEART, OR SO\"\t28.0239\t28.0240\t25.8\t36.2\r\n\
            089\tNo\tNo\t01\tMED\tHEADACHE\t1.5\t1.5\t2\t3.0\n999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t\r\n\t\t\t\t\t\t\t\t\t\r\n");
        let [Ok(surgical), Ok(medical), Ok(none)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((surgical.drg.as_str(), surgical.mdc, surgical.kind), ("001", Mdc::Pre, Some(Kind::Surgical)));
        assert_eq!((surgical.title.as_str(), surgical.post_acute, surgical.line), ("HEART, OR SO", true, 4));
        assert_eq!(
            (surgical.weight, surgical.weight_before_cap),
            (Some(Factor::new(280_240)), Some(Factor::new(280_239)))
        );
        assert_eq!((medical.mdc, medical.geometric_stay), (Mdc::Category(1), Some(Days::new(20))));
        assert_eq!((none.mdc, none.kind, none.weight, none.arithmetic_stay), (Mdc::All, None, None, None));
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let good = "001\tYes\tNo\tPRE\tSURG\tHEART\t1\t1\t1\t1\n";
        let rows = all(&[
            good,
            good,
            &good.replace("001", "1"),
            &good.replace("PRE", "26"),
            &good.replace("SURG", "BOTH"),
            &good.replace("HEART", ""),
            &good.replace("Yes", "Perhaps"),
            "002\tYes\n",
        ]
        .concat());
        let reasons: Vec<_> = rows.into_iter().skip(1).map(|row| row.expect_err("refused")).collect();
        let expected = [
            Reason::Twice,
            Reason::NotACode,
            Reason::Unknown("major diagnostic category"),
            Reason::Unknown("type of MS-DRG"),
            Reason::NoTitle,
            Reason::Unknown("post-acute mark"),
            Reason::NotARecord,
        ];
        let expected: Vec<_> = (5..).zip(expected).map(|(line, reason)| Rejected { line, reason }).collect();
        assert_eq!(reasons, expected);
    }
}
