//! The shape of ICD-9-CM diagnoses, as the crosswalks write them: without the dot.

use crate::domain::code::{Code, CodeSystem};

/// A diagnosis without its dot, which stands after three characters, or four of an E code. CMS has written its
/// letter small once. None when it is none.
#[must_use]
pub(in crate::catalog) fn diagnosis(bytes: &[u8]) -> Option<Code> {
    let (stem, letters) = match bytes.first()? {
        b'E' | b'e' => (4, 1),
        b'V' | b'v' => (3, 1),
        _ => (3, 0),
    };
    let digits = bytes.get(letters..)?.iter().all(u8::is_ascii_digit);
    if !digits || !(stem..=5).contains(&bytes.len()) {
        return None;
    }
    let (stem, rest) = std::str::from_utf8(bytes).ok()?.split_at_checked(stem)?;
    let dotted = if rest.is_empty() { stem.to_owned() } else { format!("{stem}.{rest}") };
    Some(Code::normal(CodeSystem::Icd9Cm, &dotted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_put_where_people_write_them() {
        for (text, expected) in [
            ("0010", Some("001.0")),
            ("25000", Some("250.00")),
            ("042", Some("042")),
            ("V1200", Some("V12.00")),
            ("v5889", Some("V58.89")),
            ("E8800", Some("E880.0")),
            ("E880", Some("E880")),
            ("A000", None),
            ("00", None),
            ("E88", None),
        ] {
            assert_eq!(diagnosis(text.as_bytes()).as_ref().map(Code::as_str), expected, "{text}");
        }
    }
}
