//! The named encodings of simple fonts (ISO 32000-1 annex D): which letter a byte stands for.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// An encoding by its name in a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Standard,
    WinAnsi,
    MacRoman,
}

/// StandardEncoding from 0xA1 to 0xFB; U+FFFD where it has nothing.
const STANDARD: &str = "\
    \u{a1}\u{a2}\u{a3}\u{2044}\u{a5}\u{192}\u{a7}\u{a4}\u{27}\u{201c}\u{ab}\u{2039}\u{203a}\u{fb01}\u{fb02}\
    \u{fffd}\u{2013}\u{2020}\u{2021}\u{b7}\u{fffd}\u{b6}\u{2022}\u{201a}\u{201e}\u{201d}\u{bb}\u{2026}\u{2030}\
    \u{fffd}\u{bf}\u{fffd}`\u{b4}\u{2c6}\u{2dc}\u{af}\u{2d8}\u{2d9}\u{a8}\u{fffd}\u{2da}\u{b8}\u{fffd}\u{2dd}\
    \u{2db}\u{2c7}\u{2014}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\
    \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{c6}\u{fffd}\u{aa}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{141}\
    \u{d8}\u{152}\u{ba}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{e6}\u{fffd}\u{fffd}\u{fffd}\u{131}\u{fffd}\
    \u{fffd}\u{142}\u{f8}\u{153}\u{df}";

impl Named {
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// All 256 letters, in order. U+FFFD where there is none.
    pub(super) fn letters(self) -> Vec<char> {
        (0..=u8::MAX).map(|byte| self.letter(byte)).collect()
    }

    fn letter(self, byte: u8) -> char {
        let decoded = |encoding: &'static encoding_rs::Encoding| {
            encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        };
        match (self, byte) {
            (_, 0..0x20 | 0x7F) => char::REPLACEMENT_CHARACTER,
            (Self::Standard, b'\'') => '\u{2019}',
            (Self::Standard, b'`') => '\u{2018}',
            (_, 0x20..0x7F) => char::from(byte),
            (Self::Standard, byte) => byte
                .checked_sub(0xA1)
                .and_then(|place| STANDARD.chars().nth(usize::from(place)))
                .unwrap_or(char::REPLACEMENT_CHARACTER),
            (Self::WinAnsi, _) => decoded(WINDOWS_1252),
            (Self::MacRoman, _) => decoded(MACINTOSH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_letters_of_their_encoding() {
        for (encoding, byte, letter) in [
            (Named::Standard, b'9', '9'),
            (Named::Standard, 0xB1, '\u{2013}'),
            (Named::Standard, 0xAE, '\u{FB01}'),
            (Named::Standard, 0xFB, '\u{DF}'),
            (Named::Standard, 0xFF, char::REPLACEMENT_CHARACTER),
            (Named::WinAnsi, 0x96, '\u{2013}'),
            (Named::MacRoman, 0xD0, '\u{2013}'),
        ] {
            assert_eq!(encoding.letters()[usize::from(byte)], letter, "{encoding:?} {byte:x}");
        }
    }
}
