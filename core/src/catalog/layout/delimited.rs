//! Records of a comma- or tab-delimited file, in bounded memory. Read through [`super::table`].
//!
//! Line ends are LF or CR LF, also mixed, or CR alone. A cell in quotation marks may hold delimiters, line ends and doubled
//! quotation marks (RFC 4180). A quotation mark that is never closed takes only its own line with it: that line is
//! broken, and reading goes on with the next.

use std::io::{self, BufRead, Read as _};

use super::{
    rejected::Reason,
    table::{Source, TableError},
    table_row::Raw,
};

/// Longer than any cell known: the longest are the texts of coverage articles.
const LONGEST: usize = 4 << 20;

/// What stands between cells, and at the end of lines.
#[derive(Clone, Copy, Debug)]
pub(in crate::catalog) struct Marks {
    pub(in crate::catalog) delimiter: u8,
    /// LF, before which a CR does not count; or CR alone.
    pub(in crate::catalog) end: u8,
}

/// The records of a text file.
pub(in crate::catalog) struct Delimited<R> {
    reader: R,
    marks: Marks,
    /// Lines begun so far.
    line: u64,
    /// The record's lines as they stand in the file.
    raw: Vec<u8>,
    /// Its cells, when they stand in quotation marks, one byte apart.
    plain: Vec<u8>,
    ends: Vec<usize>,
    /// Lines to be read once more, after a quotation mark that was not closed.
    again: io::Cursor<Vec<u8>>,
}

impl<R: BufRead> Delimited<R> {
    pub(in crate::catalog) fn new(reader: R, marks: Marks) -> Self {
        let again = io::Cursor::default();
        Self { reader, marks, line: 0, raw: Vec::new(), plain: Vec::new(), ends: Vec::new(), again }
    }

    /// Adds the next line with its end to `raw`. False at the end of the file.
    fn line(&mut self) -> io::Result<bool> {
        let before = self.raw.len();
        let room = LONGEST.saturating_sub(before);
        self.again.by_ref().take(room as u64).read_until(self.marks.end, &mut self.raw)?;
        if !self.raw.get(before..).unwrap_or_default().ends_with(&[self.marks.end]) {
            let room = LONGEST.saturating_sub(self.raw.len());
            self.reader.by_ref().take(room as u64).read_until(self.marks.end, &mut self.raw)?;
        }
        self.line += 1;
        Ok(self.raw.len() > before)
    }

    /// Cuts the one line in `raw` at every delimiter.
    fn plain(&mut self) {
        let whole = self.raw.strip_suffix(&[self.marks.end]).unwrap_or(&self.raw);
        let length = whole.strip_suffix(b"\r").unwrap_or(whole).len();
        self.raw.truncate(length);
        let delimiter = self.marks.delimiter;
        self.ends.extend(self.raw.iter().enumerate().filter(|(_, byte)| **byte == delimiter).map(|(at, _)| at));
        self.ends.push(length);
    }

    /// Gathers the lines of a record with quotation marks in it, and cuts it. False when it cannot be told where it
    /// ends.
    fn quoted(&mut self) -> io::Result<bool> {
        let (line, first) = (self.line, self.raw.len());
        let odd = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        let mut open = odd(&self.raw);
        while open && self.raw.len() < LONGEST {
            let before = self.raw.len();
            if !self.line()? {
                break;
            }
            open ^= odd(self.raw.get(before..).unwrap_or_default());
        }
        let length = self.cut_quoted();
        let mut again = self.raw.split_off(length.unwrap_or(first));
        if !again.is_empty() {
            self.again.read_to_end(&mut again)?;
            self.again = io::Cursor::new(again);
        }
        let lines = self.raw.iter().filter(|byte| **byte == self.marks.end).count().max(1);
        self.line = line + lines as u64 - 1;
        Ok(length.is_some())
    }

