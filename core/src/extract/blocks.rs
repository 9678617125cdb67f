//! Which blocks of codes are in use, so that a shape can be told from an accident: `B12` is a vitamin, since
//! ICD-10-CM has no category B12, and `K1234` is no HCPCS code, since nothing begins with `K12`.
//!
//! These tables are shape, not catalogue: they decide whether something looks like a code when no edition is at
//! hand. A code outside them is still found when the text calls it a code. Taken from the public releases of
//! ICD-10-CM FY2026 (CDC/NCHS), HCPCS Level II 2019 to 2025 and ICD-10-PCS FY2026 (CMS); they hold no titles.

use std::sync::LazyLock;

/// Two-digit blocks by first letter, as runs.
type Runs = &'static [(u8, &'static str)];

/// The first three characters of HCPCS Level II codes, terminated ones included.
const HCPCS: Runs = &[
    (b'A', "00-04 08-09 20 41-52 55 60-62 64-66 70 75 80 91-93 95-99"),
    (b'B', "40-42 50-52 90 99"),
    (b'C', "10 13 16-19 25-26 52 75 79-80 89-99"),
    (b'D', "01-99"),
    (b'E', "01-26 30 32 80"),
    (b'G', "00-06 09-10 20-22 30 40 60 81 83-99"),
    (b'H', "00 10 20"),
    (b'J', "01-35 70-77 79 84-87 89-94 96 99"),
    (b'K', "00-01 04-10"),
    (b'L', "01-02 04 06-14 16-43 46 50-77 79-80 83-87 99"),
    (b'M', "00-03 10-14"),
    (b'P', "20 30 70 90-91 96"),
    (b'Q', "00-02 04-05 10 20 30 40-43 50-51 90 99"),
    (b'R', "00"),
    (b'S', "00-06 08 10 20-24 29-30 36-40 49-51 54-55 80-84 89-95 98-99"),
    (b'T', "10 15 19-21 45 50 59"),
    (b'U', "00"),
    (b'V', "20-27 50-53"),
];

/// The categories of ICD-10-CM whose third character is a digit.
const DIAGNOSES: Runs = &[
    (b'A', "00-09 15 17-28 30-44 46 48-60 63-71 74-75 77-96 98-99"),
    (b'B', "00-10 15-20 25-27 30 33-60 64-83 85-92 94-97 99"),
    (b'C', "00-26 30-34 37-41 43-58 60-86 88 90-96"),
    (b'D', "00-07 09-53 55-78 80-84 86 89"),
    (b'E', "00-11 13 15-16 20-32 34-36 40-46 50-56 58-61 63-68 70-80 83-89"),
    (b'F', "01-07 09-25 28-34 39-45 48 50-55 59-60 63-66 68-73 78-82 84 88-91 93-95 98-99"),
    (b'G', "00-14 20-21 23-26 30-32 35-37 40 43-47 50-65 70-73 80-83 89-99"),
    (b'H', "00-02 04-05 10-11 15-18 20-22 25-28 30-36 40 42-44 46-47 49-55 57 59-62 65-75 80-83 90-95"),
    (b'I', "00-02 05-13 15-16 20-28 30-52 60-63 65-83 85-89 95-97 99"),
    (b'J', "00-06 09-18 20-22 30-45 47 60-70 80-82 84-86 90-96 98-99"),
    (b'K', "00-06 08-09 11-14 20-23 25-31 35-38 40-46 50-52 55-68 70-77 80-83 85-87 90-92 94-95"),
    (b'L', "00-05 08 10-14 20-30 40-45 49-60 62-68 70-76 80-95 97-99"),
    (b'M', "00-02 04-08 10-27 30-36 40-43 45-51 53-54 60-63 65-67 70-72 75-77 79-81 83-97 99"),
    (b'N', "00-08 10-23 25-37 39-53 60-65 70-77 80-99"),
    (b'O', "00-04 07-16 20-26 28-36 40-48 60-77 80 82 85-92 94 98-99"),
    (b'P', "00-05 07-15 19 22-29 35-39 50-61 70-72 74 76-78 80-81 83-84 90-96"),
    (b'Q', "00-07 10-18 20-28 30-45 50-56 60-87 89-93 95-99"),
    (b'R', "00-01 03-07 09-23 25-27 29-37 39-65 68-71 73-94 97 99"),
    (b'S', "00-17 19-99"),
    (b'T', "07 14-28 30-34 36-71 73-76 78-88"),
    (b'U', "07 09"),
    (b'V', "00-06 09-99"),
    (b'W', "00-01 03-40 42 44-46 49-62 64-65 67 69 73-74 85-86 88-90 92-94 99"),
    (b'X', "00-06 08 10-19 30-32 34-39 50 52 58 71-83 92-99"),
    (b'Y', "00-04 07-09 21-33 35-38 62-66 69-84 90 92-93 95 99"),
    (b'Z', "00-05 08-09 11-23 28-34 36-49 51-53 55-60 62-99"),
];

