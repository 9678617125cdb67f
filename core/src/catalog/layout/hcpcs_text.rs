//! The HCPCS Level II contractor file in text form: `HCPC2026_OCT_ANWEB….txt`.
//!
//! 320 columns in Windows-1252, of which trailing blanks are often cut off. Columns that are read, from 1 (CMS,
//! "HCPCS Record Layout"):
//!
//! | columns | holds |
//! |---|---|
//! | 1-5 | code; a modifier stands in 4-5 |
//! | 6-10 | sequence number, rising by 100 within a code |
//! | 11 | record: 3 code, 4 its continuation, 7 modifier, 8 its continuation |
//! | 12-91 | 80 characters of the long description |
//! | 92-119 | short description (3 and 7 only, as all that follows) |
//! | 205-229 | five cross-references of five characters |
//! | 269-276 | added date, `YYYYMMDD` |
//! | 285-292 | termination date: the last day of use |
//!
//! Before the first record stand a few lines of disclaimer, which are passed over. The sequence number touches the
//! code, so columns are cut before anything is trimmed.

use std::{
    borrow::Cow,
    io::{self, BufRead},
    ops::ControlFlow,
};

use encoding_rs::WINDOWS_1252;

use super::{
    hcpcs::{Assembly, Part, Record, Take},
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
};