    /// Takes the cells of the first record in `raw` out of their quotation marks. Its length, when it has an end.
    fn cut_quoted(&mut self) -> Option<usize> {
        let Marks { delimiter, end } = self.marks;
        self.plain.clear();
        let mut rest = self.raw.as_slice();
        loop {
            if let [b'"', inside @ ..] = rest {
                rest = inside;
                loop {
                    let (part, after) = split(rest, |byte| byte == b'"');
                    self.plain.extend_from_slice(part);
                    match after {
                        [b'"', b'"', more @ ..] => {
                            self.plain.push(b'"');
                            rest = more;
                        }
                        [b'"', more @ ..] => {
                            rest = more;
                            break;
                        }
                        _ => return None,
                    }
                }
                let ends = rest.first().is_none_or(|byte| [delimiter, end].contains(byte));
                if !ends && !rest.starts_with(b"\r\n") {
                    return None;
                }
            }
            let (cell, after) = split(rest, |byte| byte == delimiter || byte == end);
            let next = after.first() == Some(&delimiter);
            self.plain.extend_from_slice(if next { cell } else { cell.strip_suffix(b"\r").unwrap_or(cell) });
            self.ends.push(self.plain.len());
            rest = after.get(1..).unwrap_or_default();
            if !next {
                return Some(self.raw.len() - rest.len());
            }
            self.plain.push(b' ');
        }
    }
}

fn split(bytes: &[u8], at: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.iter().position(|byte| at(*byte)).unwrap_or(bytes.len()))
}

impl<R: BufRead> Source for Delimited<R> {
    fn advance(&mut self) -> Result<Option<Raw<'_>>, TableError> {
        self.raw.clear();
        self.ends.clear();
        if !self.line()? {
            return Ok(None);
        }
        let line = self.line;
        let broken = |reason| Ok(Some(Raw { line, broken: Some(reason), ..Raw::default() }));
        if self.raw.len() >= LONGEST {
            self.reader.skip_until(self.marks.end)?;
            return broken(Reason::TooLong);
        }
        if !self.raw.contains(&b'"') {
            self.plain();
            return Ok(Some(Raw { line, text: &self.raw, ends: &self.ends, ..Raw::default() }));
        }
        if self.quoted()? {
            return Ok(Some(Raw { line, text: &self.plain, ends: &self.ends, ..Raw::default() }));
        }
        broken(Reason::OpenQuote)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records, each with its line and its cells.
    fn all(text: &[u8], delimiter: u8) -> Vec<(u64, Result<Vec<String>, Reason>)> {
        let mut source = Delimited::new(io::BufReader::with_capacity(7, text), Marks { delimiter, end: b'\n' });
        let mut found = Vec::new();
        while let Some(raw) = source.advance().expect("memory cannot fail") {
            let cells = (0..raw.ends.len()).map(|nth| String::from_utf8_lossy(raw.cell(nth)).into_owned()).collect();
            found.push((raw.line, raw.broken.clone().map_or(Ok(cells), Err)));
        }
        found
    }

    fn cells(texts: &[&str]) -> Result<Vec<String>, Reason> {
        Ok(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn lines_of_either_end_are_cut_at_the_delimiter() {
        let found = all(b"a\tb\r\n\tc, d\t\nlast", b'\t');
        assert_eq!(found, [(1, cells(&["a", "b"])), (2, cells(&["", "c, d", ""])), (3, cells(&["last"]))]);
        assert_eq!(all(b"", b','), []);
    }

    #[test]
    fn quotation_marks_hold_delimiters_line_ends_and_themselves() {
        let found = all(b"\"HCPCS/\nCPT, \"\"5\"\"\",\"x\"\r\n\"\",b\n\"end\"", b',');
        let expected = [(1, cells(&["HCPCS/\nCPT, \"5\"", "x"])), (3, cells(&["", "b"])), (4, cells(&["end"]))];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_inch_mark_inside_a_cell_is_a_character() {
        let found = all(b"A1,3\" tube\nA2,4\" tube\nA3,plain\n", b',');
        assert_eq!(
            found,
            [(1, cells(&["A1", "3\" tube"])), (2, cells(&["A2", "4\" tube"])), (3, cells(&["A3", "plain"]))]
        );
    }

    #[test]
    fn an_open_quotation_mark_takes_only_its_own_line() {
        let found = all(b"A1,\"open\nA2,b\nA3,\"c\"\nA4,\"d\"e\nA5,f\n", b',');
        let lost = || Err(Reason::OpenQuote);
        let expected =
            [(1, lost()), (2, cells(&["A2", "b"])), (3, cells(&["A3", "c"])), (4, lost()), (5, cells(&["A5", "f"]))];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let mut text = vec![b'x'; LONGEST + 9];
        text.extend_from_slice(b"\na,\"b\n");
        text.extend(std::iter::repeat_n(&b"c\n"[..], 5).flatten());
        let found = all(&text, b',');
        assert_eq!(found[0], (1, Err(Reason::TooLong)));
        assert_eq!(found[1], (2, Err(Reason::OpenQuote)));
        assert_eq!((found[2].clone(), found.len()), ((3, cells(&["c"])), 7));
    }
}
