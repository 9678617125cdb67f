//! A code as somebody typed it, read as every system that it can be of. Whether such a code exists is asked of the
//! catalogue and not here. Called wherever one code is looked up by hand.

use super::super::{
    layout::{icd9_code, icd10_code},
    procedure_code::ProcedureCode,
};
use crate::domain::code::{Code, CodeSystem};

/// The code, in each form in which a table may be keyed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// As typed, in capitals and without blanks around it.
    pub text: String,
    /// Set where it has the shape of a CPT or HCPCS Level II code.
    pub procedure: Option<ProcedureCode>,
    codes: Vec<(CodeSystem, Code)>,
}

impl Subject {
    /// Reads a text. One that has the shape of no code is read as a diagnosis, a procedure and a modifier, so that the
    /// answer can name what was searched.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim().to_ascii_uppercase();
        let procedure = ProcedureCode::read(text.as_bytes());
        let three_digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut systems: Vec<CodeSystem> = match procedure {
            Some(code) if code.system() == CodeSystem::Cpt => vec![CodeSystem::Cpt],
            // A letter and four digits may be a diagnosis without its dot, too.
            Some(_) => vec![CodeSystem::Hcpcs, CodeSystem::Icd10Cm],
            None if three_digits => vec![CodeSystem::MsDrg],
            None => [CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs, CodeSystem::Modifier]
                .into_iter()
                .filter(|system| *system != CodeSystem::Icd10Cm || !text.starts_with(|c: char| c.is_ascii_digit()))
                .collect(),
        };
        let old = old_diagnosis(&text);
        // A diagnosis is neither a procedure nor a modifier; where its dot stands tells the revision.
        if old.is_some() && procedure.is_none() && !three_digits {
            systems.retain(|system| *system == CodeSystem::Icd10Cm && icd10_code::diagnosis(&text).is_some());
        }
        let mut codes: Vec<(CodeSystem, Code)> =
            systems.into_iter().map(|system| (system, Code::normal(system, &text))).collect();
        codes.extend(old.map(|code| (CodeSystem::Icd9Cm, code)));
        Self { text, procedure, codes }
    }

    /// The systems that it can be of, each with its normal form there.
    #[must_use]
    pub fn codes(&self) -> &[(CodeSystem, Code)] {
        &self.codes
    }

    /// Its normal form in a system; none when it cannot be of that.
    #[must_use]
    pub fn in_system(&self, system: CodeSystem) -> Option<&Code> {
        self.codes.iter().find(|(of, _)| *of == system).map(|(_, code)| code)
    }

    /// Its normal form as an ICD-10-CM diagnosis, where it has the shape of one.
    #[must_use]
    pub fn diagnosis(&self) -> Option<&Code> {
        self.in_system(CodeSystem::Icd10Cm).filter(|_| icd10_code::diagnosis(&self.text).is_some())
    }

    /// The keys under which tables may say something of it, each once.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.codes.iter().map(|(_, code)| code.to_string()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// An ICD-9-CM diagnosis: with its dot, or too short to be a CPT code; an E code is one of 800 to 999.
fn old_diagnosis(text: &str) -> Option<Code> {
    let bare: String = text.chars().filter(|c| *c != '.').collect();
    let code = icd9_code::diagnosis(bare.as_bytes())?;
    let as_written = text.contains('.').then_some(text).is_none_or(|text| text == code.as_str());
    let letter = text.starts_with(|c: char| c.is_ascii_uppercase());
    let e_code = !text.starts_with('E') || text.starts_with("E8") || text.starts_with("E9");
    (as_written && e_code && (letter || text.contains('.') || bare.len() < 5)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_every_system_that_it_can_be_of() {
        for (text, expected) in [
            ("99213", "CPT 99213"),
            ("0001u", "CPT 0001U"),
            ("j1885", "HCPCS J1885, ICD10CM J18.85"),
            ("E8800", "HCPCS E8800, ICD10CM E88.00, ICD9 E880.0"),
            ("E11.9", "ICD10CM E11.9, ICD10PCS E11.9, MODIFIER E11.9"),
            ("V12.00", "ICD10CM V12.00, ICD9 V12.00"),
            ("E880.0", "ICD9 E880.0"),
            ("250.00", "ICD9 250.00"),
            ("0010", "ICD9 001.0"),
            ("470", "DRG 470, ICD9 470"),
            ("0DTJ4ZZ", "ICD10PCS 0DTJ4ZZ, MODIFIER 0DTJ4ZZ"),
            ("25", "ICD10PCS 25, MODIFIER 25"),
        ] {
            let subject = Subject::read(text);
            let told: Vec<String> =
                subject.codes().iter().map(|(system, code)| format!("{} {code}", system.as_str())).collect();
            assert_eq!(told.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn a_diagnosis_has_the_shape_of_one() {
        assert_eq!(Subject::read("i5023").diagnosis().map(Code::as_str), Some("I50.23"));
        assert_eq!(Subject::read("99213").diagnosis(), None);
        assert_eq!(Subject::read("xy").diagnosis(), None);
        assert_eq!(Subject::read("V1200").keys(), ["V12.00", "V1200"]);
    }
}
