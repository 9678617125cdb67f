//! A payment locality of the physician fee schedule: the contractor's five digits and two of its own.

use std::fmt;

/// `02102-01`. The name of a locality is told by its indices ([`super::fact::cost_index`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locality([u8; 7]);

impl Locality {
    /// Of a contractor's digits and the locality's.
    #[must_use]
    pub fn of(contractor: &str, locality: &str) -> Option<Self> {
        if contractor.len() != 5 {
            return None;
        }
        let digits: [u8; 7] = [contractor, locality].concat().into_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// Reads it as people write it: `02102-01`, `02102 01`, `0210201`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.split_once(['-', ' ', '/']) {
            Some((contractor, locality)) => Self::of(contractor, locality.trim()),
            None => text.split_at_checked(5).and_then(|(contractor, locality)| Self::of(contractor, locality)),
        }
    }

    /// Its seven digits.
    #[must_use]
    pub const fn bytes(self) -> [u8; 7] {
        self.0
    }

    /// The locality of seven digits.
    #[must_use]
    pub fn of_bytes(bytes: [u8; 7]) -> Option<Self> {
        bytes.iter().all(u8::is_ascii_digit).then_some(Self(bytes))
    }
}

impl fmt::Display for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = std::str::from_utf8(&self.0).unwrap_or_default();
        let (contractor, locality) = digits.split_at_checked(5).unwrap_or((digits, ""));
        write!(f, "{contractor}-{locality}")
    }
}

impl fmt::Debug for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locality_is_read_as_people_write_it() {
        for text in ["02102-01", " 02102 01", "0210201", "02102/01"] {
            assert_eq!(Locality::read(text).map(|locality| locality.to_string()).as_deref(), Some("02102-01"));
        }
        for text in ["", "2102-01", "02102-1", "0210A-01", "021020", "02102-011", "\u{e9}2102-01"] {
            assert_eq!(Locality::read(text), None, "{text}");
        }
        assert_eq!(Locality::of("02102", "01").and_then(|l| Locality::of_bytes(l.bytes())), Locality::read("0210201"));
    }
}
