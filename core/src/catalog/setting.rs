//! Whose claims an edit binds. The edits of one setting say nothing about the other, so every look-up names one, or
//! both are shown.

use serde::{Deserialize, Serialize};

/// Whose claims an NCCI procedure-to-procedure edit binds (CMS, NCCI policy manual, chapter I).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Practitioners and ambulatory surgical centres.
    Practitioner,
    /// Outpatient hospital services.
    OutpatientHospital,
}

impl Setting {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Practitioner, Self::OutpatientHospital];

    /// As people write it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::OutpatientHospital => "outpatient hospital",
        }
    }

    /// As the command line and addresses write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::OutpatientHospital => "outpatient-hospital",
        }
    }

    /// The setting of that name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let name = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        match name.as_str() {
            "practitioner" | "professional" | "physician" => Some(Self::Practitioner),
            "outpatient-hospital" | "outpatient" | "hospital" | "facility" => Some(Self::OutpatientHospital),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_people_write_it() {
        assert_eq!(Setting::read("Outpatient hospital"), Some(Setting::OutpatientHospital));
        assert_eq!(Setting::read("professional"), Some(Setting::Practitioner));
        assert_eq!(Setting::read("inpatient"), None);
    }
}
