//! A range of diagnosis codes as the conversion table writes it: `H35.20-H35.23`, `S06.890A-S06.899A`, `T15-T19`.
//!
//! Which codes lie in it is told by their characters. Where the ends have a 7th character each, it is the stems that
//! range, and the 7th characters by themselves: `S06.890A-S06.899A` has no code that ends in D.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::icd10_code::diagnosis;
use crate::domain::code::Code;

/// A range, or a single code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRange {
    /// The first.
    pub from: Code,
    /// The last; all that begin with it belong to the range too.
    pub to: Code,
}

impl CodeRange {
    /// Reads `A-B`, or a code alone. None where it is neither, or runs backwards.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = match text.split_once('-') {
            Some((from, to)) => (diagnosis(from.trim())?, diagnosis(to.trim())?),
            None => (diagnosis(text.trim())?, diagnosis(text.trim())?),
        };
        (from <= to).then_some(Self { from, to })
    }

    /// Whether a code lies in it.
    #[must_use]
    pub fn holds(&self, code: &Code) -> bool {
        let within = |from: &str, to: &str, code: &str| from <= code && (code <= to || code.starts_with(to));
        let (from, to, code) = (bare(&self.from), bare(&self.to), bare(code));
        match (seventh(&from), seventh(&to), seventh(&code)) {
            (Some((from, first)), Some((to, last)), Some((code, character))) => {
                within(from, to, code) && first <= character && character <= last
            }
            _ => within(&from, &to, &code),
        }
    }

    /// The categories that it goes through; none where they cannot be counted.
    #[must_use]
    pub fn categories(&self) -> Vec<Code> {
        let number = |code: &Code| -> Option<(char, u32)> {
            let letter = code.as_str().chars().next()?;
            Some((letter, code.as_str().get(1..3)?.parse().ok()?))
        };
        let (first, last) = (category(&self.from), category(&self.to));
        if first == last {
            return first.into_iter().collect();
        }
        match (number(&self.from), number(&self.to)) {
            (Some((one, from)), Some((other, to))) if one == other => {
                (from..=to).filter_map(|n| diagnosis(&format!("{one}{n:02}"))).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for CodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to { write!(f, "{}", self.from) } else { write!(f, "{}-{}", self.from, self.to) }
    }
}

/// The category of a code.
#[must_use]
pub fn category(code: &Code) -> Option<Code> {
    diagnosis(code.as_str().get(..3)?)
}

fn bare(code: &Code) -> String {
    code.as_str().chars().filter(|c| *c != '.').collect()
}

/// The stem and the 7th character of a code that has one.
fn seventh(bare: &str) -> Option<(&str, char)> {
    let stem = bare.get(..6)?;
    bare.get(6..)?.chars().next().map(|character| (stem, character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::CodeSystem;

    fn holds(range: &str, code: &str) -> bool {
        CodeRange::read(range).expect(range).holds(&Code::normal(CodeSystem::Icd10Cm, code))
    }

    #[test]
    fn a_code_lies_in_a_range_by_its_characters() {
        for (range, within, outside) in [
            ("H35.20-H35.23", &["H35.20", "H35.21", "H35.23"][..], &["H35.2", "H35.24", "H36"][..]),
            ("I10-I15.9", &["I10", "I11.0", "I15.9"], &["I16", "I09"]),
            ("T15-T19", &["T15.00XA", "T19.9XXS"], &["T14.8", "T20.00XA"]),
            ("S06.890A-S06.899A", &["S06.890A", "S06.894A"], &["S06.894D", "S06.9X0A"]),
            ("S06.890D-S06.899S", &["S06.890D", "S06.894S"], &["S06.894A"]),
            ("A00.1", &["A00.1"], &["A00.2", "A00"]),
        ] {
            for code in within {
                assert!(holds(range, code), "{code} in {range}");
            }
            for code in outside {
                assert!(!holds(range, code), "{code} not in {range}");
            }
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "-", "A00-", "R11-", "H35.23-H35.20", "I63.-", "A00-B", "Codes in A00"] {
            assert_eq!(CodeRange::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_categories_of_a_range_are_counted() {
        let categories = |range: &str| {
            let codes = CodeRange::read(range).expect(range).categories();
            codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(categories("T15-T19"), "T15 T16 T17 T18 T19");
        assert_eq!(categories("C4A.0-C4A.9"), "C4A");
        assert_eq!(categories("C43-C4A"), "", "a letter cannot be counted to");
        assert_eq!(categories("I10-J11"), "");
    }
}
