//! What makes two mails copies of each other: a digest of what the sender wrote, without what relays add or change
//! (trace fields, line ends, folds). `head` makes it of every mail that comes in; the door of the ledger compares it
//! beside the Message-ID. It never leaves the database, so it need not be a digest that others know.

use std::{fmt, str::FromStr};

use memchr::memchr_iter;

use super::fields::{Fields, one_line};

/// What a relay leaves as it was.
const COUNTED: [&str; 4] = ["From", "To", "Date", "Subject"];

/// BLAKE3 of From, To, Date, Subject and body, written as 64 lower-case hexadecimal digits. BLAKE3, because every mail
/// is digested with SHA-256 already, which is the dearest step of taking one in; this is several times quicker, and
/// collisions are as far out of reach.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(String);

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a content hash: 64 hexadecimal digits are needed")]
pub struct NotAContentHash;

impl ContentHash {
    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ContentHash {
    type Err = NotAContentHash;

    fn from_str(text: &str) -> Result<Self, NotAContentHash> {
        blake3::Hash::from_hex(text).map(|hash| Self(hash.to_hex().to_string())).map_err(|_| NotAContentHash)
    }
}

/// A body that passes by in pieces.
#[derive(Clone, Default)]
pub(super) struct Body(blake3::Hasher);

impl Body {
    /// Takes the next piece in.
    pub(super) fn add(&mut self, piece: &[u8]) {
        // Line ends differ between a Maildir and IMAP. The lines are put together first, because a digest is far
        // quicker over one long piece than over many short ones.
        let mut text = Vec::with_capacity(piece.len());
        let mut start = 0;
        for end in memchr_iter(b'\r', piece).chain([piece.len()]) {
            text.extend_from_slice(piece.get(start..end).unwrap_or_default());
            start = end + 1;
        }
        self.0.update(&text);
    }

    /// The digest of this body under that header.
    pub(super) fn under(&self, fields: &Fields<'_>) -> ContentHash {
        let mut all = blake3::Hasher::new();
        for name in COUNTED {
            for value in fields.all(name) {
                all.update(name.as_bytes());
                all.update(b":");
                all.update(one_line(value).as_bytes());
                all.update(b"\n");
            }
        }
        all.update(b"\n");
        all.update(self.0.finalize().as_bytes());
        ContentHash(all.finalize().to_hex().to_string())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_a_hash_is_read_as_one() {
        let hash = Body::default().under(&Fields::read("From: a@b.test\r\n"));
        assert_eq!(hash.as_str().len(), 64);
        assert_eq!(hash.as_str().parse(), Ok(hash.clone()));
        for wrong in ["", "abc", &hash.as_str()[1..], &format!("{}g", &hash.as_str()[1..])] {
            assert_eq!(wrong.parse::<ContentHash>(), Err(NotAContentHash), "{wrong}");
        }
    }
}
