//! Code systems, and codes in the one form in which they are compared, stored and printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The code systems that a case mail speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CodeSystem {
    /// AMA CPT: category I, II (`F`), III (`T`), PLA (`U`) and MAAA/administration (`M`, `A`) codes.
    #[serde(rename = "CPT")]
    Cpt,
    /// HCPCS Level II: a letter and four digits.
    #[serde(rename = "HCPCS")]
    Hcpcs,
    /// ICD-10-CM diagnoses, printed with the dot.
    #[serde(rename = "ICD10CM")]
    Icd10Cm,
    /// ICD-10-PCS procedures: seven characters, never I or O, never a dot.
    #[serde(rename = "ICD10PCS")]
    Icd10Pcs,
    /// ICD-9-CM, for dates of service before 1 October 2015.
    #[serde(rename = "ICD9")]
    Icd9Cm,
    /// A CPT or HCPCS modifier that stands alone.
    #[serde(rename = "MODIFIER")]
    Modifier,
    /// A Medicare severity diagnosis-related group: three digits.
    #[serde(rename = "DRG")]
    MsDrg,
    /// A UB-04 revenue code: four digits.
    #[serde(rename = "REV")]
    Revenue,
    /// A national drug code.
    #[serde(rename = "NDC")]
    Ndc,
}

impl CodeSystem {
    /// All of them, in the order in which tables list them.
    pub const ALL: [Self; 9] = [
        Self::Cpt,
        Self::Hcpcs,
        Self::Icd10Cm,
        Self::Icd10Pcs,
        Self::Icd9Cm,
        Self::Modifier,
        Self::MsDrg,
        Self::Revenue,
        Self::Ndc,
    ];

    /// The stable name, as in JSON and in rows: `CPT`, `HCPCS`, `ICD10CM`, `ICD10PCS`, `ICD9`, `MODIFIER`,
    /// `DRG`, `REV`, `NDC`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cpt => "CPT",
            Self::Hcpcs => "HCPCS",
            Self::Icd10Cm => "ICD10CM",
            Self::Icd10Pcs => "ICD10PCS",
            Self::Icd9Cm => "ICD9",
            Self::Modifier => "MODIFIER",
            Self::MsDrg => "DRG",
            Self::Revenue => "REV",
            Self::Ndc => "NDC",
        }
    }

    /// The name that people use: `ICD-10-CM`, `HCPCS Level II`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cpt => "CPT",
            Self::Hcpcs => "HCPCS Level II",
            Self::Icd10Cm => "ICD-10-CM",
            Self::Icd10Pcs => "ICD-10-PCS",
            Self::Icd9Cm => "ICD-9-CM",
            Self::Modifier => "Modifier",
            Self::MsDrg => "MS-DRG",
            Self::Revenue => "Revenue code",
            Self::Ndc => "NDC",
        }
    }

    /// The system of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// A code in its normal form: upper case, ICD-10-CM with its dot (`E11.9`), PCS without, a range as `A-B`.
///
/// A code is text in every table and file: `00100`, `0001U` and `E10` are never numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// The normal form of `text` in `system`. It does not ask whether such a code exists.
    #[must_use]
    pub fn normal(system: CodeSystem, text: &str) -> Self {
        // Most texts are in normal form already but for the dot, and this is asked for every code of a mail.
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase());
        if plain && system == CodeSystem::Icd10Cm && !text.contains('.') && text.len() > 3 {
            return Self([&text[..3], ".", &text[3..]].concat());
        }
        if plain && system != CodeSystem::Icd10Cm {
            return Self(text.to_owned());
        }
        let upper: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        match system {
            CodeSystem::Icd10Cm => {
                let bare: String = upper.chars().filter(|c| *c != '.').collect();
                match bare.char_indices().nth(3) {
                    Some((at, _)) => Self(format!("{}.{}", &bare[..at], &bare[at..])),
                    None => Self(bare),
                }
            }
            _ => Self(upper),
        }
    }

    /// A range of two codes of one system, `A-B`.
    #[must_use]
    pub fn range(first: &Self, last: &Self) -> Self {
        Self(format!("{}-{}", first.0, last.0))
    }

    /// As printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ends of a range, when this is one. No single code holds a hyphen, but NDCs do: ask with the system.
    #[must_use]
    pub fn ends(&self, system: CodeSystem) -> Option<(Self, Self)> {
        if system == CodeSystem::Ndc {
            return None;
        }
        let (first, last) = self.0.split_once('-')?;
        Some((Self(first.to_owned()), Self(last.to_owned())))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A two-character modifier, upper case: `25`, `RT`, `JW`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Modifier([u8; 2]);

/// A text that is not two letters or digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a modifier: two letters or digits are needed")]
pub struct NotAModifier;

impl Modifier {
    /// Reads two ASCII letters or digits.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, NotAModifier> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotAModifier),
        }
    }

    /// Its two characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl TryFrom<String> for Modifier {
    type Error = NotAModifier;

    fn try_from(text: String) -> Result<Self, NotAModifier> {
        Self::parse(&text)
    }
}

impl From<Modifier> for String {
    fn from(modifier: Modifier) -> Self {
        modifier.as_str().to_owned()
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnosis_gets_its_dot_and_a_procedure_none() {
        for (system, text, normal) in [
            (CodeSystem::Icd10Cm, "e119", "E11.9"),
            (CodeSystem::Icd10Cm, "E11. 621", "E11.621"),
            (CodeSystem::Icd10Cm, "I10", "I10"),
            (CodeSystem::Icd10Pcs, "0dtj4zz", "0DTJ4ZZ"),
            (CodeSystem::Cpt, "0001u", "0001U"),
        ] {
            assert_eq!(Code::normal(system, text).as_str(), normal);
        }
    }

    #[test]
    fn a_range_has_ends_and_a_drug_code_has_none() {
        let range = Code::range(&Code::normal(CodeSystem::Cpt, "99202"), &Code::normal(CodeSystem::Cpt, "99205"));
        assert_eq!(range.as_str(), "99202-99205");
        assert!(range.ends(CodeSystem::Cpt).is_some());
        assert!(Code::normal(CodeSystem::Ndc, "0409-1412-04").ends(CodeSystem::Ndc).is_none());
    }

    #[test]
    fn every_system_is_found_by_its_stable_name() {
        for system in CodeSystem::ALL {
            assert_eq!(CodeSystem::read(system.as_str()), Some(system));
        }
    }
}
