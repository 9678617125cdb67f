//! The operator's CPT files with one text a code: `LONGULT`, `LONGUT`, `LONGULF`, `LONGUF`, `MEDU`, `SHORTU`, and the
//! modifiers, `MODUL`.
//!
//! They come from the AMA under the operator's licence and are never part of this program. The notice starts on line 1
//! and the codes follow without a header:
//!
//! | form | columns, from 1 |
//! |---|---|
//! | [`Form::Tab`] | code, tab, text |
//! | [`Form::Fixed`] | code 1-5, blank 6, text 7- (modifiers: code 1-2, blank 3, text 4-) |
//! | [`Form::Sequenced`] | code 1-5, sequence 6-7, blank 8, text 9-80; the code stands again for each further line |
//!
//! Everything above the first line that starts like a code is the notice; what comes after that and is no code is
//! refused, so that no line of the notice ever becomes a modifier. The parts of a text are joined by one space.
//! Whether a file with fewer than [`FEWEST`] codes is taken is for the caller to decide: such a one was cut, or is
//! another file.

use std::{
    collections::HashSet,
    io::{self, BufRead},
    ops::ControlFlow,
};

use super::{
    lines::{Line, Lines},
    rejected::{Reason, Rejected},
    squeeze::squeeze,
    table::decode,
};
use crate::{
    catalog::{
        entry::{Descriptor, TextSource},
        procedure_code::ProcedureCode,
    },
    domain::code::{Code, CodeSystem},
};

/// A whole set has more codes than this.
pub const FEWEST: u64 = 8_000;

/// A code or modifier with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line where it starts, from 1.
    pub line: u64,
    /// [`CodeSystem::Cpt`] or [`CodeSystem::Modifier`].
    pub system: CodeSystem,
    /// The code in normal form.
    pub code: Code,
    /// Its text, which is licensed.
    pub text: Descriptor,
}

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Code, tab, text.
    Tab,
    /// Fixed columns, one line a code.
    Fixed,
    /// Fixed columns, as many lines as the text needs.
    Sequenced,
}

/// What a file came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its form; none when it has no code at all.
    pub form: Option<Form>,
    /// Lines before the first code: the notice.
    pub notice: u64,
    /// Codes handed out.
    pub codes: u64,
}

type Take<'a> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 'a;

/// Hands every code and every refused line to `take`, until it breaks off. `system` is [`CodeSystem::Cpt`], or
/// [`CodeSystem::Modifier`] for the file of modifiers.
///
/// # Errors
/// What the reader says.
pub fn read<R: BufRead>(system: CodeSystem, reader: R, take: &mut Take<'_>) -> io::Result<Found> {
    let mut lines = Lines::new(reader);
    let mut file = File { system, found: Found::default(), open: None, sequence: 0, seen: HashSet::new() };
    let mut flow = ControlFlow::Continue(());
    while let Some(line) = lines.advance()? {
        if file.found.form.is_none() {
            file.found.form = form(system, line);
        }
        let Some(form) = file.found.form else {
            file.found.notice += 1;
            continue;
        };
        if line.is_blank() {
            continue;
        }
        flow = match file.line(form, line, take) {
            Ok(flow) => flow,
            Err(reason) => take(Err(Rejected { line: line.number, reason })),
        };
        if flow.is_break() {
            break;
        }
    }
    if flow.is_continue() {
        let _ = file.finish(take);
    }
    Ok(file.found)
}