/// Hands every code and every refused line to `take`, until it breaks off.
///
/// # Errors
/// What the reader says: a damaged ZIP, a disk that fails.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> io::Result<()> {
    let mut lines = Lines::new(reader);
    let mut assembly = Assembly::default();
    let mut begun = false;
    while let Some(line) = lines.advance()? {
        let flow = match record(line) {
            Some((record, sequence)) => {
                begun = true;
                add(&mut assembly, line, record, sequence, take)
            }
            None if !begun || line.is_blank() => continue,
            None => {
                let reason = if line.cut { Reason::TooLong } else { Reason::NotARecord };
                take(Err(Rejected { line: line.number, reason }))
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    let _ = assembly.finish(take);
    Ok(())
}

/// Whether the line is a record of this file.
pub(in crate::catalog) fn is_record(line: Line<'_>) -> bool {
    record(line).is_some()
}

/// What the line is, with its sequence number, when it has the shape of a record.
fn record(line: Line<'_>) -> Option<(Record, u32)> {
    if line.cut {
        return None;
    }
    let sequence = line.columns(6, 10);
    if sequence.len() != 5 || !sequence.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some((Record::read(&text(line, 11, 11))?, text(line, 6, 10).parse().ok()?))
}

fn add(assembly: &mut Assembly, line: Line<'_>, record: Record, sequence: u32, take: &mut Take<'_>) -> ControlFlow<()> {
    let cut = |first, last| text(line, first, last).trim().to_owned();
    let part = Part {
        line: line.number,
        record,
        code: cut(1, 5),
        sequence,
        title: cut(12, 91),
        short_title: cut(92, 119),
        see_also: (0..5).map(|nth| cut(205 + 5 * nth, 209 + 5 * nth)).collect(),
        added: cut(269, 276),
        terminated: cut(285, 292),
    };
    assembly.add(part, take)
}

/// These columns as text. Windows-1252 is one byte to a character, so columns may be cut before decoding.
fn text(line: Line<'_>, first: usize, last: usize) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(line.columns(first, last)).0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{catalog::layout::hcpcs::Row, domain::code::CodeSystem};

    const PREAMBLE: &[u8] =
        b"***Disclaimers\t\t\t\r\n\t\t\t\r\n*Inclusion or exclusion of a procedure\xa0 does not\r\n\r\n";

    /// A record of 320 columns with these columns filled.
    fn line(columns: &[(usize, &str)]) -> Vec<u8> {
        let mut line = vec![b' '; 320];
        for (first, text) in columns {
            line[first - 1..first - 1 + text.len()].copy_from_slice(text.as_bytes());
        }
        line.extend_from_slice(b"\r\n");
        line
    }

    fn all(lines: &[Vec<u8>]) -> Vec<Result<Row, Rejected>> {
        let mut rows = Vec::new();
        read(&lines.concat()[..], &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })
        .expect("memory cannot fail");
        rows
    }

    #[test]
    fn a_code_and_a_modifier_are_read_after_the_preamble() {
        let eighty = format!("{}Z", "y".repeat(79));
        let rows = all(&[
            PREAMBLE.to_vec(),
            line(&[(1, "   RT001007Right side"), (92, "Right side"), (269, "19840101")]),
            line(&[
                (1, "A0380001003"),
                (12, &eighty),
                (92, "Basic life support mileage"),
                (205, "A0425"),
                (210, "0868T"),
                (269, "19850101"),
                (277, "19990101"),
                (285, "20001231"),
            ]),
        ]);
        let [Ok(modifier), Ok(code)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((modifier.system, modifier.code.as_str()), (CodeSystem::Modifier, "RT"));
        assert_eq!((modifier.added, modifier.terminated), (Some(date(1984, 1, 1)), None));
        assert_eq!((code.system, code.code.as_str(), code.line), (CodeSystem::Hcpcs, "A0380", 6));
        assert_eq!(code.title, eighty, "column 91 belongs to the long description");
        assert_eq!(code.short_title, "Basic life support mileage");
        assert_eq!(code.see_also.iter().map(|c| c.as_str()).collect::<Vec<_>>(), ["A0425", "0868T"]);
        assert_eq!((code.added, code.terminated), (Some(date(1985, 1, 1)), Some(date(2000, 12, 31))));
    }

    #[test]
    fn continuations_are_joined_by_one_space_also_when_cut_short() {
        let rows = all(&[
            line(&[(1, "G8891001003"), (12, "Documentation of  reasons "), (269, "20110101")]),
            line(&[(1, "G8891002004"), (12, "for not doing")]),
            b"G8891003004so \x93today\x94".to_vec(),
        ]);
        let [Ok(row)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(row.title, "Documentation of reasons for not doing so \u{201c}today\u{201d}");
    }

    #[test]
    fn licensed_and_broken_lines_are_refused_with_their_number() {
        let first = || line(&[(1, "A0021001003Ambulance")]);
        for (bad, expected) in [
            (line(&[(1, "99213001003Not ours to give")]), Reason::Cpt),
            (line(&[(1, "D0120001003Not ours to give")]), Reason::Cdt),
            (line(&[(1, "   25001007Not ours to give")]), Reason::Cpt),
            (line(&[(1, "A0022001003")]), Reason::NoTitle),
            (line(&[(1, "A0022001003Title"), (269, "20240231")]), Reason::NotADate("added date")),
            (line(&[(1, "A0022001003Title"), (285, "2024123")]), Reason::NotADate("termination date")),
            (line(&[(1, "A0022002004of another code")]), Reason::Stray),
            (line(&[(1, "A0021001004same number again")]), Reason::OutOfOrder),
            (line(&[(1, "A0022001005Unknown record")]), Reason::NotARecord),
            (b"A0022\r\n".to_vec(), Reason::NotARecord),
            ([vec![b'x'; 9999], b"\n".to_vec()].concat(), Reason::TooLong),
        ] {
            let rows = all(&[first(), bad, line(&[(1, "A0030001003Last")])]);
            let refused: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).collect();
            assert_eq!(refused, [&Rejected { line: 2, reason: expected }]);
            assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 2);
        }
    }

    #[test]
    fn a_refused_codes_continuation_is_never_joined_to_another() {
        let rows = all(&[
            line(&[(1, "A0021001003Ambulance")]),
            line(&[(1, "99213001003Not ours to give")]),
            line(&[(1, "99213002004nor this")]),
        ]);
        let titles: Vec<_> = rows.iter().filter_map(|row| row.as_ref().ok()).map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["Ambulance"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn reading_stops_when_nobody_wants_more() {
        let mut seen = 0;
        let text = [line(&[(1, "A0021001003One")]), line(&[(1, "A0022001003Two")])].concat();
        read(&text[..], &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        })
        .expect("memory cannot fail");
        assert_eq!(seen, 1);
    }
}
