//! A CPT or HCPCS Level II code in five bytes, for tables with millions of them.
//!
//! It says nothing about a code's text: a CPT number is a fact, and its descriptor is not here.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::code::{Code, CodeSystem};

/// Five characters: digits, or one capital letter in front (HCPCS Level II) or at the end (CPT categories II and
/// III, laboratory analyses, administration).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureCode([u8; 5]);

impl ProcedureCode {
    /// Reads exactly five characters of that shape. It does not ask whether such a code exists.
    #[must_use]
    pub const fn read(bytes: &[u8]) -> Option<Self> {
        let [first, a, b, c, last] = *bytes else { return None };
        let middle = a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit();
        let level_two = first.is_ascii_uppercase() && last.is_ascii_digit();
        let cpt = first.is_ascii_digit() && (last.is_ascii_digit() || last.is_ascii_uppercase());
        if middle && (level_two || cpt) { Some(Self([first, a, b, c, last])) } else { None }
    }

    /// Reads a CPT code, in normal form.
    #[must_use]
    pub fn cpt(bytes: &[u8]) -> Option<Code> {
        Self::read(bytes).filter(|code| code.system() == CodeSystem::Cpt).map(Self::code)
    }

    /// As printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its five characters.
    #[must_use]
    pub const fn bytes(self) -> [u8; 5] {
        self.0
    }

    /// [`CodeSystem::Hcpcs`] or [`CodeSystem::Cpt`].
    #[must_use]
    pub const fn system(self) -> CodeSystem {
        if self.0[0].is_ascii_uppercase() { CodeSystem::Hcpcs } else { CodeSystem::Cpt }
    }

    /// Whether its descriptor is not the government's: CPT is the AMA's, and the D codes are the ADA's.
    #[must_use]
    pub const fn has_licensed_text(self) -> bool {
        !self.0[0].is_ascii_uppercase() || self.0[0] == b'D'
    }

    /// The code in normal form.
    #[must_use]
    pub fn code(self) -> Code {
        Code::normal(self.system(), self.as_str())
    }
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProcedureCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProcedureCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(text.as_bytes()).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no procedure code")))
    }
}

impl fmt::Debug for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_codes_of_known_shape_are_read() {
        for (text, system, licensed) in [
            ("00100", CodeSystem::Cpt, true),
            ("0001U", CodeSystem::Cpt, true),
            ("1000F", CodeSystem::Cpt, true),
            ("J1885", CodeSystem::Hcpcs, false),
            ("E0114", CodeSystem::Hcpcs, false),
            ("D0120", CodeSystem::Hcpcs, true),
        ] {
            let code = ProcedureCode::read(text.as_bytes()).expect(text);
            assert_eq!((code.as_str(), code.system(), code.has_licensed_text()), (text, system, licensed));
            assert_eq!(code.code().as_str(), text);
        }
        for text in ["", "100", "1E100", "j1885", "J188A", "001000", "99 13", "CCCCC", "É123"] {
            assert_eq!(ProcedureCode::read(text.as_bytes()), None, "{text}");
        }
    }
}
