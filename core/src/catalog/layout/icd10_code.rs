//! The shape of ICD-10 codes, as the published files write them: some with the dot, some without.

use crate::domain::code::{Code, CodeSystem};

/// Whether `bare`, which has no dot, has the shape of a code or header.
///
/// ICD-10-CM: a letter, then two to six letters or digits. (Since fiscal year 2026 the second may be a letter, as in
/// QA0.) ICD-10-PCS: three characters for a header, seven for a code, never I or O.
pub(super) fn has_shape(system: CodeSystem, bare: &str) -> bool {
    let bytes = bare.as_bytes();
    let capital_or_digit = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    match (system, bytes) {
        (CodeSystem::Icd10Cm, [first, rest @ ..]) => {
            first.is_ascii_uppercase() && (2..=6).contains(&rest.len()) && rest.iter().all(capital_or_digit)
        }
        (CodeSystem::Icd10Pcs, _) => {
            matches!(bytes.len(), 3 | 7)
                && bytes.iter().all(|byte| capital_or_digit(byte) && !matches!(byte, b'I' | b'O'))
        }
        _ => false,
    }
}

/// A diagnosis with its dot (`A00.0`, `A00`) or without (`A000`); none for anything else.
pub(in crate::catalog) fn diagnosis(text: &str) -> Option<Code> {
    let system = CodeSystem::Icd10Cm;
    let bare = match text.split_once('.') {
        Some((category, rest)) if category.len() == 3 && !rest.is_empty() => [category, rest].concat(),
        Some(_) => return None,
        None => text.to_owned(),
    };
    has_shape(system, &bare).then(|| Code::normal(system, &bare))
}

/// The same of a cell.
pub(super) fn diagnosis_in(cell: &[u8]) -> Option<Code> {
    std::str::from_utf8(cell).ok().and_then(diagnosis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnoses_are_read_with_and_without_their_dot() {
        for (text, expected) in [
            ("A00", Some("A00")),
            ("A00.0", Some("A00.0")),
            ("A000", Some("A00.0")),
            ("S72.001A", Some("S72.001A")),
            ("C7A.010", Some("C7A.010")),
            ("QA0.1", Some("QA0.1")),
            ("A0", None),
            ("A00.", None),
            ("A0.00", None),
            ("A00.00.0", None),
            ("a00.0", None),
            ("A00.00000", None),
            ("00100", None),
            ("\u{c4}00", None),
            ("", None),
        ] {
            assert_eq!(diagnosis(text).as_ref().map(Code::as_str), expected, "{text}");
        }
    }
}
