//! An XML file as a stream of elements and texts, in bounded memory. Used by the XML readers beside it.
//!
//! What a published code set never holds is refused at once and whole: a document type (and with it every entity of
//! its own), an encoding other than UTF-8, elements nested without end, a text without end, a file that was cut.

use std::{
    io::{self, BufRead, Read},
    ops::ControlFlow,
};

use quick_xml::{
    Error, escape,
    events::{BytesStart, Event},
    reader::Reader,
};

/// The tabular list nests ten deep, the index eleven.
const DEEPEST: usize = 64;

/// The most that one text or tag may take.
const LONGEST: usize = 256 << 10;

/// Why an XML file cannot be read to its end. Rows that were handed on before it are not to be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum XmlError {
    /// The bytes cannot be read.
    #[error("reading stopped: {0}")]
    Read(#[from] io::Error),
    /// Not well-formed.
    #[error("line {line}: the XML is damaged: {cause}")]
    Damaged {
        /// From 1.
        line: u64,
        /// What the parser says.
        cause: String,
    },
    /// The file ends inside an element.
    #[error("line {line}: the file ends in the middle")]
    Cut {
        /// From 1.
        line: u64,
    },
    /// Another kind of document.
    #[error("the document is <{found}>, not <{expected}>")]
    Other {
        /// Its root.
        found: String,
        /// The layout's root.
        expected: &'static str,
    },
    /// It has a document type.
    #[error("line {line}: a document type declaration, which no published code set has")]
    DocType {
        /// From 1.
        line: u64,
    },
    /// An entity that XML itself does not define.
    #[error("line {line}: an entity that is not defined")]
    Entity {
        /// From 1.
        line: u64,
    },
    /// Bytes that are not UTF-8, or a declaration that says so.
    #[error("line {line}: not UTF-8")]
    NotUtf8 {
        /// From 1.
        line: u64,
    },
    /// Nested too deep.
    #[error("line {line}: nested deeper than any published code set")]
    TooDeep {
        /// From 1.
        line: u64,
    },
    /// A text, a tag or an entry too long.
    #[error("line {line}: longer than anything in a published code set")]
    TooLong {
        /// From 1.
        line: u64,
    },
}

/// The next thing in the file.
pub(super) enum Piece<'a> {
    /// `<name …>`; of `<name/>` the end follows at once.
    Open(&'a BytesStart<'a>),
    /// Text, in as many pieces as it comes.
    Text(&'a str),
    /// `</…>` of the element opened last.
    Close,
}

/// Takes a piece and the line on which it ends.
pub(super) type Take<'a> = dyn FnMut(u64, Piece<'_>) -> Result<ControlFlow<()>, XmlError> + 'a;

/// Hands out piece after piece, until `take` breaks off. `root` is the name of the one document that is read. Comments
/// and processing instructions are passed over.
pub(super) fn read<R: BufRead>(reader: R, root: &'static str, take: &mut Take<'_>) -> Result<(), XmlError> {
    let mut reader = Reader::from_reader(Counted { reader, line: 1, taken: 0 });
    reader.config_mut().expand_empty_elements = true;
    let mut held = Vec::new();
    let mut depth = 0_usize;
    let mut ended = false;
    loop {
        held.clear();
        reader.get_mut().taken = 0;
        let event = reader.read_event_into(&mut held);
        let line = reader.get_ref().line;
        let piece = match event.map_err(|cause| broken(cause, line))? {
            Event::Start(start) => {
                if depth == 0 && (ended || start.name().as_ref() != root) {
                    let found = start.name().as_ref().chars().take(40).collect();
                    return Err(XmlError::Other { found, expected: root });
                }
                depth += 1;
                if depth > DEEPEST {
                    return Err(XmlError::TooDeep { line });
                }
                take(line, Piece::Open(&start))?
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                ended = depth == 0;
                take(line, Piece::Close)?
            }
            Event::Text(text) if depth > 0 => take(line, Piece::Text(&text))?,
            Event::CData(text) if depth > 0 => take(line, Piece::Text(&text))?,
            Event::GeneralRef(entity) => {
                let mut bytes = [0; 4];
                let text = match entity.resolve_char_ref() {
                    Ok(Some(character)) => Some(&*character.encode_utf8(&mut bytes)),
                    Ok(None) => escape::resolve_xml_entity(&entity),
                    Err(_) => None,
                };
                take(line, Piece::Text(text.ok_or(XmlError::Entity { line })?))?
            }
            Event::DocType(_) => return Err(XmlError::DocType { line }),
            Event::Decl(declaration) => match declaration.encoding() {
                None => ControlFlow::Continue(()),
                Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => ControlFlow::Continue(()),
                Some(_) => return Err(XmlError::NotUtf8 { line }),
            },
            Event::Eof if ended => return Ok(()),
            Event::Eof => return Err(XmlError::Cut { line }),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {
                ControlFlow::Continue(())
            }
        };
        if piece.is_break() {
            return Ok(());
        }
    }
}

