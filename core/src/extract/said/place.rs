//! Where a service was given, by CMS's place-of-service set, and whose claim it is. `place_names` reads both.

use serde::{Deserialize, Serialize};

/// Where a service was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// A practitioner's office (POS 11).
    Office,
    /// A clinic, of whatever kind.
    Clinic,
    /// The patient's home (12).
    Home,
    /// By video, or telehealth without more said (02, 10).
    Telehealth,
    /// By telephone alone.
    Telephone,
    /// A hospital, the patient admitted (21).
    Inpatient,
    /// A hospital's outpatient department, on or off its campus (22, 19).
    OutpatientHospital,
    /// Outpatient, without saying where.
    Outpatient,
    /// A hospital, without saying whether the patient was admitted.
    Hospital,
    /// In observation, which is outpatient.
    Observation,
    /// An emergency department (23).
    Emergency,
    /// An ambulatory surgery center (24).
    SurgeryCenter,
    /// An urgent care facility (20).
    UrgentCare,
    /// A skilled nursing facility (31).
    SkilledNursing,
    /// A nursing facility (32).
    NursingFacility,
    /// An assisted living facility or group home (13, 14).
    AssistedLiving,
    /// A hospice (34).
    Hospice,
    /// An ambulance (41, 42).
    Ambulance,
    /// A dialysis facility (65).
    Dialysis,
    /// A health centre or rural clinic with its own rules (50, 72).
    HealthCenter,
    /// A laboratory (81).
    Laboratory,
    /// Another number of the set.
    Other,
}

/// A place of service, as named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceOfService {
    /// Where.
    pub setting: Setting,
    /// Its number in two digits, when the text writes it.
    pub pos: Option<String>,
}

/// Whose claim it is; PTP and MUE tables differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "claim", rename_all = "snake_case")]
pub enum ClaimSide {
    /// The practitioner's: CMS-1500, 837P.
    Practitioner,
    /// The facility's: UB-04, 837I.
    Facility,
}

impl Setting {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Clinic => "clinic",
            Self::Home => "home",
            Self::Telehealth => "telehealth",
            Self::Telephone => "telephone",
            Self::Inpatient => "inpatient hospital",
            Self::OutpatientHospital => "outpatient hospital",
            Self::Outpatient => "outpatient",
            Self::Hospital => "hospital",
            Self::Observation => "observation",
            Self::Emergency => "emergency department",
            Self::SurgeryCenter => "ambulatory surgery center",
            Self::UrgentCare => "urgent care",
            Self::SkilledNursing => "skilled nursing facility",
            Self::NursingFacility => "nursing facility",
            Self::AssistedLiving => "assisted living",
            Self::Hospice => "hospice",
            Self::Ambulance => "ambulance",
            Self::Dialysis => "dialysis facility",
            Self::HealthCenter => "health center or rural clinic",
            Self::Laboratory => "laboratory",
            Self::Other => "another place",
        }
    }

    /// By its number in CMS's set; none for a number that is not in use.
    #[must_use]
    pub fn of_pos(number: u8) -> Option<Self> {
        Some(match number {
            2 | 10 => Self::Telehealth,
            11 => Self::Office,
            12 => Self::Home,
            13 | 14 => Self::AssistedLiving,
            19 | 22 => Self::OutpatientHospital,
            20 => Self::UrgentCare,
            21 => Self::Inpatient,
            23 => Self::Emergency,
            24 => Self::SurgeryCenter,
            31 => Self::SkilledNursing,
            32 => Self::NursingFacility,
            34 => Self::Hospice,
            41 | 42 => Self::Ambulance,
            49 => Self::Clinic,
            50 | 71 | 72 => Self::HealthCenter,
            65 => Self::Dialysis,
            81 => Self::Laboratory,
            1 | 3..=9 | 15..=18 | 25..=27 | 33 | 51..=58 | 60..=62 | 66 | 99 => Self::Other,
            _ => return None,
        })
    }
}

impl ClaimSide {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner's claim",
            Self::Facility => "facility's claim",
        }
    }
}
