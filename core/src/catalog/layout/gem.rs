//! The general equivalence mappings (GEM) of diagnoses between ICD-9-CM and ICD-10-CM, last issued for fiscal year
//! 2018: `2018_I9gem.txt` forward, `2018_I10gem.txt` backward.
//!
//! Columns from 1 (CMS, "Diagnosis Code Set General Equivalence Mappings", technical FAQ):
//!
//! | columns | forward | backward |
//! |---|---|---|
//! | source | 1-5 | 1-7 |
//! | target, or `NoDx` | 7-13 | 9-13 |
//! | 15 | 1 approximate, 0 identical | |
//! | 16 | 1 no map | |
//! | 17 | 1 combination: several targets together | |
//! | 18, 19 | scenario, and the choice list within it | |
//!
//! A mapping is no translation: of an approximate one the coder has to choose by the record.

use std::{
    io::{self, BufRead},
    ops::ControlFlow,
};

use super::{
    icd9_code, icd10_code,
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
};
use crate::domain::code::Code;

/// From which code set to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// ICD-9-CM to ICD-10-CM.
    Forward,
    /// ICD-10-CM to ICD-9-CM.
    Backward,
}

/// A possible equivalent of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code that is mapped.
    pub source: Code,
    /// To what; none when there is no equivalent.
    pub target: Option<Code>,
    /// Whether the two differ in meaning.
    pub approximate: bool,
    /// Whether the target is one of several that are needed together.
    pub combination: bool,
    /// Which combination it belongs to, from 1; 0 when it is none.
    pub scenario: u8,
    /// Which part of the combination it may stand for, from 1; 0 when it is none.
    pub choice: u8,
}

/// Hands every line of the file to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// What the reader says: a damaged ZIP, a disk that fails.
pub fn read<R: BufRead>(
    direction: Direction,
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut lines = Lines::new(reader);
    while let Some(line) = lines.advance()? {
        if line.is_blank() {
            continue;
        }
        if take(row(direction, line).map_err(|reason| Rejected { line: line.number, reason })).is_break() {
            break;
        }
    }
    Ok(())
}

/// The direction of the file that the line is one of, when it is.
pub(in crate::catalog) fn direction_of(line: Line<'_>) -> Option<Direction> {
    [Direction::Forward, Direction::Backward].into_iter().find(|direction| row(*direction, line).is_ok())
}

/// Reads a code of one of the two sets.
type Read = fn(&[u8]) -> Option<Code>;

fn row(direction: Direction, line: Line<'_>) -> Result<Row, Reason> {
    if line.cut || !line.columns(20, 80).trim_ascii().is_empty() {
        return Err(Reason::TooLong);
    }
    let (source, gap, target) = match direction {
        Direction::Forward => (line.columns(1, 5), line.columns(6, 6), line.columns(7, 13)),
        Direction::Backward => (line.columns(1, 7), line.columns(8, 8), line.columns(9, 13)),
    };
    if gap != b" " || line.columns(14, 14) != b" " {
        return Err(Reason::NotARecord);
    }
    let [approximate, no_map, combination, scenario, choice] = line.columns(15, 19) else {
        return Err(Reason::NotARecord);
    };
    let flag = |byte: &u8| match byte {
        b'0' => Ok(false),
        b'1' => Ok(true),
        _ => Err(Reason::Unknown("flag")),
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| byte - b'0').ok_or(Reason::Unknown("flag"));
    let (from, to): (Read, Read) = match direction {
        Direction::Forward => (icd9_code::diagnosis, icd10_code::diagnosis_in),
        Direction::Backward => (icd10_code::diagnosis_in, icd9_code::diagnosis),
    };
    let target = match target.trim_ascii_end() {
        b"NoDx" => None,
        code => Some(to(code).ok_or(Reason::NotACode)?),
    };
    if flag(no_map)? != target.is_none() {
        return Err(Reason::Unknown("target beside its flag"));
    }
    Ok(Row {
        line: line.number,
        source: from(source.trim_ascii_end()).ok_or(Reason::NotACode)?,
        target,
        approximate: flag(approximate)?,
        combination: flag(combination)?,
        scenario: digit(scenario)?,
        choice: digit(choice)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(direction: Direction, text: &str) -> Vec<Result<Row, Rejected>> {
        let mut rows = Vec::new();
        read(direction, text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        rows
    }

    /// The row in one line.
    fn told(row: &Result<Row, Rejected>) -> String {
        let row = row.as_ref().expect("a row");
        let target = row.target.as_ref().map_or("nothing", Code::as_str);
        let meaning = if row.approximate { "approximately" } else { "exactly" };
        let together = if row.combination { "with others" } else { "alone" };
        format!("{} {meaning} {target} {together} {} {}", row.source, row.scenario, row.choice)
    }

    #[test]
    fn both_directions_are_read_with_their_flags() {
        let forward = all(Direction::Forward, "0010  A000    00000\r\n36570 NoDx    11000\nE8800 T8119XA 10122\n");
        assert_eq!(told(&forward[0]), "001.0 exactly A00.0 alone 0 0");
        assert_eq!(told(&forward[1]), "365.70 approximately nothing alone 0 0");
        assert_eq!(told(&forward[2]), "E880.0 approximately T81.19XA with others 2 2");
        let backward = all(Direction::Backward, "A000    0010  00000\nR29700  NoDx  11000\nT8119XA 9989  10111\n");
        assert_eq!(told(&backward[0]), "A00.0 exactly 001.0 alone 0 0");
        assert_eq!(told(&backward[1]), "R29.700 approximately nothing alone 0 0");
        assert_eq!(told(&backward[2]), "T81.19XA approximately 998.9 with others 1 1");
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        for (line, reason) in [
            ("0010 A000    00000", Reason::NotARecord),
            ("0010  A000    0000", Reason::NotARecord),
            ("0010  A000    00000 0", Reason::TooLong),
            ("A000  A000    00000", Reason::NotACode),
            ("0010  0010    00000", Reason::NotACode),
            ("0010  A000    20000", Reason::Unknown("flag")),
            ("0010  A000    11000", Reason::Unknown("target beside its flag")),
            ("0010  NoDx    00000", Reason::Unknown("target beside its flag")),
        ] {
            let rows = all(Direction::Forward, &format!("0010  A000    00000\n\n{line}\n"));
            assert_eq!(rows[1], Err(Rejected { line: 3, reason }), "{line}");
        }
    }

    #[test]
    fn a_line_tells_its_direction() {
        for (text, direction) in [
            ("0010  A000    00000", Some(Direction::Forward)),
            ("A000    0010  00000", Some(Direction::Backward)),
            ("V1200 Z8619   00000", Some(Direction::Forward)),
            ("V0001XA E8859 10000", Some(Direction::Backward)),
            ("A000    Cholera due to Vibrio", None),
        ] {
            let mut lines = Lines::new(text.as_bytes());
            let line = lines.advance().expect("memory").expect("a line");
            assert_eq!(direction_of(line), direction, "{text}");
        }
    }
}
