//! One mbox file → its mails (RFC 4155, and the mboxo and mboxrd dialects). Reads piece by piece: neither the file
//! nor a mail is ever whole in memory here.
//!
//! A mail begins at a line `From `, with a time of day in it, at the file's start or after an empty line. In its
//! text, `>From ` stands for `From `, and `>>From ` for `>From `: mboxrd says so; in mboxo, which quotes the first
//! alone, a line that was written as `>From ` loses its `>`, and nobody can tell.

use std::io::{self, BufRead, Read};

/// A line that is longer comes in several pieces; bytes.
const PIECE: u64 = 64 << 10;

/// Whether a file is an mbox, by its first bytes.
pub(super) fn is_mbox(start: &[u8]) -> bool {
    start.starts_with(b"From ")
}

/// The mails of one mbox file.
pub(super) struct Mbox<R> {
    reader: R,
    line: Vec<u8>,
    /// The separator of the next mail has been read.
    at_mail: bool,
    position: u64,
}

impl<R: BufRead> Mbox<R> {
    /// Over a file's bytes; what stands before the first separator is passed over.
    pub(super) fn new(reader: R) -> Self {
        Self { reader, line: Vec::new(), at_mail: false, position: 0 }
    }

    /// How many bytes of the file have been read.
    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    /// Gives the next mail to `sink`, piece by piece. False when there is none.
    ///
    /// # Errors
    /// What reading or the sink say.
    pub(super) fn next(&mut self, mut sink: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<bool> {
        let mut after_empty = true;
        while !self.at_mail {
            if !self.read_piece()? {
                return Ok(false);
            }
            self.at_mail = after_empty && is_separator(&self.line);
            after_empty = is_empty(&self.line);
        }
        self.at_mail = false;
        let mut line_starts = true;
        // An empty line is held back: before a separator it is not the mail's.
        let mut held: Option<Vec<u8>> = None;
        while self.read_piece()? {
            if line_starts && held.is_some() && is_separator(&self.line) {
                self.at_mail = true;
                return Ok(true);
            }
            if let Some(empty) = held.take() {
                sink(&empty)?;
            }
            if line_starts && is_empty(&self.line) {
                held = Some(self.line.clone());
            } else {
                let quoted = line_starts && is_quoted_from(&self.line);
                sink(self.line.get(usize::from(quoted)..).unwrap_or_default())?;
            }
            line_starts = self.line.ends_with(b"\n");
        }
        // At the file's end, too, the empty line belongs to the format.
        Ok(true)
    }

    /// The next line, or a piece of it.
    fn read_piece(&mut self) -> io::Result<bool> {
        self.line.clear();
        let count = (&mut self.reader).take(PIECE).read_until(b'\n', &mut self.line)?;
        self.position += count as u64;
        Ok(count > 0)
    }
}

fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

/// `From sender Thu Jan  1 00:00:00 2026`: the time tells it from a sentence that begins with "From".
fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.windows(5).any(|five| match five {
            [a, b, b':', c, d] => [a, b, c, d].into_iter().all(u8::is_ascii_digit),
            _ => false,
        })
}

fn is_quoted_from(line: &[u8]) -> bool {
    let unquoted = line.iter().position(|byte| *byte != b'>').unwrap_or(0);
    unquoted > 0 && line.get(unquoted..).is_some_and(|rest| rest.starts_with(b"From "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(text: &str) -> Vec<String> {
        let mut mbox = Mbox::new(text.as_bytes());
        let mut mails = Vec::new();
        loop {
            let mut mail = Vec::new();
            let more = mbox.next(|piece| {
                mail.extend_from_slice(piece);
                Ok(())
            });
            if !more.unwrap() {
                return mails;
            }
            mails.push(String::from_utf8(mail).unwrap());
        }
    }

    #[test]
    fn mails_are_told_apart_and_their_text_is_as_it_was_written() {
        let one = "From a@example.test Thu Jan  1 00:00:00 2026\nSubject: one\n\n>From here\n>>From there\n> From\n\n";
        let two = "From b@example.test Thu Jan  1 00:00:01 2026\nSubject: two\n\nFrom now on, 5 units\n\n\n";
        assert_eq!(
            mails(&format!("{one}{two}")),
            ["Subject: one\n\nFrom here\n>From there\n> From\n", "Subject: two\n\nFrom now on, 5 units\n\n"]
        );
    }

    #[test]
    fn odd_files_give_what_is_in_them() {
        let separator = "From x Thu Jan  1 00:00:00 2026";
        let table: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("no mbox at all\n", &[]),
            (&format!("{separator}\n"), &[""]),
            (&format!("{separator}\r\nSubject: a\r\n\r\nb\r\n\r\n{separator}\r\nc"), &["Subject: a\r\n\r\nb\r\n", "c"]),
            (
                &format!("{separator}\nSubject: a\n{separator}\nstill a"),
                &[&format!("Subject: a\n{separator}\nstill a")],
            ),
            (&format!("a preamble\n\n{separator}\nSubject: a\n"), &["Subject: a\n"]),
        ];
        for (text, expected) in table {
            assert_eq!(mails(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_longer_than_a_piece_stays_whole() {
        let line = "x".repeat(200_000);
        let text = format!("From x Thu Jan  1 00:00:00 2026\n\n{line}\n>From y\n");
        assert_eq!(mails(&text), [format!("\n{line}\nFrom y\n")]);
    }
}
