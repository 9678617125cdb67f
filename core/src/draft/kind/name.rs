//! The kinds of question, and the sorts of mail that ask none: stable names, and plain words for a reply.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a mail asks. The order is that of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// No coding question.
    K0,
    /// Which code for what was done.
    K1,
    /// Whether codes may stand together.
    K2,
    /// Which modifier, or whether one is right.
    K3,
    /// Why a claim was refused, or what to do about it.
    K4,
    /// How many units.
    K5,
    /// Which diagnosis, or whether it is covered.
    K6,
    /// What the package of an operation includes.
    K7,
    /// Whether a code still exists, and what follows it.
    K8,
    /// Which level of a visit.
    K9,
    /// Assistant, second surgeon, team.
    K10,
    /// Visits from afar.
    K11,
    /// The rule of a named payer.
    K12,
    /// A drug, supply or device.
    K13,
    /// Inpatient: DRG, ICD-10-PCS, present on admission.
    K14,
    /// Prevention: screening or diagnostic.
    K15,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Self; 16] = [
        Self::K0,
        Self::K1,
        Self::K2,
        Self::K3,
        Self::K4,
        Self::K5,
        Self::K6,
        Self::K7,
        Self::K8,
        Self::K9,
        Self::K10,
        Self::K11,
        Self::K12,
        Self::K13,
        Self::K14,
        Self::K15,
    ];

    /// The stable name: `K7`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::K0 => "K0",
            Self::K1 => "K1",
            Self::K2 => "K2",
            Self::K3 => "K3",
            Self::K4 => "K4",
            Self::K5 => "K5",
            Self::K6 => "K6",
            Self::K7 => "K7",
            Self::K8 => "K8",
            Self::K9 => "K9",
            Self::K10 => "K10",
            Self::K11 => "K11",
            Self::K12 => "K12",
            Self::K13 => "K13",
            Self::K14 => "K14",
            Self::K15 => "K15",
        }
    }

    /// What it is about, in words that fit after "about": `the global period`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::K0 => "something other than coding",
            Self::K1 => "which code fits what was done",
            Self::K2 => "whether codes may be billed together",
            Self::K3 => "modifiers",
            Self::K4 => "a refused claim",
            Self::K5 => "how many units",
            Self::K6 => "diagnosis codes and coverage",
            Self::K7 => "the global period",
            Self::K8 => "a code that ended or was replaced",
            Self::K9 => "the level of a visit",
            Self::K10 => "an assistant or a second surgeon",
            Self::K11 => "telehealth",
            Self::K12 => "a payer's own rule",
            Self::K13 => "a drug, supply or device",
            Self::K14 => "inpatient coding",
            Self::K15 => "screening and preventive services",
        }
    }

    /// The kind of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a mail without a coding question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A job offered or sought.
    Job,
    /// The asker's account, credits or invoice.
    Account,
    /// A complaint.
    Complaint,
    /// A patient, about a bill.
    Patient,
    /// Advertising, or worse.
    Spam,
    /// A newsletter.
    Newsletter,
    /// An absence, or a machine's receipt.
    Away,
    /// Thanks alone.
    Thanks,
    /// Meant for somebody else.
    Misdirected,
    /// None of these.
    Other,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Job,
        Self::Account,
        Self::Complaint,
        Self::Patient,
        Self::Spam,
        Self::Newsletter,
        Self::Away,
        Self::Thanks,
        Self::Misdirected,
        Self::Other,
    ];

    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Account => "account",
            Self::Complaint => "complaint",
            Self::Patient => "patient",
            Self::Spam => "spam",
            Self::Newsletter => "newsletter",
            Self::Away => "away",
            Self::Thanks => "thanks",
            Self::Misdirected => "misdirected",
            Self::Other => "other",
        }
    }

    /// For whoever finds the mail: `a patient writing about a bill`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Job => "about a job",
            Self::Account => "about the asker's account",
            Self::Complaint => "a complaint",
            Self::Patient => "a patient writing about a bill",
            Self::Spam => "advertising",
            Self::Newsletter => "a newsletter",
            Self::Away => "an automatic answer",
            Self::Thanks => "thanks, and no question",
            Self::Misdirected => "meant for somebody else",
            Self::Other => "no coding question",
        }
    }

    /// The sort of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_are_those_of_the_json() {
        for kind in Kind::ALL {
            assert_eq!(Kind::read(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        for sort in Sort::ALL {
            assert_eq!(Sort::read(sort.as_str()), Some(sort));
            assert_eq!(serde_json::to_value(sort).unwrap(), sort.as_str());
        }
        assert_eq!((Kind::read("K16"), Sort::read("")), (None, None));
    }
}
