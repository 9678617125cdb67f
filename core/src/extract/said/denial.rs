//! Denial codes: claim adjustment reason codes (CARC) with their group, and remittance advice remark codes (RARC).
//! `denial_forms` reads them, [`super::reason`] knows what the most seen mean.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

/// Which list a denial code is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Why an amount was adjusted (X12 code list 139).
    Carc,
    /// What is remarked on it (X12 code list 411).
    Rarc,
}

/// Who is to bear the amount (X12 code list 974).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Group {
    /// The provider, by contract or rule: it may not be billed to the patient.
    Co,
    /// The patient.
    Pr,
    /// Neither: other reasons.
    Oa,
    /// The payer started it, outside a contract.
    Pi,
    /// A correction of an earlier decision.
    Cr,
}

/// One denial code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// Which list it is of.
    pub list: List,
    /// The group, when a reason code is written with one.
    pub group: Option<Group>,
    /// The code in capitals, without its group: `97`, `B7`, `N130`.
    pub code: String,
    /// The procedure that it stands by.
    pub line: Option<Code>,
}

impl Group {
    pub(super) fn read(letters: &str) -> Option<Self> {
        let groups = [("CO", Self::Co), ("PR", Self::Pr), ("OA", Self::Oa), ("PI", Self::Pi), ("CR", Self::Cr)];
        groups.into_iter().find(|(name, _)| letters.eq_ignore_ascii_case(name)).map(|(_, group)| group)
    }

    /// Its two letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Co => "CO",
            Self::Pr => "PR",
            Self::Oa => "OA",
            Self::Pi => "PI",
            Self::Cr => "CR",
        }
    }
}

impl Denial {
    /// `CO-97`, `97`, `N130`.
    #[must_use]
    pub fn written(&self) -> String {
        self.group.map_or_else(|| self.code.clone(), |group| format!("{}-{}", group.as_str(), self.code))
    }
}
