//! From the bytes of a part to its text: transfer encoding (RFC 2045 §6) and charset.
//!
//! Damaged text is read as far as it goes and the damage is reported, because a mail with one wrong byte still asks
//! its question. Nothing here fails.
//!
//! `parts` calls it for the parts whose text is searched.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};
use mail_parser::decoders::{
    base64::base64_decode,
    charsets::map::charset_decoder,
    quoted_printable::{quoted_printable_decode, quoted_printable_decode_char},
};
use serde::{Deserialize, Serialize};

/// How a part's bytes were made fit for mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// 7bit, 8bit, binary, or unknown, which is kept as it is.
    Plain,
    /// RFC 2045 §6.8.
    Base64,
    /// RFC 2045 §6.7.
    QuotedPrintable,
}

impl Encoding {
    /// Of a `Content-Transfer-Encoding` field.
    pub(super) fn named(field: &str) -> Self {
        match field.trim().trim_matches('"').to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }

    /// The bytes, and whether the encoding was sound.
    pub(super) fn decode(self, body: &[u8]) -> (Cow<'_, [u8]>, bool) {
        match self {
            Self::Plain => (Cow::Borrowed(body), true),
            Self::Base64 => match base64_decode(body) {
                Some(bytes) => (Cow::Owned(bytes), true),
                None => {
                    let sound: Vec<u8> = body.iter().copied().filter(|&byte| is_base64(byte)).collect();
                    (Cow::Owned(base64_decode(&sound).unwrap_or_default()), false)
                }
            },
            Self::QuotedPrintable => match quoted_printable_decode(body) {
                Some(bytes) => (Cow::Owned(bytes), true),
                None => (Cow::Owned(lenient_quoted_printable(body)), false),
            },
        }
    }

    /// The first bytes, about `most`: by them the kind of a file is told.
    pub(super) fn head(self, body: &[u8], most: usize) -> Vec<u8> {
        match self {
            Self::Plain => body.get(..most).unwrap_or(body).to_vec(),
            Self::Base64 => {
                let letters: Vec<u8> = body.iter().copied().take(2 * most).filter(|&byte| is_base64(byte)).collect();
                let whole = letters.len() / 4 * 4;
                let begins = base64_decode(letters.get(..whole).unwrap_or_default()).unwrap_or_default();
                if begins.is_empty() { base64_decode(&letters).unwrap_or_default() } else { begins }
            }
            Self::QuotedPrintable => lenient_quoted_printable(body.get(..2 * most).unwrap_or(body)),
        }
    }

    /// How many bytes [`Encoding::decode`] would give, about, without decoding: for attachments that stay closed.
    pub(super) fn decoded_size(self, body: &[u8]) -> u64 {
        let size = match self {
            Self::Plain => body.len(),
            Self::Base64 => body.iter().filter(|&&byte| is_base64(byte)).count() * 3 / 4,
            Self::QuotedPrintable => {
                body.len() - 2 * body.iter().filter(|&&byte| byte == b'=').count().min(body.len() / 3)
            }
        };
        u64::try_from(size).unwrap_or(u64::MAX)
    }
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// Quoted-printable with bad escapes kept as written.
fn lenient_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'=', [b'\r', b'\n', tail @ ..] | [b'\n', tail @ ..]) => rest = tail,
            (b'=', [high, low, tail @ ..]) => match quoted_printable_decode_char(*high, *low) {
                Some(decoded) => {
                    bytes.push(decoded);
                    rest = tail;
                }
                None => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    bytes
}

/// The text of bytes in the named charset, and whether every byte could be read in it.
///
/// UTF-8 wins over an ASCII claim, and windows-1252 stands in for a charset that is unknown or not named: its Latin
/// letters are the likeliest, and codes are ASCII in all of them.
pub(super) fn charset_text(bytes: &[u8], charset: Option<&str>) -> (String, bool) {
    // The mark of UTF-16, as Excel writes before "Unicode text", is surer than any claim.
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let (text, is_damaged) = encoding.decode_with_bom_removal(bytes);
        return (text.into_owned(), !is_damaged);
    }
    let charset = charset.unwrap_or("").trim().to_ascii_lowercase();
    let utf8 = std::str::from_utf8(bytes);
    match charset.as_str() {
        "utf-8" | "utf8" => match utf8 {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
        },
        "" | "us-ascii" | "ascii" | "ansi_x3.4-1968" => match utf8 {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), charset.is_empty()),
        },
        named => match (charset_decoder(named.as_bytes()), utf8) {
            (Some(decode), _) => {
                let text = decode(bytes);
                let is_sound = !text.contains(char::REPLACEMENT_CHARACTER);
                (text, is_sound)
            }
            (None, Ok(text)) => (text.to_owned(), bytes.is_ascii()),
            (None, Err(_)) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), false),
        },
    }
}

/// The charset that an HTML page names for itself in its first kilobyte.
pub(super) fn html_charset(page: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(page.get(..1024).unwrap_or(page)).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_encodings_are_read_as_far_as_they_go() {
        for (encoding, body, text, sound) in [
            ("base64", "OTky\r\nMTM=", "99213", true),
            ("Base64", "OTky!!MTM", "99213", false),
            ("base64", "", "", true),
            ("quoted-printable", "992=\r\n13=3D", "99213=", true),
            ("quoted-printable", "992=\n13 =ZZ =4", "99213 =ZZ =4", false),
            ("x-unknown", "99=3D", "99=3D", true),
        ] {
            let (bytes, is_sound) = Encoding::named(encoding).decode(body.as_bytes());
            assert_eq!((String::from_utf8_lossy(&bytes).as_ref(), is_sound), (text, sound), "{body}");
        }
    }

    #[test]
    fn every_charset_gives_a_text() {
        for (bytes, charset, text, sound) in [
            (&b"Gr\xC3\xBC\xC3\x9Fe"[..], Some("UTF-8"), "Grüße", true),
            (b"Gr\xC3\xBC\xC3\x9Fe", None, "Grüße", true),
            (b"Gr\xC3\xBC\xC3\x9Fe", Some("us-ascii"), "Grüße", true),
            (b"Gr\xFC\xDFe", None, "Grüße", true),
            (b"Gr\xFC\xDFe", Some("iso-8859-1"), "Grüße", true),
            (b"Gr\xFC\xDFe", Some("x-klingon"), "Grüße", false),
            (b"99213", Some("x-klingon"), "99213", true),
            (b"Gr\xFC", Some("utf-8"), "Gr\u{fffd}", false),
            (b"\xc4\xe3\xba\xc3", Some("gb18030"), "你好", true),
            (b"\xFF\xFEC\0P\0T\0", Some("us-ascii"), "CPT", true),
            (b"\x1b$B$3$s\x1b(B99213", Some("ISO-2022-JP"), "こん99213", true),
        ] {
            assert_eq!(charset_text(bytes, charset), (text.to_owned(), sound), "{charset:?}");
        }
        assert_eq!(html_charset(b"<meta charset='KOI8-R'>").as_deref(), Some("koi8-r"));
    }

    #[test]
    fn an_attachment_is_measured_without_being_opened() {
        assert_eq!(Encoding::Base64.decoded_size(b"OTky\r\nMTM="), 5);
        assert_eq!(Encoding::Plain.decoded_size(b"12345"), 5);
        for (body, head) in [(&b"OTky\r\nMTM="[..], &b"992"[..]), (b"OTk=", b"99"), (b"", b"")] {
            assert_eq!(Encoding::Base64.head(body, 100), head);
        }
        assert_eq!(Encoding::QuotedPrintable.decoded_size(b"a=3Db"), 3);
    }
}
