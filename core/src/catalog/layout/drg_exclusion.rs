//! When a complication or comorbidity (CC, MCC) does not count: table 6K of CMS's final rule for inpatient hospitals
//! (IPPS), `Table 6K.txt`.
//!
//! A text of three parts below a few lines of introduction, of fixed columns, from 1:
//!
//! | part | columns | holds |
//! |---|---|---|
//! | 1, list | 2-8, 10-12, 14- | code without dot, CC or MCC, `0002:3 codes`: the collection of principal diagnoses that exclude it and their number, or `No Excl` |
//! | 1, `PDX collection 0002` | 3- | a principal diagnosis of the collection |
//! | 2 | 3- | a code that counts only if the patient was discharged alive |
//! | 3, `MDC 01 DRGs 082-084 …` | 3- | a code that does not count in these MS-DRGs |
//!
//! Descriptions stand behind a blank and are not read.

use std::{
    io::{self, BufRead},
    ops::ControlFlow,
};

use serde::{Deserialize, Serialize};

use super::{
    day,
    drg_severity::Severity,
    icd10_code::diagnosis_in,
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
};
use crate::domain::code::{Code, CodeSystem};

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The diagnosis.
    pub code: Code,
    /// What is said of it.
    pub rule: Rule,
}

/// What the table says of a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Part 1: it is a complication or comorbidity.
    Listed {
        /// CC or MCC.
        severity: Severity,
        /// The principal diagnoses that exclude it; none when nothing does.
        excluded_by: Option<Collection>,
    },
    /// Part 1: as principal diagnosis, it excludes those of this collection.
    Excludes {
        /// Its number.
        collection: u32,
    },
    /// Part 2: it counts only if the patient was discharged alive.
    AliveOnly,
    /// Part 3: it does not count in these MS-DRGs.
    NotIn {
        /// The first.
        first: Code,
        /// The last.
        last: Code,
    },
}

/// A collection of principal diagnoses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Collection {
    /// Its number.
    pub number: u32,
    /// How many diagnoses it is said to hold.
    pub size: u32,
}

/// Where the reader is.
enum Part {
    Introduction,
    List,
    Collection(u32),
    Alive,
    Before3,
    Drgs(Code, Code),
}

