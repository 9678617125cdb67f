//! The header of a mail or of one of its parts, as a list of fields (RFC 5322 §2.2).
//!
//! It cuts the header from the body and into fields, and reads the few field grammars that matter through
//! mail-parser. It takes what real mails hold: bare LF, 8-bit bytes, NUL, a leading mbox line, repeated fields. It
//! judges nothing; `head` and `structure` do.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use mail_parser::{Address, ContentType, HeaderValue, parsers::MessageStream};

use crate::domain::instant::Instant;

/// Fields beyond this number are not looked at.
const MOST_FIELDS: usize = 2_000;

/// Where the header ends and where the body begins, when the empty line between them is there.
#[must_use]
pub(super) fn end_of_header(raw: &[u8]) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        let next = start + line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return Some((start, next));
        }
        start = next;
    }
    None
}

/// The text of a header: UTF-8 (RFC 6532), or else windows-1252, which gives every byte a character.
#[must_use]
pub(super) fn header_text(raw: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(raw).0,
    }
}

/// The fields of one header, in the order written.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields<'t> {
    list: Vec<(&'t str, &'t str)>,
}

impl<'t> Fields<'t> {
    /// Cuts a header into fields. Lines that belong to no field are passed over.
    pub(super) fn read(header: &'t str) -> Self {
        let mut list: Vec<(&str, &str)> = Vec::new();
        let mut start = 0;
        while start < header.len() && list.len() < MOST_FIELDS {
            let rest = header.get(start..).unwrap_or("");
            let length = folded_line(rest);
            let line = rest.get(..length).unwrap_or(rest);
            if let Some((name, value)) = line.split_once(':') {
                let name = name.trim_end();
                if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) {
                    list.push((name, value));
                }
            }
            start += length.max(1);
        }
        Self { list }
    }

    /// Whether there is no field at all: then it is no mail.
    pub(super) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The values of all fields of that name, as written, folds included.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl DoubleEndedIterator<Item = &'t str> + 'f {
        self.list.iter().filter(move |(found, _)| found.eq_ignore_ascii_case(name)).map(|&(_, value)| value)
    }

    /// The value of the last field of that name on one line, blanks and control characters collapsed.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.all(name).next_back().map(one_line)
    }

    /// The same in lower case, and empty when absent: for rules.
    pub(super) fn lower(&self, name: &str) -> String {
        self.value(name).unwrap_or_default().to_lowercase()
    }

    /// Whether there is a field of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The text of an unstructured field, encoded words (RFC 2047) read, on one line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.grammar(name, |stream| stream.parse_unstructured().into_owned())? {
            HeaderValue::Text(text) => Some(one_line(&text)),
            _ => None,
        }
    }

    /// The first mailbox of an address field: its display name, and its address as written.
    pub(super) fn mailbox(&self, name: &str) -> Option<(String, String)> {
        let HeaderValue::Address(address) = self.grammar(name, |stream| stream.parse_address().into_owned())? else {
            return None;
        };
        let first = match &address {
            Address::List(list) => list.first(),
            Address::Group(groups) => groups.iter().find_map(|group| group.addresses.first()),
        }?;
        let part = |text: &Option<Cow<'_, str>>| text.as_deref().map(one_line).unwrap_or_default();
        Some((part(&first.name), part(&first.address)))
    }

    /// A date field; None when it names no moment.
    pub(super) fn date(&self, name: &str) -> Option<Instant> {
        let HeaderValue::DateTime(date) = self.grammar(name, |stream| stream.parse_date().into_owned())? else {
            return None;
        };
        date.is_valid().then(|| Instant::from_micros(date.to_timestamp().saturating_mul(1_000_000)))
    }

    /// `Content-Type` or `Content-Disposition`, with its parameters (RFC 2231 read).
    pub(super) fn content_type(&self, name: &str) -> Option<ContentType<'static>> {
        match self.grammar(name, |stream| stream.parse_content_type().into_owned())? {
            HeaderValue::ContentType(found) => Some(found),
            _ => None,
        }
    }

    /// The message ids of a field, each with its brackets (RFC 5322 §3.6.4), in the order written.
    pub(super) fn message_ids(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(message_ids).collect()
    }

    /// Reads the last field of that name by one of mail-parser's grammars, which want a line's end to stop at.
    fn grammar<T>(&self, name: &str, read: impl FnOnce(&mut MessageStream<'_>) -> T) -> Option<T> {
        let line = format!("{}\r\n", self.all(name).next_back()?.trim_end().replace('\0', ""));
        Some(read(&mut MessageStream::new(line.as_bytes())))
    }
}

/// The message ids in a raw field value. Blanks inside an id are folds that a relay put there; they are dropped.
pub(super) fn message_ids(raw: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for piece in raw.split('<').skip(1) {
        let Some((inner, _)) = piece.split_once('>') else { continue };
        let inner: String = inner.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        if !inner.is_empty() && inner.len() <= 996 {
            ids.push(format!("<{inner}>"));
        }
    }
    ids
}

/// The length of a line with the lines that continue it, line ends included.
fn folded_line(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if length > 0 && !line.starts_with([' ', '\t']) {
            break;
        }
        length += line.len();
    }
    length
}

/// A text on one line, blanks and control characters (NUL among them) collapsed to one blank each run.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_ends_at_the_first_empty_line() {
        assert_eq!(end_of_header(b"A: 1\r\n\r\nbody"), Some((6, 8)));
        assert_eq!(end_of_header(b"A: 1\n\nbody\n\n"), Some((5, 6)));
        assert_eq!(end_of_header(b"\nbody"), Some((0, 1)));
        assert_eq!(end_of_header(b"A: 1\r\n \r\n"), None);
    }

    #[test]
    fn fields_are_unfolded_and_the_last_of_a_name_wins() {
        let fields =
            Fields::read("From x@y Mon\r\nSubject: one\r\nno field\r\nSUBJECT : two\r\n\tthree\0\r\nBad name: x\r\n");
        assert_eq!(fields.value("subject").unwrap(), "two three");
        assert_eq!(fields.all("Subject").count(), 2);
        assert!(!fields.has("Bad name"));
    }

    #[test]
    fn a_raw_8_bit_header_is_still_read() {
        let raw = b"Subject: Gr\xFC\xDFe\nFrom: J\xF6rg <joerg@example.test>\n";
        let text = header_text(raw);
        let fields = Fields::read(&text);
        assert_eq!(fields.text("Subject").unwrap(), "Grüße");
        assert_eq!(fields.mailbox("From").unwrap(), ("Jörg".to_owned(), "joerg@example.test".to_owned()));
    }

    #[test]
    fn encoded_words_dates_and_ids_are_read() {
        let fields = Fields::read(
            "Subject: =?utf-8?Q?Knee_=E2=80=93?=\r\n =?utf-8?B?IGluamVjdGlvbg==?=\r\n\
             Date: Tue, 3 Nov 2026 10:00:00 -0500 (EST)\r\nReferences: <a@x>\r\n <b\r\n c@y> junk <>\r\n",
        );
        assert_eq!(fields.text("Subject").unwrap(), "Knee – injection");
        assert_eq!(fields.date("Date").unwrap().to_string(), "2026-11-03 15:00:00 UTC");
        assert_eq!(fields.message_ids("References"), ["<a@x>", "<bc@y>"]);
    }
}
