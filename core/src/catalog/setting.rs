//! Whose claims an edit binds. The edits of one setting say nothing about the other, so every look-up names one, or
//! both are shown.

use serde::{Deserialize, Serialize};

use super::calendar::words;

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

    /// The setting that the name of an NCCI file tells, in CMS's short words (`ccipra`, `ccioph`) or long ones.
    /// Medicaid's edits are a separate publication, and a name that says so tells none.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let letters: String = words(name).concat();
        let has = |word| letters.contains(word);
        match () {
            () if has("medicaid") || has("mcd") => None,
            () if has("ccipra") || has("practitioner") => Some(Self::Practitioner),
            () if has("ccioph") || has("outpatienthosp") => Some(Self::OutpatientHospital),
            () => None,
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

    #[test]
    fn file_names_tell_the_setting() {
        for (name, setting) in [
            ("ccipra-v323r0-f1.TXT", Some(Setting::Practitioner)),
            ("x/ccioph-v323r0-f2.xlsx", Some(Setting::OutpatientHospital)),
            ("medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f1.zip", Some(Setting::Practitioner)),
            ("MCR_MUE_OutpatientHospitalServices_Eff_04-01-2026.csv", Some(Setting::OutpatientHospital)),
            ("ncci-ptp-outpatient-hospital-2024q3.tsv.gz", Some(Setting::OutpatientHospital)),
            ("MCR_MUE_DMESupplierServices_Eff_04-01-2026.csv", None),
            ("MCD_MUE_PractitionerServices_Eff_04-01-2026.csv", None),
            ("edits.txt", None),
        ] {
            assert_eq!(Setting::of_file(name), setting, "{name}");
        }
    }
}