/// Hands every line of the table to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// What the reader says: a damaged ZIP, a disk that fails.
pub fn read<R: BufRead>(reader: R, take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>) -> io::Result<()> {
    let mut lines = Lines::new(reader);
    let mut part = Part::Introduction;
    while let Some(line) = lines.advance()? {
        if let Some(next) = heading(line, &part) {
            part = next;
            continue;
        }
        // The line of the list's column names.
        if line.is_blank() || matches!(part, Part::Introduction) || line.columns(1, 7) == b" I10 Dx" {
            continue;
        }
        if take(row(line, &part).map_err(|reason| Rejected { line: line.number, reason })).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether the first line of a text is this table's title.
pub(in crate::catalog) fn is_title(line: Line<'_>) -> bool {
    line.columns(1, 8).eq_ignore_ascii_case(b"TABLE 6K")
}

/// The part that starts with this line.
fn heading(line: Line<'_>, part: &Part) -> Option<Part> {
    let text = line.columns(1, 80).trim_ascii_end();
    if text.starts_with(b"K Part ") {
        return match text.get(7)? {
            b'1' => Some(Part::List),
            b'2' => Some(Part::Alive),
            b'3' => Some(Part::Before3),
            _ => None,
        };
    }
    if let Some(number) = text.strip_prefix(b"PDX collection ") {
        return day::number(number).map(Part::Collection);
    }
    if !matches!(part, Part::Before3 | Part::Drgs(..)) {
        return None;
    }
    // `MDC 01 DRGs 082-084 …`, or one MS-DRG alone.
    let rest = text.strip_prefix(b"MDC ")?.get(2..)?.strip_prefix(b" DRG")?;
    let rest = rest.strip_prefix(b"s").unwrap_or(rest).strip_prefix(b" ")?;
    let numbers = rest.split(|byte| *byte == b' ').next()?;
    let drg = |digits: &[u8]| {
        let text = std::str::from_utf8(digits).ok().filter(|text| text.len() == 3 && day::number(digits).is_some())?;
        Some(Code::normal(CodeSystem::MsDrg, text))
    };
    let mut ends = numbers.split(|byte| *byte == b'-');
    let first = drg(ends.next()?)?;
    let last = ends.next().map_or(Some(first.clone()), drg)?;
    Some(Part::Drgs(first, last))
}

fn row(line: Line<'_>, part: &Part) -> Result<Row, Reason> {
    if line.cut {
        return Err(Reason::TooLong);
    }
    // Outside of the list, the column after the code changes its place.
    let word = line.columns(3, 10).split(|byte| *byte == b' ').next().unwrap_or_default();
    let (code, rule) = match part {
        Part::List => (line.columns(2, 8), listed(line)?),
        Part::Collection(collection) => (word, Rule::Excludes { collection: *collection }),
        Part::Alive => (word, Rule::AliveOnly),
        Part::Drgs(first, last) => (word, Rule::NotIn { first: first.clone(), last: last.clone() }),
        Part::Introduction | Part::Before3 => return Err(Reason::NotARecord),
    };
    let indent = if matches!(part, Part::List) { 1 } else { 2 };
    if !line.columns(1, indent).iter().all(|byte| *byte == b' ') {
        return Err(Reason::NotARecord);
    }
    let code = diagnosis_in(code.trim_ascii_end()).ok_or(Reason::NotACode)?;
    Ok(Row { line: line.number, code, rule })
}

fn listed(line: Line<'_>) -> Result<Rule, Reason> {
    let severity = Severity::read(line.columns(10, 12).trim_ascii_end()).ok_or(Reason::Unknown("severity"))?;
    let rest = line.columns(14, 40);
    if rest.starts_with(b"No Excl") {
        return Ok(Rule::Listed { severity, excluded_by: None });
    }
    let collection = || {
        let (number, size) = rest.split_at_checked(4)?;
        let size: Vec<u8> = size.strip_prefix(b":")?.split(|byte| *byte == b' ').next()?.to_vec();
        let size: Vec<u8> = size.into_iter().filter(|byte| *byte != b',').collect();
        Some(Collection { number: day::number(number)?, size: day::number(&size)? })
    };
    Ok(Rule::Listed { severity, excluded_by: Some(collection().ok_or(Reason::NotARecord)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "TABLE 6K - COMPLETE LIST OF CC EXCLUSIONS\r\n\r\nEach code is indicated as CC or MCC. \r\n\r\n\
        K Part 1: List of CC and Major CC Codes\r\n I10 Dx  Lev PDX Exclusions   ICD-10-CM Description\r\n \
        A000    CC  0002:1,070 codes Something\r\n M8000XK MCC No Excl          Something\r\n A009    CX  0002:3 codes     x\r\n \
        A009    CC  none             x\r\n\r\nPDX collection 0002\r\n  A000    Something\r\n A001 shifted\r\n\
        K Part 2: Codes that are CC or Major CC only if patient discharged alive\r\n\r\n  I462    Something\r\n\
        K Part 3: Secondary Diagnosis CC/MCC Severity Exclusions in Select MS-DRGs\r\n\r\n\
        MDC 01 DRGs 082-084 Something\r\n\r\n  S061X3A Something\r\nMDC 05 DRG 285 Something\r\n  I462 Something\r\n";

    #[test]
    fn the_three_parts_are_read() {
        let mut rows = Vec::new();
        read(TEXT.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        let (found, refused): (Vec<_>, Vec<_>) = rows.into_iter().partition(Result::is_ok);
        let found: Vec<_> = found.into_iter().flatten().map(|row| (row.line, row.code.to_string(), row.rule)).collect();
        let drg = |digits| Code::normal(CodeSystem::MsDrg, digits);
        let excluded_by = Some(Collection { number: 2, size: 1070 });
        let expected = [
            (7, "A00.0", Rule::Listed { severity: Severity::Cc, excluded_by }),
            (8, "M80.00XK", Rule::Listed { severity: Severity::Mcc, excluded_by: None }),
            (13, "A00.0", Rule::Excludes { collection: 2 }),
            (17, "I46.2", Rule::AliveOnly),
            (22, "S06.1X3A", Rule::NotIn { first: drg("082"), last: drg("084") }),
            (24, "I46.2", Rule::NotIn { first: drg("285"), last: drg("285") }),
        ];
        assert_eq!(found, expected.map(|(line, code, rule)| (line, code.to_owned(), rule)));
        let refused: Vec<_> = refused.into_iter().filter_map(Result::err).map(|r| (r.line, r.reason)).collect();
        let expected = [(9, Reason::Unknown("severity")), (10, Reason::NotARecord), (14, Reason::NotARecord)];
        assert_eq!(refused, expected);
    }

    #[test]
    fn other_files_have_no_rows() {
        for text in ["", "A00.0\tCholera\n", "TABLE 6I\n\nA00.0\tCholera\n"] {
            read(text.as_bytes(), &mut |row| panic!("{row:?}")).expect("memory cannot fail");
        }
    }
}
