//! The ICD-10 order file: every header and every billable code, in tabular order, one per line.
//!
//! CMS and CDC publish one for ICD-10-CM (`icd10cm_order_2026.txt`, `icd10cm-order-April-2025.txt`) and CMS one in the
//! same layout for ICD-10-PCS. Columns, from 1 (CMS, "ICD-10-CM Order File Format"):
//!
//! | columns | holds |
//! |---|---|
//! | 1-5 | order number, filled with zeros; another one in every release, so never a key |
//! | 7-13 | code without a dot |
//! | 15 | `0` header, `1` valid on a claim |
//! | 17-76 | short title |
//! | 78-end | long title |
//!
//! The addenda and the codes file (without headers) have other layouts and are refused line by line here.

use std::{
    io::{self, BufRead},
    ops::ControlFlow,
};

use super::{
    icd10_code::has_shape,
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
};
use crate::domain::code::{Code, CodeSystem};

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code in normal form.
    pub code: Code,
    /// False for a header.
    pub billable: bool,
    /// At most 60 characters.
    pub short_title: String,
    /// The whole title.
    pub title: String,
}

/// Hands every line of the file to `take`, as a row or as refused, until it breaks off. `system` is
/// [`CodeSystem::Icd10Cm`] or [`CodeSystem::Icd10Pcs`].
///
/// # Errors
/// What the reader says: a damaged ZIP, a disk that fails.
pub fn read<R: BufRead>(
    system: CodeSystem,
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut lines = Lines::new(reader);
    while let Some(line) = lines.advance()? {
        if line.is_blank() {
            continue;
        }
        let row = row(system, line).map_err(|reason| Rejected { line: line.number, reason });
        if take(row).is_break() {
            break;
        }
    }
    Ok(())
}

/// Which code set the line belongs to, when it is a line of an order file at all: ICD-10-PCS codes may start with a
/// digit and the file starts with section 0, ICD-10-CM codes start with a letter.
pub(in crate::catalog) fn system_of(line: Line<'_>) -> Option<CodeSystem> {
    [CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs].into_iter().find(|system| row(*system, line).is_ok())
}

fn row(system: CodeSystem, line: Line<'_>) -> Result<Row, Reason> {
    if line.cut {
        return Err(Reason::TooLong);
    }
    let gaps = [6, 14, 16].into_iter().all(|at| line.columns(at, at) == b" ");
    let number = line.columns(1, 5);
    if !gaps || number.len() != 5 || !number.iter().all(u8::is_ascii_digit) {
        return Err(Reason::NotARecord);
    }
    let billable = match line.columns(15, 15) {
        b"0" => false,
        b"1" => true,
        _ => return Err(Reason::NotARecord),
    };
    let bare = text(line.columns(7, 13))?;
    if !is_code(system, &bare, billable) {
        return Err(Reason::NotACode);
    }
    let title = text(line.columns(78, usize::MAX))?;
    if title.is_empty() {
        return Err(Reason::NoTitle);
    }
    Ok(Row {
        line: line.number,
        code: Code::normal(system, &bare),
        billable,
        short_title: text(line.columns(17, 76))?,
        title,
    })
}

/// ASCII in all published releases; UTF-8 would be understood.
fn text(columns: &[u8]) -> Result<String, Reason> {
    std::str::from_utf8(columns).map(|text| text.trim().to_owned()).map_err(|_| Reason::NotText)
}

/// In ICD-10-PCS the headers are three long and the codes seven; in ICD-10-CM the length does not tell.
fn is_code(system: CodeSystem, bare: &str, billable: bool) -> bool {
    has_shape(system, bare) && (system != CodeSystem::Icd10Pcs || (bare.len() == 7) == billable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32, code: &str, flag: &str, short: &str, long: &str) -> String {
        format!("{number:05} {code:<7} {flag} {short:<60} {long}\r\n")
    }

    fn all(system: CodeSystem, text: &[u8]) -> Vec<Result<Row, Rejected>> {
        let mut rows = Vec::new();
        read(system, text, &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        rows
    }

    fn reason(row: &Result<Row, Rejected>) -> Option<(u64, Reason)> {
        row.as_ref().err().map(|rejected| (rejected.line, rejected.reason.clone()))
    }

    #[test]
    fn a_header_and_a_code_are_read_with_both_titles() {
        let sixty = "x".repeat(60);
        let text = line(1, "A00", "0", "Cholera", "Cholera") + &line(2, "A000", "1", &sixty, "Cholera due to V");
        let rows = all(CodeSystem::Icd10Cm, text.as_bytes());
        let [Ok(header), Ok(code)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((header.code.as_str(), header.billable), ("A00", false));
        assert_eq!((code.code.as_str(), code.billable, code.line), ("A00.0", true, 2));
        assert_eq!((code.short_title.as_str(), code.title.as_str()), (sixty.as_str(), "Cholera due to V"));
    }

    #[test]
    fn codes_of_three_to_seven_characters_are_read() {
        for (bare, code) in [("I10", "I10"), ("QA0", "QA0"), ("C7A010", "C7A.010"), ("S72001A", "S72.001A")] {
            let rows = all(CodeSystem::Icd10Cm, line(9, bare, "1", "Short", "Long").as_bytes());
            assert_eq!(rows[0].as_ref().map(|row| row.code.as_str()), Ok(code));
        }
    }

    #[test]
    fn lines_that_do_not_fit_are_refused_with_their_number() {
        let good = line(1, "A00", "0", "Cholera", "Cholera");
        for (bad, expected) in [
            (line(2, "A000", "2", "s", "l"), Reason::NotARecord),
            ("00002 A000\r\n".to_owned(), Reason::NotARecord),
            ("Delete:      1 B880    Other acariasis\r\n".to_owned(), Reason::NotARecord),
            ("A000    Cholera due to Vibrio cholerae 01\r\n".to_owned(), Reason::NotARecord),
            (line(2, "99213", "1", "s", "l"), Reason::NotACode),
            (line(2, "A000", "1", "s", ""), Reason::NoTitle),
            (line(2, "A000", "1", "s", &"l".repeat(5000)), Reason::TooLong),
        ] {
            let rows = all(CodeSystem::Icd10Cm, (good.clone() + "\r\n" + &bad + &good).as_bytes());
            assert_eq!(rows.len(), 3);
            assert_eq!(reason(&rows[1]), Some((3, expected)), "{bad}");
        }
        let mut latin = line(2, "A000", "1", "s", "M").into_bytes();
        latin.insert(78, 0xE9);
        assert_eq!(reason(&all(CodeSystem::Icd10Cm, &latin)[0]), Some((1, Reason::NotText)));
    }

    #[test]
    fn procedures_are_seven_long_and_headers_three() {
        let text = line(1, "001", "0", "h", "Header")
            + &line(2, "0016070", "1", "s", "Bypass")
            + &line(3, "001607", "1", "s", "Too short")
            + &line(4, "O016070", "1", "s", "Letter O");
        let rows = all(CodeSystem::Icd10Pcs, text.as_bytes());
        assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 2);
        assert_eq!(reason(&rows[3]), Some((4, Reason::NotACode)));
    }
}
