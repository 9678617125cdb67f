//! Who pays, as far as the mails name it. The tables of the catalogue are Medicare's: for others they are a guide, and
//! the reply says so (guard rule G14).

use serde::{Deserialize, Serialize};

use super::Words;

/// A payer, or the kind of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// Traditional Medicare.
    Medicare,
    /// A Medicare Advantage plan.
    MedicareAdvantage,
    /// A state's Medicaid program, or a plan that runs it.
    Medicaid,
    /// A private plan.
    Commercial,
    /// TRICARE or the Department of Veterans Affairs.
    Federal,
    /// Workers' compensation or car insurance.
    Liability,
}

const ADVANTAGE: [&str; 5] = ["medicare advantage", "advantage plan", "ma plan", "medicare hmo", "medicare ppo"];
const MEDICAID: [&str; 4] = ["medicaid", "medi cal", "masshealth", "chip"];
const FEDERAL: [&str; 5] = ["tricare", "champva", "va community", "the va", "veterans"];
const LIABILITY: [&str; 9] = [
    "workers comp",
    "workers compensation",
    "work comp",
    "wc",
    "pip",
    "auto insurance",
    "car insurance",
    "no fault",
    "car crash",
];
const COMMERCIAL: [&str; 27] = [
    "aetna",
    "cigna",
    "humana",
    "anthem",
    "kaiser",
    "bcbs",
    "blue cross",
    "blue shield",
    "blue plan",
    "blues",
    "uhc",
    "united",
    "unitedhealthcare",
    "commercial",
    "ppo",
    "hmo",
    "employer plan",
    "self funded",
    "vsp",
    "health plan",
    "private insurance",
    "private plan",
    "marketplace",
    "molina",
    "centene",
    "oscar",
    "optum",
];
/// Words of Medicare alone.
const MEDICARE: [&str; 9] = ["medicare", "mac", "mcr", "part b", "part a", "cms", "noridian", "novitas", "opps"];

impl Payer {
    /// The one that is named; of several the one whose rules are asked about can not be told, and Medicare's come first
    /// only where no other is named.
    pub(super) fn read(words: &Words) -> Option<Self> {
        let order = [
            (Self::MedicareAdvantage, &ADVANTAGE[..]),
            (Self::Medicaid, &MEDICAID),
            (Self::Federal, &FEDERAL),
            (Self::Liability, &LIABILITY),
            (Self::Commercial, &COMMERCIAL),
            (Self::Medicare, &MEDICARE),
        ];
        let named_plan = words.find("health").is_some() && words.say(&["payer", "carrier", "insurer"]);
        let found = order.into_iter().find(|(_, names)| words.say(names)).map(|(payer, _)| payer);
        match found {
            // "Medicare and commercial plans": Medicare is what the tables can answer.
            Some(Self::Commercial) if words.say(&["medicare"]) => Some(Self::Medicare),
            None if named_plan => Some(Self::Commercial),
            other => other,
        }
    }

    /// Whether Medicare's tables are its own rules.
    #[must_use]
    pub const fn is_medicare(self) -> bool {
        matches!(self, Self::Medicare)
    }

    /// In a sentence: `a Medicaid program`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Medicare => "Medicare",
            Self::MedicareAdvantage => "a Medicare Advantage plan",
            Self::Medicaid => "a Medicaid program",
            Self::Commercial => "a private plan",
            Self::Federal => "TRICARE or the VA",
            Self::Liability => "workers' compensation or car insurance",
        }
    }
}
