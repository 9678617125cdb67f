//! The letters of a code as they stand in the text: upper case, without invisible characters, on the stack.

use super::scan::is_invisible;

/// At most sixteen ASCII letters, digits, dots and hyphens; no code is longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Written {
    bytes: [u8; 16],
    length: u8,
}

impl Written {
    /// The letters of `text` in upper case; none when it is too long or holds anything but ASCII.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut written = Self::default();
        for c in text.chars().filter(|c| !is_invisible(*c)) {
            written.push(u8::try_from(c).ok().filter(u8::is_ascii)?)?;
        }
        Some(written)
    }

    /// Adds one byte in upper case; none when there is no room.
    pub(super) fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(usize::from(self.length))? = byte.to_ascii_uppercase();
        self.length += 1;
        Some(())
    }

    /// This and more letters after it.
    pub(super) fn with(mut self, more: &[u8]) -> Option<Self> {
        for byte in more {
            self.push(*byte)?;
        }
        Some(self)
    }

    /// This without letters at the end that `unwanted` names.
    pub(super) fn trimmed(mut self, unwanted: u8) -> Self {
        while self.length > 0 && self.bytes().last() == Some(&unwanted) {
            self.length -= 1;
        }
        self
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Its value when it is all digits (up to nine).
    pub(super) fn number(&self) -> Option<u32> {
        let digits = self.bytes();
        (digits.len() <= 9 && digits.iter().all(u8::is_ascii_digit)).then(|| self.as_str().parse().ok())?
    }
}

/// Whether `bytes` fit `shape`, letter by letter: `9` a digit, `A` a letter, `*` either.
pub(super) fn fits(bytes: &[u8], shape: &[u8]) -> bool {
    bytes.len() == shape.len()
        && bytes.iter().zip(shape).all(|(byte, place)| match place {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            _ => byte.is_ascii_alphanumeric(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_in_upper_case_without_what_nobody_sees() {
        assert_eq!(Written::of("j18\u{AD}85").unwrap().as_str(), "J1885");
        assert_eq!(Written::of("E11XX").unwrap().trimmed(b'X').as_str(), "E11");
        assert!(Written::of("é").is_none() && Written::of("12345678901234567").is_none());
        assert_eq!(Written::of("00450").unwrap().number(), Some(450));
        assert!(fits(b"J1885", b"A9999") && !fits(b"99213", b"A9999"));
    }
}
