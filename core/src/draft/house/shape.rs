//! What the codes of a system look like, letter by letter. It tells an operator that no CPT code begins with E11; whether
//! a code exists is the catalogue's to say.

use crate::domain::code::CodeSystem;

/// Places of a code, and the fewest that a whole one has. `9` a digit, `A` a letter, `*` either, `H` A to V, `L` a digit or
/// the letter of a CPT category, `P` a character of ICD-10-PCS, `N` a digit or hyphen; other letters themselves.
type Shape = (&'static str, usize);

const fn shapes(system: CodeSystem) -> &'static [Shape] {
    match system {
        CodeSystem::Cpt => &[("9999L", 5)],
        CodeSystem::Hcpcs => &[("H9999", 5)],
        CodeSystem::Icd10Cm => &[("A******", 3)],
        CodeSystem::Icd10Pcs => &[("PPPPPPP", 7)],
        CodeSystem::Icd9Cm => &[("99999", 3), ("V9999", 3), ("E9999", 4)],
        CodeSystem::Modifier => &[("**", 2)],
        CodeSystem::MsDrg => &[("999", 3)],
        CodeSystem::Revenue => &[("9999", 4)],
        CodeSystem::Ndc => &[("NNNNNNNNNNNNNN", 10)],
    }
}

/// Whether a code of the system can be written so; without its dot, in upper case.
pub(super) fn is_whole(system: CodeSystem, bare: &str) -> bool {
    shapes(system).iter().any(|(places, fewest)| bare.len() >= *fewest && fits(places, bare))
}

/// Whether a code of the system can begin so.
pub(super) fn begins(system: CodeSystem, bare: &str) -> bool {
    shapes(system).iter().any(|(places, _)| fits(places, bare))
}

fn fits(places: &str, bare: &str) -> bool {
    bare.len() <= places.len() && places.bytes().zip(bare.bytes()).all(|(place, byte)| fits_at(place, byte))
}

fn fits_at(place: u8, byte: u8) -> bool {
    match place {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase(),
        b'*' => byte.is_ascii_alphanumeric(),
        b'H' => matches!(byte, b'A'..=b'V'),
        b'L' => byte.is_ascii_digit() || b"FTUMA".contains(&byte),
        b'P' => byte.is_ascii_digit() || byte.is_ascii_uppercase() && byte != b'I' && byte != b'O',
        b'N' => byte.is_ascii_digit() || byte == b'-',
        other => byte == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_codes_of_its_own_form() {
        use CodeSystem::{Cpt, Hcpcs, Icd9Cm, Icd10Cm, Icd10Pcs, Modifier, MsDrg, Ndc, Revenue};
        let all = [
            (Cpt, "0001U", "J1885"),
            (Hcpcs, "J1885", "99213"),
            (Icd10Cm, "E119", "99213"),
            (Icd10Pcs, "0DTJ4ZZ", "0DTJ4ZI"),
            (Icd9Cm, "E8498", "E1"),
            (Modifier, "RT", "RTX"),
            (MsDrg, "470", "47"),
            (Revenue, "0450", "450"),
            (Ndc, "0409-1412-04", "E119"),
        ];
        for (system, code, other) in all {
            assert!(is_whole(system, code) && begins(system, &code[..2]), "{system} {code}");
            assert!(!is_whole(system, other), "{system} {other}");
        }
        assert!(begins(Cpt, "992") && !is_whole(Cpt, "992") && !begins(Cpt, "E11"));
    }
}
