//! The short name of a case that people say and type: `CC-7F3K2Q`.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::CaseId;

/// Crockford's base 32: no I, L, O or U, so that nobody misreads it on the phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The low five bits of `value` as one character.
pub(crate) fn crockford(value: u128) -> char {
    ALPHABET.get(usize::try_from(value & 31).unwrap_or(0)).map_or('0', |&digit| char::from(digit))
}

/// A character as a person may have typed it, in the alphabet: upper case, `O` as 0, `I` and `L` as 1.
pub(crate) fn read_crockford(typed: char) -> Option<char> {
    let digit = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    u8::try_from(digit).is_ok_and(|byte| ALPHABET.contains(&byte)).then_some(digit)
}

/// A case's tag. It stands in subjects and on pages; it names, and never proves, a case: a mail that carries it
/// joins the case only when its sender is a participant already.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseTag(String);

impl CaseTag {
    /// The tag of a case: `CC-` and eight characters from the random end of its id (40 bits; the store's unique
    /// index catches the rare clash, and the caller then draws another id).
    #[must_use]
    pub fn of(case: CaseId) -> Self {
        let random = Uuid::as_u128(&case.uuid());
        let mut text = String::from("CC-");
        for place in (0..8).rev() {
            text.push(crockford(random >> (place * 5)));
        }
        Self(text)
    }

    /// Reads a tag as a person types it: any case, with or without `CC-`; `O` read as 0, `I` and `L` as 1.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let rest = text.strip_prefix("CC-").unwrap_or(&text);
        let mut tag = String::from("CC-");
        for typed in rest.chars() {
            tag.push(read_crockford(typed)?);
        }
        (tag.len() == 11).then_some(Self(tag))
    }

    /// As printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_survives_being_read_out_and_typed_in() {
        let case = CaseId::new(Uuid::from_u128(0x0192_0000_0000_7000_8000_0012_3456_789A));
        let tag = CaseTag::of(case);
        assert_eq!(tag.as_str().len(), 11);
        assert_eq!(CaseTag::read(&tag.as_str().to_lowercase()), Some(tag.clone()));
        assert_eq!(CaseTag::read(&tag.as_str()[3..]), Some(tag));
        assert_eq!(CaseTag::read("CC-12"), None);
        assert_eq!(CaseTag::read("CC-UUUUUUUU"), None);
    }
}
