//! HCPCS Level II as CMS publishes it: what its two layouts have in common.
//!
//! A code takes one record and as many continuations as its long description needs. [`super::hcpcs_text`] and
//! [`super::hcpcs_xlsx`] cut the columns, and [`Assembly`] puts the parts of a code together. It never takes the text
//! of a CPT or CDT code, which CMS's layout could carry and which is not CMS's to give.

use std::ops::ControlFlow;

use jiff::civil::Date;

use super::{
    rejected::{Reason, Rejected},
    squeeze::squeeze,
};
use crate::domain::code::{Code, CodeSystem, Modifier};

/// One code or modifier with all its continuations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line or sheet row where it starts, from 1.
    pub line: u64,
    /// [`CodeSystem::Hcpcs`] or [`CodeSystem::Modifier`].
    pub system: CodeSystem,
    /// The code in normal form.
    pub code: Code,
    /// The long description, its parts joined by one space.
    pub title: String,
    /// At most 28 characters.
    pub short_title: String,
    /// CMS's cross-references: where a code that ended went. CPT numbers may stand here, without text.
    pub see_also: Vec<Code>,
    /// First day. (The "action effective date" beside it is the day of the last change and not read.)
    pub added: Option<Date>,
    /// Last day on which the code may be used.
    pub terminated: Option<Date>,
}

/// What a reader hands each code or refused line to, until it breaks off.
pub type Take<'a> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 'a;

/// What a record is, by CMS's record identification code (RIC).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// RIC 3 or 7: the first record of a code (3) or modifier (7).
    First(CodeSystem),
    /// RIC 4 or 8: a continuation.
    More,
}

impl Record {
    pub(super) fn read(ric: &str) -> Option<Self> {
        match ric {
            "3" => Some(Self::First(CodeSystem::Hcpcs)),
            "7" => Some(Self::First(CodeSystem::Modifier)),
            "4" | "8" => Some(Self::More),
            _ => None,
        }
    }
}

/// One record, its columns cut out and trimmed.
pub(super) struct Part {
    pub(super) line: u64,
    pub(super) record: Record,
    pub(super) code: String,
    pub(super) sequence: u32,
    pub(super) title: String,
    pub(super) short_title: String,
    pub(super) see_also: Vec<String>,
    pub(super) added: String,
    pub(super) terminated: String,
}

/// Puts the parts of a code together and hands it on when the next one starts.
#[derive(Default)]
pub(super) struct Assembly {
    open: Option<Row>,
    sequence: u32,
}

impl Assembly {
    /// Takes the next record in.
    pub(super) fn add(&mut self, part: Part, take: &mut Take<'_>) -> ControlFlow<()> {
        let (line, sequence) = (part.line, part.sequence);
        match part.record {
            Record::First(system) => {
                self.finish(take)?;
                match start(system, part) {
                    Ok(row) => self.open = Some(row),
                    Err(reason) => take(Err(Rejected { line, reason }))?,
                }
            }
            Record::More => {
                let reason = match &mut self.open {
                    Some(row) if row.code.as_str() != part.code => Some(Reason::Stray),
                    None => Some(Reason::Stray),
                    Some(_) if part.sequence <= self.sequence => Some(Reason::OutOfOrder),
                    Some(row) => {
                        row.title.push(' ');
                        row.title.push_str(&part.title);
                        None
                    }
                };
                if let Some(reason) = reason {
                    return take(Err(Rejected { line, reason }));
                }
            }
        }
        self.sequence = sequence;
        ControlFlow::Continue(())
    }

    /// Hands the last code on.
    pub(super) fn finish(&mut self, take: &mut Take<'_>) -> ControlFlow<()> {
        let Some(mut row) = self.open.take() else { return ControlFlow::Continue(()) };
        // CMS breaks lines between words and sometimes leaves two blanks; its own spreadsheet has one.
        row.title = squeeze(&row.title);
        if row.title.is_empty() {
            return take(Err(Rejected { line: row.line, reason: Reason::NoTitle }));
        }
        take(Ok(row))
    }
}

fn start(system: CodeSystem, part: Part) -> Result<Row, Reason> {
    Ok(Row {
        line: part.line,
        system,
        code: allowed(system, &part.code)?,
        title: part.title,
        short_title: part.short_title,
        see_also: part.see_also.iter().filter(|text| !text.is_empty()).map(|c| Code::normal(system, c)).collect(),
        added: day(&part.added).ok_or(Reason::NotADate("added date"))?,
        terminated: day(&part.terminated).ok_or(Reason::NotADate("termination date"))?,
    })
}

/// A code that may be taken with its text.
pub(super) fn allowed(system: CodeSystem, text: &str) -> Result<Code, Reason> {
    if system == CodeSystem::Modifier {
        let modifier = Modifier::parse(text).map_err(|_| Reason::NotACode)?;
        let cpt = modifier.as_str().bytes().all(|byte| byte.is_ascii_digit());
        return if cpt { Err(Reason::Cpt) } else { Ok(Code::normal(system, modifier.as_str())) };
    }
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    match text.as_bytes() {
        [b'D', rest @ ..] if rest.len() == 4 && digits(rest) => Err(Reason::Cdt),
        [b'A'..=b'Z', rest @ ..] if rest.len() == 4 && digits(rest) => Ok(Code::normal(system, text)),
        [start @ .., last] if start.len() == 4 && digits(start) && last.is_ascii_alphanumeric() => Err(Reason::Cpt),
        _ => Err(Reason::NotACode),
    }
}

/// `YYYYMMDD`, or `YYYY-MM-DD` as spreadsheets show it; nothing in it is no day. None when it is not a date.
fn day(text: &str) -> Option<Option<Date>> {
    if text.is_empty() || text.bytes().all(|byte| byte == b'0') {
        return Some(None);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::strptime("%Y%m%d", text).ok().map(Some);
    }
    text.parse().ok().map(Some)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_level_two_codes_outside_the_dental_series_are_taken() {
        use CodeSystem::{Hcpcs, Modifier};
        for (system, text, expected) in [
            (Hcpcs, "J1885", Ok("J1885")),
            (Hcpcs, "E0114", Ok("E0114")),
            (Hcpcs, "99213", Err(Reason::Cpt)),
            (Hcpcs, "0001U", Err(Reason::Cpt)),
            (Hcpcs, "D0120", Err(Reason::Cdt)),
            (Hcpcs, "J188", Err(Reason::NotACode)),
            (Hcpcs, "1.0E5", Err(Reason::NotACode)),
            (Hcpcs, "", Err(Reason::NotACode)),
            (Modifier, "RT", Ok("RT")),
            (Modifier, "E1", Ok("E1")),
            (Modifier, "25", Err(Reason::Cpt)),
            (Modifier, "R", Err(Reason::NotACode)),
        ] {
            assert_eq!(allowed(system, text), expected.map(|code| Code::normal(system, code)), "{text}");
        }
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar_or_none() {
        assert_eq!(day("20240331"), Some(Some(date(2024, 3, 31))));
        assert_eq!(day("2024-03-31"), Some(Some(date(2024, 3, 31))));
        assert_eq!(day(""), Some(None));
        assert_eq!(day("00000000"), Some(None));
        for wrong in ["20240231", "31/03/2024", "2024", "NaN", "2024033"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