/// The value of an attribute, or nothing when it is missing or damaged.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    escape::unescape(&found.value).ok().map(|value| value.trim().to_owned())
}

fn broken(cause: Error, line: u64) -> XmlError {
    match cause {
        Error::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => XmlError::TooLong { line },
        Error::Io(cause) => XmlError::Read(io::Error::new(cause.kind(), cause)),
        Error::Encoding(_) => XmlError::NotUtf8 { line },
        cause => XmlError::Damaged { line, cause: cause.to_string() },
    }
}

/// Counts lines, and ends in an error when one piece takes too many bytes.
struct Counted<R> {
    reader: R,
    line: u64,
    taken: usize,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed is still in the buffer, so nothing is read here.
        if let Ok(buffer) = self.reader.fill_buf() {
            let used = buffer.get(..count).unwrap_or(buffer);
            self.line += used.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
        self.taken += count;
        self.reader.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Result<Vec<String>, XmlError> {
        let mut seen = Vec::new();
        // A small buffer, so that every piece is put together from several.
        let reader = io::BufReader::with_capacity(7, text);
        read(reader, "root", &mut |line, piece| {
            seen.push(match piece {
                Piece::Open(start) => format!("{line}<{}", start.name().as_ref()),
                Piece::Text(text) => format!("{line}{text}"),
                Piece::Close => format!("{line}>"),
            });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(seen)
    }

    #[test]
    fn elements_and_texts_come_with_their_lines() -> Result<(), XmlError> {
        let text = b"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<root>\n<!-- not a < piece -->\
            <a/>x&lt;&#xE9;<![CDATA[<&]]>\n</root>\n";
        let seen = all(text)?;
        assert_eq!(seen, ["2<root", "3\n", "3<a", "3>", "3x", "3<", "3\u{e9}", "3<&", "4\n", "4>"]);
        Ok(())
    }

    #[test]
    fn what_no_published_file_holds_is_refused_whole() {
        let bomb = b"<!DOCTYPE root [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<root>&b;</root>";
        assert!(matches!(all(bomb), Err(XmlError::DocType { line: 1 })));
        assert!(matches!(all(b"<root>\n&b;</root>"), Err(XmlError::Entity { line: 2 })));
        assert!(matches!(all(b"<root>\n\xE9</root>"), Err(XmlError::NotUtf8 { line: 2 })));
        let declared = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><root/>";
        assert!(matches!(all(declared), Err(XmlError::NotUtf8 { line: 1 })));
        assert!(matches!(all(&b"<root>".repeat(100)), Err(XmlError::TooDeep { line: 1 })));
        let endless = [&b"<root>"[..], &vec![b'x'; LONGEST + 9], b"</root>"].concat();
        assert!(matches!(all(&endless), Err(XmlError::TooLong { line: 1 })));
        assert!(matches!(all(b"<html/>"), Err(XmlError::Other { found, .. }) if found == "html"));
        assert!(matches!(all(b"<root/><root/>"), Err(XmlError::Other { .. })));
        assert!(matches!(all(b"<root><a></root>"), Err(XmlError::Damaged { line: 1, .. })));
        for cut in ["", "no XML\n", "<root>\n<a>text", "<root>\n<a", "\u{feff}<root>"] {
            assert!(all(cut.as_bytes()).is_err(), "{cut}");
        }
    }
}