/// The form of the file, when this line starts like its first code. The first modifier has two digits and a capital
/// letter behind them: a notice is full of words of two letters, and may speak of "10 years".
pub(in crate::catalog) fn form(system: CodeSystem, line: Line<'_>) -> Option<Form> {
    let width = width(system);
    let code = line.columns(1, width);
    let starts = match system {
        CodeSystem::Modifier => {
            let text = line.columns(width + 2, width + 2).first();
            code.len() == 2 && code.iter().all(u8::is_ascii_digit) && text.is_some_and(u8::is_ascii_uppercase)
        }
        _ => ProcedureCode::cpt(code).is_some(),
    };
    match line.columns(width + 1, width + 3) {
        _ if !starts => None,
        [b'\t', ..] => Some(Form::Tab),
        [b' ', ..] => Some(Form::Fixed),
        [tens, ones, b' '] if tens.is_ascii_digit() && ones.is_ascii_digit() && system == CodeSystem::Cpt => {
            Some(Form::Sequenced)
        }
        _ => None,
    }
}

const fn width(system: CodeSystem) -> usize {
    match system {
        CodeSystem::Modifier => 2,
        _ => 5,
    }
}

struct File {
    system: CodeSystem,
    found: Found,
    /// The code whose text may go on.
    open: Option<Row>,
    sequence: u32,
    seen: HashSet<Code>,
}

impl File {
    fn line(&mut self, form: Form, line: Line<'_>, take: &mut Take<'_>) -> Result<ControlFlow<()>, Reason> {
        if line.cut {
            return Err(Reason::TooLong);
        }
        let width = width(self.system);
        let code = self.code(form, line.columns(1, width)).ok_or(Reason::NotACode)?;
        let (between, start) = if form == Form::Sequenced { (width + 3, width + 4) } else { (width + 1, width + 2) };
        let separator = if form == Form::Tab { b"\t" } else { b" " };
        // The blank may be missing from a line without text.
        let text = squeeze(&decode(line.columns(start, usize::MAX)));
        if line.columns(between, between) != separator && !line.columns(between, between).is_empty() {
            return Err(Reason::NotARecord);
        }
        let sequence = match form {
            Form::Sequenced => sequence(line.columns(width + 1, width + 2)).ok_or(Reason::NotARecord)?,
            _ => 1,
        };
        if let Some(open) = self.open.as_mut().filter(|open| form == Form::Sequenced && open.code == code) {
            if sequence <= self.sequence {
                return Err(Reason::OutOfOrder);
            }
            self.sequence = sequence;
            open.text.text.push(' ');
            open.text.text.push_str(&text);
            return Ok(ControlFlow::Continue(()));
        }
        if sequence > 1 {
            return Err(Reason::Stray);
        }
        if !self.seen.insert(code.clone()) {
            return Err(Reason::Twice);
        }
        let flow = self.finish(take);
        self.sequence = sequence;
        let text = Descriptor { text, source: TextSource::Licensed };
        self.open = Some(Row { line: line.number, system: self.system, code, text });
        Ok(flow)
    }

    /// A code of the file. Words of two letters are modifiers only where a tab stands behind them.
    fn code(&self, form: Form, bytes: &[u8]) -> Option<Code> {
        if self.system != CodeSystem::Modifier {
            return ProcedureCode::cpt(bytes);
        }
        let fits = bytes.len() == 2
            && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && (form == Form::Tab || bytes.iter().any(u8::is_ascii_digit));
        let text = std::str::from_utf8(bytes).ok().filter(|_| fits)?;
        Some(Code::normal(CodeSystem::Modifier, text))
    }

    /// Hands the open code out.
    fn finish(&mut self, take: &mut Take<'_>) -> ControlFlow<()> {
        let Some(mut row) = self.open.take() else { return ControlFlow::Continue(()) };
        row.text.text = squeeze(&row.text.text);
        if row.text.text.is_empty() {
            return take(Err(Rejected { line: row.line, reason: Reason::NoTitle }));
        }
        self.found.codes += 1;
        take(Ok(row))
    }
}