/// The categories whose third character is a letter.
const LETTERED_DIAGNOSES: [&[u8]; 10] =
    [b"C7A", b"C4A", b"I5A", b"C7B", b"M1A", b"D3A", b"O9A", b"J4A", b"I1A", b"Z3A"];

/// The categories whose second character is a letter.
const TWO_LETTERED_DIAGNOSES: [&[u8]; 1] = [b"QA0"];

/// The categories that are whole codes: nobody adds a dot to `I10`.
const WHOLE_DIAGNOSES: Runs = &[
    (b'A', "09 33-35 46 55 57-58 64-65 70 78 86 89-91 94 99"),
    (b'B', "03-04 09 20 49 54 59 64 72 75 79-80 86 89 91-92"),
    (b'C', "01 07 12 19-20 23 33 37 52 55 58 61 73"),
    (b'D', "34 45 62 65-67 71 77"),
    (b'E', "02 15 35 40-43 45-46 52 54 58-60 65 68"),
    (b'F', "04-05 09 21-24 28-29 39 54 59 66 69-73 79 82 88-89 99"),
    (b'G', "01-02 07-10 14 20 26 35 53 55 59 63-64 94"),
    (b'H', "22 28 32 42"),
    (b'I', "00 10 32 38-39 41 43 52 76 81 96"),
    (b'J', "00 13-14 17 22 36 40 42 60-61 64-65 80 90 99"),
    (b'K', "23 30 36-37 67 77 87"),
    (b'L', "00 14 22 26 42 45 52 54 62 80 83-84 86 88 99"),
    (b'N', "08 10 12 16 19 22-23 29 33 37 51 62-63 72 74 86 96"),
    (b'O', "68 76 80 82 85 94"),
    (b'P', "53 60 84 90 95"),
    (b'Q', "02"),
    (b'R', "05 12 17 21 32 34 37 42 52 54-55 58 61 64 69 75 81 99"),
    (b'Y', "09 66 69 95"),
    (b'Z', "08-09 20-21 23 66"),
];

/// The body systems (second character) of each section (first character) of ICD-10-PCS.
const PROCEDURE_TABLES: [(u8, &str); 17] = [
    (b'0', "0123456789BCDFGHJKLMNPQRSTUVWXY"),
    (b'1', "0"),
    (b'2', "WY"),
    (b'3', "0CE"),
    (b'4', "AB"),
    (b'5', "A"),
    (b'6', "A"),
    (b'7', "W"),
    (b'8', "CE"),
    (b'9', "W"),
    (b'B', "02345789BDFGHLNPQRTUVWY"),
    (b'C', "025789BDFGHPTVW"),
    (b'D', "02789BDFGHMPTUVW"),
    (b'F', "01"),
    (b'G', "Z"),
    (b'H', "Z"),
    (b'X', "02DFHKNRTWXY"),
];

