//! Who pays: the kind of plan, its name, and the state when the name says it. `payer_names` reads them.

use serde::{Deserialize, Serialize};

use super::state::State;

/// What kind of plan pays; it decides whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayerKind {
    /// Traditional Medicare, and the contractors that pay for it.
    Medicare,
    /// A private plan in place of traditional Medicare.
    MedicareAdvantage,
    /// A state's Medicaid programme, or a plan for it.
    Medicaid,
    /// A private plan.
    Commercial,
    /// TRICARE.
    Tricare,
    /// The Department of Veterans Affairs.
    Va,
    /// Workers' compensation.
    WorkersComp,
    /// Motor vehicle insurance.
    Auto,
    /// The patient.
    SelfPay,
}

/// A payer, as named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// Which kind of plan.
    pub kind: PayerKind,
    /// Its common name: `Medicare`, `Noridian`, `UnitedHealthcare`, `Blue Cross Blue Shield`.
    pub name: String,
    /// The state, when the name says it.
    pub state: Option<State>,
}

impl PayerKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Medicare,
        Self::MedicareAdvantage,
        Self::Medicaid,
        Self::Commercial,
        Self::Tricare,
        Self::Va,
        Self::WorkersComp,
        Self::Auto,
        Self::SelfPay,
    ];

    /// The stable name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Medicare => "medicare",
            Self::MedicareAdvantage => "medicare_advantage",
            Self::Medicaid => "medicaid",
            Self::Commercial => "commercial",
            Self::Tricare => "tricare",
            Self::Va => "va",
            Self::WorkersComp => "workers_comp",
            Self::Auto => "auto",
            Self::SelfPay => "self_pay",
        }
    }

    /// The kind of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Medicare => "Medicare",
            Self::MedicareAdvantage => "Medicare Advantage",
            Self::Medicaid => "Medicaid",
            Self::Commercial => "commercial plan",
            Self::Tricare => "TRICARE",
            Self::Va => "Veterans Affairs",
            Self::WorkersComp => "workers' compensation",
            Self::Auto => "auto insurance",
            Self::SelfPay => "self-pay",
        }
    }

    /// In a sentence: `a Medicaid program`.
    #[must_use]
    pub const fn in_a_sentence(self) -> &'static str {
        match self {
            Self::Medicare => "Medicare",
            Self::MedicareAdvantage => "a Medicare Advantage plan",
            Self::Medicaid => "a Medicaid program",
            Self::Commercial => "a private plan",
            Self::Tricare => "TRICARE",
            Self::Va => "the VA",
            Self::WorkersComp => "workers' compensation",
            Self::Auto => "car insurance",
            Self::SelfPay => "the patient",
        }
    }

    /// Whether Medicare's tables are its own rules; for others they are a guide.
    #[must_use]
    pub const fn is_medicare(self) -> bool {
        matches!(self, Self::Medicare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_are_those_of_the_json() {
        for kind in PayerKind::ALL {
            assert_eq!(PayerKind::read(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
