//! Which codes a condition means: one code, a range, or all of one beginning. Written and compared without the dot, so
//! that `E11.9` and `E119` mean the same. Whether such codes exist is not asked here.

use std::fmt;

use super::shape;
use crate::domain::code::{Code, CodeSystem};

/// Codes, by how they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePattern {
    /// As the operator wrote it.
    written: String,
    means: Means,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Means {
    One(String),
    /// Both ends belong to it; they are of one length. `E08-E13` holds all that begins with them.
    Range(String, String),
    Prefix(String),
}

/// Why a text names no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Not letters, digits, dots and one hyphen or a star at the end.
    #[error("is no code: write a code (20610), a range (99202-99215) or a beginning (J18*)")]
    NoCode,
    /// Ends of different lengths.
    #[error("is no range: write both ends with as many characters")]
    Uneven,
    /// The end comes first.
    #[error("is no range: its end comes before its beginning")]
    Backwards,
}

impl CodePattern {
    /// Reads a code, a range or a beginning.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn read(text: &str) -> Result<Self, PatternError> {
        let means = match text.matches('-').count() {
            1 => {
                let (first, last) = text.split_once('-').unwrap_or((text, ""));
                let (first, last) = (bare(first), bare(last));
                if !is_code(&first) || !is_code(&last) {
                    return Err(PatternError::NoCode);
                }
                if first.len() != last.len() {
                    return Err(PatternError::Uneven);
                }
                if last < first {
                    return Err(PatternError::Backwards);
                }
                Means::Range(first, last)
            }
            _ => match text.strip_suffix('*') {
                Some(beginning) if is_code(&bare(beginning)) => Means::Prefix(bare(beginning)),
                // A drug code has two hyphens.
                None if bare(text).split('-').all(is_code) => Means::One(bare(text)),
                _ => return Err(PatternError::NoCode),
            },
        };
        Ok(Self { written: text.trim().to_owned(), means })
    }

    /// Whether it means this code.
    #[must_use]
    pub fn covers(&self, code: &Code) -> bool {
        let code = bare(code.as_str());
        match &self.means {
            Means::One(one) => *one == code,
            Means::Prefix(beginning) => code.starts_with(beginning.as_str()),
            Means::Range(first, last) => {
                let beginning = code.get(..last.len());
                beginning.is_some_and(|beginning| first.as_str() <= beginning && beginning <= last.as_str())
            }
        }
    }

    /// Whether a code of this system can be among them, by its form alone.
    #[must_use]
    pub fn can_be(&self, system: CodeSystem) -> bool {
        match &self.means {
            Means::One(one) => shape::is_whole(system, one),
            Means::Prefix(beginning) => shape::begins(system, beginning),
            Means::Range(first, last) => shape::begins(system, first) && shape::begins(system, last),
        }
    }
}

impl fmt::Display for CodePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Upper case, without dots and blanks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| *c != '.' && !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn is_code(bare: &str) -> bool {
    !bare.is_empty() && bare.len() <= 14 && bare.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn covers(pattern: &str, code: &str) -> bool {
        CodePattern::read(pattern).unwrap().covers(&Code::normal(CodeSystem::Icd10Cm, code))
    }

    #[test]
    fn a_code_a_range_and_a_beginning() {
        assert!(covers("e11.9", "E119") && !covers("E11.9", "E11.90"));
        assert!(covers("99202-99215", "99213") && !covers("99202-99215", "99221"));
        assert!(covers("E08-E13", "E13.65") && !covers("E08-E13", "E14"));
        assert!(covers("J18*", "J1885") && !covers("J18*", "J2001"));
        assert!(covers("0409-1412-04", "0409-1412-04"));
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        for (text, error) in [
            ("", PatternError::NoCode),
            ("*", PatternError::NoCode),
            ("9921?", PatternError::NoCode),
            ("99202 to 99215!", PatternError::NoCode),
            ("-99215", PatternError::NoCode),
            ("99215-99202", PatternError::Backwards),
            ("99202-215", PatternError::Uneven),
        ] {
            assert_eq!(CodePattern::read(text).unwrap_err(), error, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_and_no_code_make_it_fail(text in "\\PC{0,20}", code in "\\PC{0,12}") {
            if let Ok(pattern) = CodePattern::read(&text) {
                let code = Code::normal(CodeSystem::Hcpcs, &code);
                let _ = (pattern.covers(&code), pattern.can_be(CodeSystem::Cpt));
            }
        }
    }
}