/// One bit for each letter and two digits.
struct Blocks([[bool; 100]; 26]);

impl Blocks {
    fn of(runs: Runs) -> Self {
        let mut bits = [[false; 100]; 26];
        for &(letter, runs) in runs {
            let Some(row) = bits.get_mut(usize::from(letter.wrapping_sub(b'A'))) else { continue };
            for run in runs.split(' ') {
                let (first, last) = run.split_once('-').unwrap_or((run, run));
                let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else { continue };
                row.iter_mut().take(last + 1).skip(first).for_each(|bit| *bit = true);
            }
        }
        Self(bits)
    }

    fn holds(&self, code: &[u8]) -> bool {
        let [letter, tens, ones, ..] = code else { return false };
        if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
            return false;
        }
        let row = self.0.get(usize::from(letter.wrapping_sub(b'A')));
        let block = usize::from(tens - b'0') * 10 + usize::from(ones - b'0');
        row.and_then(|row| row.get(block)).copied().unwrap_or(false)
    }
}

static HCPCS_BLOCKS: LazyLock<Blocks> = LazyLock::new(|| Blocks::of(HCPCS));
static DIAGNOSIS_BLOCKS: LazyLock<Blocks> = LazyLock::new(|| Blocks::of(DIAGNOSES));
static WHOLE_BLOCKS: LazyLock<Blocks> = LazyLock::new(|| Blocks::of(WHOLE_DIAGNOSES));

/// Whether HCPCS codes begin with these three characters.
pub(super) fn has_hcpcs(code: &[u8]) -> bool {
    HCPCS_BLOCKS.holds(code)
}

/// Whether these three characters are a category of ICD-10-CM.
pub(super) fn has_diagnosis(code: &[u8]) -> bool {
    DIAGNOSIS_BLOCKS.holds(code)
        || code.get(..3).is_some_and(|category| LETTERED_DIAGNOSES.contains(&category))
        || begins_with_letters(code)
}

/// Whether these three characters, in any case, are a category of ICD-10-CM with a letter in second place.
pub(crate) fn begins_with_letters(code: &[u8]) -> bool {
    let listed = |category: &[u8]| TWO_LETTERED_DIAGNOSES.iter().any(|one| category.eq_ignore_ascii_case(one));
    code.get(..3).is_some_and(listed)
}

/// Whether this category is (or lately was) a code without further characters.
pub(super) fn is_whole_diagnosis(code: &[u8]) -> bool {
    code.len() == 3 && WHOLE_BLOCKS.holds(code)
}

/// Whether ICD-10-PCS has tables for these first two characters.
pub(super) fn has_procedure(code: &[u8]) -> bool {
    let [section, body_system, ..] = code else { return false };
    PROCEDURE_TABLES.iter().any(|(first, second)| first == section && second.as_bytes().contains(body_system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_in_use_are_told_from_accidents() {
        assert!(has_diagnosis(b"E11") && has_diagnosis(b"Z3A") && !has_diagnosis(b"B12") && !has_diagnosis(b"T12"));
        assert!(begins_with_letters(b"QA0") && begins_with_letters(b"qa00101") && has_diagnosis(b"QA0"));
        assert!(!begins_with_letters(b"QA1") && !begins_with_letters(b"QA") && !begins_with_letters(b"E11"));
        assert!(is_whole_diagnosis(b"I10") && !is_whole_diagnosis(b"E11") && !is_whole_diagnosis(b"I109"));
        assert!(has_hcpcs(b"J1885") && has_hcpcs(b"A9999") && !has_hcpcs(b"K1234") && !has_hcpcs(b"X1234"));
        assert!(has_procedure(b"0DTJ4ZZ") && !has_procedure(b"7ABC123"));
        assert!(!has_hcpcs(b"") && !has_diagnosis(b"E") && !has_procedure(b"0"));
    }
}