fn sequence(columns: &[u8]) -> Option<u32> {
    std::str::from_utf8(columns).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: &str = "All of this is invented. Copyright nobody\r\n00 is no code\r\nOF THE ESSENCE\r\n\r\n";

    fn all(system: CodeSystem, text: &[u8]) -> (Found, Vec<String>) {
        let mut rows = Vec::new();
        let found = read(system, text, &mut |row| {
            rows.push(match row {
                Ok(row) => {
                    assert_eq!((row.system, row.text.source), (system, TextSource::Licensed));
                    format!("{} {} {}", row.line, row.code, row.text.text)
                }
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        });
        (found.expect("memory cannot fail"), rows)
    }

    #[test]
    fn tab_and_fixed_columns_are_told_apart_below_the_notice() {
        for (separator, form) in [("\t", Form::Tab), (" ", Form::Fixed)] {
            let text = format!(
                "{NOTICE}00001{separator}Grumbling,  first\r\n9999U{separator}Sighing\r\n0042T{separator}Humming"
            );
            let (found, rows) = all(CodeSystem::Cpt, text.as_bytes());
            assert_eq!(found, Found { form: Some(form), notice: 4, codes: 3 });
            assert_eq!(rows, ["5 00001 Grumbling, first", "6 9999U Sighing", "7 0042T Humming"]);
        }
    }

    #[test]
    fn sequences_are_joined_by_one_space() {
        let text = format!("{NOTICE}0000101 Grumbling of a kind that\r\n0000102 goes on \r\n0000201 Sighing\r\n");
        let (found, rows) = all(CodeSystem::Cpt, text.as_bytes());
        assert_eq!(found, Found { form: Some(Form::Sequenced), notice: 4, codes: 2 });
        assert_eq!(rows, ["5 00001 Grumbling of a kind that goes on", "7 00002 Sighing"]);
    }

    #[test]
    fn broken_lines_are_refused_with_their_number() {
        let (found, rows) = all(
            CodeSystem::Cpt,
            b"0000101 First\n0000101 again\n0000302 stray\nno code at all\n0000202 stray\n0000401\n0000501 Caf\xe9\n0000501x\n",
        );
        let expected = [
            "line 2: the sequence number does not rise: lines are out of order",
            "line 3: continues a code that does not stand on the line before it",
            "line 4: no code of this code set stands in the code's columns",
            "line 5: continues a code that does not stand on the line before it",
            "1 00001 First",
            "line 6: the title is missing",
            "line 8: the columns do not fit the layout",
            "7 00005 Caf\u{e9}",
        ];
        assert_eq!(rows, expected);
        assert_eq!(found.codes, 2);
        let (_, rows) = all(CodeSystem::Cpt, b"00001\tFirst\n00001\tagain\nA0021\tnot ours\n123\tcut\n");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows.iter().filter(|row| row.starts_with("line")).count(), 3);
    }

    #[test]
    fn a_notice_never_becomes_a_modifier() {
        for separator in ["\t", " "] {
            let text = format!(
                "{NOTICE}90{separator}Invented twist\nP1{separator}Invented state\nOF THE ESSENCE\nLT{separator}Left\n"
            );
            let (found, rows) = all(CodeSystem::Modifier, text.as_bytes());
            assert_eq!(found.notice, 4, "{rows:?}");
            assert_eq!(rows.iter().filter(|row| row.contains("Invented")).count(), 2);
            assert!(
                rows.contains(&"line 7: no code of this code set stands in the code's columns".to_owned())
                    || rows.contains(&"line 7: the columns do not fit the layout".to_owned()),
                "{rows:?}"
            );
        }
    }

    #[test]
    fn a_file_without_codes_says_so() {
        for text in ["", NOTICE, "A000    A diagnosis\n", "\u{feff}"] {
            let (found, rows) = all(CodeSystem::Cpt, text.as_bytes());
            assert_eq!((found.form, found.codes, rows.len()), (None, 0, 0), "{text}");
        }
        let long = format!("00001\t{}\n", "x".repeat(9000));
        assert_eq!(all(CodeSystem::Cpt, long.as_bytes()).1, ["line 1: longer than any record of this layout"]);
    }
}
