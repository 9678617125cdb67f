//! What a word is to a biller: a visit's code, a drug's, a modifier, a reason of refusal. Blocks of codes, not single
//! meanings: whether a code exists is asked of the catalogue elsewhere.

use crate::domain::code::CodeSystem;

/// The roles, each a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Roles(u32);

impl Roles {
    pub(super) const NONE: Self = Self(0);
    pub(super) const CODE: Self = Self(1);
    pub(super) const VISIT: Self = Self(1 << 1);
    pub(super) const PROCEDURE: Self = Self(1 << 2);
    pub(super) const LAB: Self = Self(1 << 3);
    pub(super) const ANESTHESIA: Self = Self(1 << 4);
    pub(super) const DRUG: Self = Self(1 << 5);
    pub(super) const SUPPLY: Self = Self(1 << 6);
    pub(super) const TELE: Self = Self(1 << 7);
    pub(super) const PREVENTIVE: Self = Self(1 << 8);
    pub(super) const DX: Self = Self(1 << 9);
    pub(super) const PCS: Self = Self(1 << 10);
    pub(super) const DRG: Self = Self(1 << 11);
    pub(super) const NDC: Self = Self(1 << 12);
    pub(super) const MOD: Self = Self(1 << 13);
    pub(super) const AS: Self = Self(1 << 14);
    pub(super) const NUM: Self = Self(1 << 15);
    pub(super) const DATE: Self = Self(1 << 16);
    pub(super) const DENIAL: Self = Self(1 << 17);
    pub(super) const REMARK: Self = Self(1 << 18);

    /// As the lists of cues name them.
    pub(super) const NAMED: [(&'static str, Self); 19] = [
        ("CODE", Self::CODE),
        ("VISIT", Self::VISIT),
        ("PROCEDURE", Self::PROCEDURE),
        ("LAB", Self::LAB),
        ("ANESTHESIA", Self::ANESTHESIA),
        ("DRUG", Self::DRUG),
        ("SUPPLY", Self::SUPPLY),
        ("TELE", Self::TELE),
        ("PREVENTIVE", Self::PREVENTIVE),
        ("DX", Self::DX),
        ("PCS", Self::PCS),
        ("DRG", Self::DRG),
        ("NDC", Self::NDC),
        ("MOD", Self::MOD),
        ("AS", Self::AS),
        ("NUM", Self::NUM),
        ("DATE", Self::DATE),
        ("DENIAL", Self::DENIAL),
        ("REMARK", Self::REMARK),
    ];

    /// Codes of any system, by which a mail is about coding.
    pub(super) const ANY_CODE: Self =
        Self::CODE.with(Self::DX).with(Self::PCS).with(Self::DRG).with(Self::NDC).with(Self::DENIAL);

    /// What a word of these roles is, by the narrowest.
    pub(super) fn words(self) -> Option<&'static str> {
        let narrowest = Self::NAMED.into_iter().rev().find(|(_, role)| self.has(*role));
        narrowest.and_then(|(name, _)| Self::words_of(name))
    }

    /// What a word of that role is, for a reviewer; none when no role is called so.
    pub(super) fn words_of(name: &str) -> Option<&'static str> {
        Some(match name {
            "CODE" => "a code",
            "VISIT" => "a visit's code",
            "PROCEDURE" => "a procedure's code",
            "LAB" => "a laboratory code",
            "ANESTHESIA" => "an anesthesia code",
            "DRUG" => "a drug's code",
            "SUPPLY" => "a supply's code",
            "TELE" => "a telehealth code",
            "PREVENTIVE" => "a preventive code",
            "DX" => "a diagnosis",
            "PCS" => "an ICD-10-PCS code",
            "DRG" => "a DRG",
            "NDC" => "an NDC",
            "MOD" => "a modifier",
            "AS" => "modifier AS",
            "NUM" => "a number",
            "DATE" => "a day",
            "DENIAL" => "a denial code",
            "REMARK" => "a remark code",
            _ => return None,
        })
    }

    pub(super) const fn with(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    pub(super) const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Of a code that the extractor found.
    pub(super) fn of_code(system: CodeSystem, code: &str) -> Self {
        match system {
            CodeSystem::Cpt => of_cpt(code),
            CodeSystem::Hcpcs => of_hcpcs(code),
            CodeSystem::Icd10Cm | CodeSystem::Icd9Cm => Self::DX,
            CodeSystem::Icd10Pcs => Self::PCS,
            CodeSystem::MsDrg => Self::DRG,
            CodeSystem::Ndc => Self::NDC,
            // Which modifiers make a question about modifiers, `words` knows.
            CodeSystem::Modifier | CodeSystem::Revenue => Self::NONE,
        }
    }

    /// Of a word by its shape alone, in lower case: for what the extractor leaves to the reviewer.
    pub(super) fn of_shape(word: &str) -> Self {
        // No code is letters alone, as nearly every word of a mail is.
        if !word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Self::NONE;
        }
        let upper = word.to_ascii_uppercase();
        let bytes = upper.as_bytes();
        let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
        let is_cpt = bytes.len() == 5
            && bytes.iter().take(4).all(u8::is_ascii_digit)
            && bytes.get(4).is_some_and(|b| matches!(b, b'0'..=b'9' | b'F' | b'T' | b'U'));
        if is_cpt {
            return of_cpt(&upper);
        }
        match bytes.first() {
            Some(b'A'..=b'V') if bytes.len() == 5 && digits == 4 => of_hcpcs(&upper),
            Some(letter) if is_diagnosis(&upper) && *letter != b'U' => Self::DX,
            Some(first) if bytes.len() == 7 && is_pcs(bytes, *first) => Self::PCS,
            _ => Self::NONE,
        }
    }
}

