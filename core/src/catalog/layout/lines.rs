//! A text file of fixed columns, line by line, in bounded memory. Used by the text readers beside it.

use std::io::{self, BufRead};

/// Longer than any record of the known layouts (400 columns at most), with room to spare.
const LONGEST: usize = 4096;

/// Reads lines of bytes. The encoding is the layout's business.
pub(in crate::catalog) struct Lines<R> {
    reader: R,
    number: u64,
    held: Vec<u8>,
}

/// One line, without its line end.
#[derive(Clone, Copy)]
pub(in crate::catalog) struct Line<'a> {
    /// Counted from 1.
    pub(in crate::catalog) number: u64,
    bytes: &'a [u8],
    /// Whether it was longer than any record can be; the rest was skipped.
    pub(in crate::catalog) cut: bool,
}

impl<R: BufRead> Lines<R> {
    pub(in crate::catalog) const fn new(reader: R) -> Self {
        Self { reader, number: 0, held: Vec::new() }
    }

    /// The next line, or none at the end. Line ends are LF or CR LF.
    pub(in crate::catalog) fn advance(&mut self) -> io::Result<Option<Line<'_>>> {
        self.held.clear();
        let mut cut = false;
        let mut any = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            let room = LONGEST.saturating_sub(self.held.len());
            cut |= part.len() > room;
            self.held.extend(part.iter().take(room));
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        let bytes = self.held.strip_suffix(b"\r").unwrap_or(&self.held);
        Ok(Some(Line { number: self.number, bytes, cut }))
    }
}

impl<'a> Line<'a> {
    /// Columns `first..=last`, counted from 1 as the layouts do. A line that was cut short, as many are whose last
    /// columns are blank, gives fewer bytes or none.
    pub(in crate::catalog) fn columns(self, first: usize, last: usize) -> &'a [u8] {
        let end = last.min(self.bytes.len());
        self.bytes.get(first.saturating_sub(1)..end).unwrap_or_default()
    }

    /// Whether nothing but white space stands on it.
    pub(in crate::catalog) fn is_blank(self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_lose_their_ends() -> io::Result<()> {
        let mut lines = Lines::new(&b"one\r\n\ntwo"[..]);
        let mut seen = Vec::new();
        while let Some(line) = lines.advance()? {
            seen.push((line.number, line.columns(1, 80).to_vec()));
        }
        assert_eq!(seen, [(1, b"one".to_vec()), (2, Vec::new()), (3, b"two".to_vec())]);
        Ok(())
    }

    #[test]
    fn columns_beyond_a_short_line_are_empty() -> io::Result<()> {
        let mut lines = Lines::new(&b"12345"[..]);
        let line = lines.advance()?.expect("one line");
        assert_eq!(line.columns(4, 9), b"45");
        assert_eq!(line.columns(6, 9), b"");
        assert_eq!(line.columns(90, 91), b"");
        Ok(())
    }

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() -> io::Result<()> {
        let mut text = vec![b'x'; 3 * LONGEST];
        text.extend_from_slice(b"\nnext");
        let mut lines = Lines::new(io::BufReader::with_capacity(1000, &text[..]));
        let long = lines.advance()?.expect("the long line");
        assert!(long.cut);
        assert_eq!(long.columns(1, usize::MAX).len(), LONGEST);
        let next = lines.advance()?.expect("the next line");
        assert_eq!((next.number, next.columns(1, 4), next.cut), (2, &b"next"[..], false));
        Ok(())
    }
}