/// CPT by its sections; the codes that Medicare lists as preventive among them.
fn of_cpt(code: &str) -> Roles {
    let Ok(number) = code.parse::<u32>() else { return Roles::CODE.with(Roles::PROCEDURE) };
    let role = match number {
        100..=1999 => Roles::ANESTHESIA,
        77063 | 77067 | 76706 | 71271 | 81528 | 77080 => Roles::PREVENTIVE.with(Roles::PROCEDURE),
        99381..=99397 => Roles::PREVENTIVE,
        99421..=99423 | 99441..=99443 | 98000..=98016 | 98966..=98972 => Roles::TELE,
        // Care that is counted by the month: no visit, and asked about like a procedure.
        99453..=99491 => Roles::PROCEDURE,
        92002..=92014 | 99202..=99499 => Roles::VISIT,
        90281..=90399 | 90476..=90759 => Roles::DRUG,
        80047..=89398 => Roles::LAB.with(Roles::PROCEDURE),
        _ => Roles::PROCEDURE,
    };
    Roles::CODE.with(role)
}

/// HCPCS Level II by its letters, with the codes of telehealth and prevention that stand among others.
fn of_hcpcs(code: &str) -> Roles {
    const TELE: &str = "G2012 G2010 G2251 G2252 G2025 Q3014 G0425 G0426 G0427 G0508 G0509";
    const PREVENTIVE: &str = "G0101 G0102 G0103 G0104 G0105 G0106 G0117 G0118 G0121 G0296 G0297 G0328 G0402 G0403 \
                              G0432 G0438 G0439 G0442 G0443 G0444 G0446 G0447 G0472 G0499 Q0091 S0610 S0612";
    let lists = |list: &str| list.split_whitespace().any(|one| one == code);
    let number = code.get(1..).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
    let role = match (code.as_bytes().first(), number) {
        _ if lists(TELE) => Roles::TELE,
        _ if lists(PREVENTIVE) => Roles::PREVENTIVE,
        (Some(b'J'), _)
        | (Some(b'Q'), 0..=999 | 2000..=2999 | 5000..=5999)
        | (Some(b'C'), 9000..)
        | (Some(b'A'), 9500..=9700) => Roles::DRUG,
        (Some(b'A' | b'E' | b'K' | b'L'), _) | (Some(b'V'), 2000..=2999) | (Some(b'Q'), 4000..=4400) => Roles::SUPPLY,
        (Some(b'C' | b'D' | b'G' | b'H' | b'M' | b'S' | b'T'), _) => Roles::PROCEDURE,
        _ => Roles::NONE,
    };
    Roles::CODE.with(role)
}

/// `E11`, `E11.9`, `O09.523`: a letter, a digit, a third character, and more only after a dot.
fn is_diagnosis(upper: &str) -> bool {
    let (head, tail) = upper.split_once('.').unwrap_or((upper, "0"));
    let shaped = matches!(head.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', third] if third.is_ascii_alphanumeric());
    shaped && (1..=4).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Seven characters of ICD-10-PCS: a section in use, two digits and a letter at least.
fn is_pcs(bytes: &[u8], first: u8) -> bool {
    matches!(first, b'0' | b'2'..=b'9' | b'B'..=b'D' | b'F'..=b'H' | b'X')
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'I' | b'O'))
        && bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 2
        && bytes.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_its_block_says() {
        for (word, role) in [
            ("99213", Roles::VISIT),
            ("20610", Roles::PROCEDURE),
            ("80053", Roles::LAB),
            ("00840", Roles::ANESTHESIA),
            ("99443", Roles::TELE),
            ("g0439", Roles::PREVENTIVE),
            ("j1885", Roles::DRUG),
            ("l1833", Roles::SUPPLY),
            ("e11.65", Roles::DX),
            ("0dtj4zz", Roles::PCS),
        ] {
            assert!(Roles::of_shape(word).has(role), "{word}");
        }
        for word in ["2026", "606144", "knee", "co97", "1234567"] {
            assert_eq!(Roles::of_shape(word), Roles::NONE, "{word}");
        }
        assert!(Roles::of_code(CodeSystem::MsDrg, "291").has(Roles::DRG));
    }
}
