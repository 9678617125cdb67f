//! The payment policy indicators of the physician fee schedule (CMS, "National Physician Fee Schedule Relative Value
//! File", attachment A). Used by [`super::pfs_relative_value`] and [`super::pfs_amount`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Names the values of an indicator with what CMS writes for each. What a value's documentation says is what people are
/// told of it, so that the two never differ.
macro_rules! indicator {
    ($(#[$about:meta])* $name:ident { $($(#[doc = $meaning:literal])+ $value:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $meaning])+ $value,)+
        }

        impl $name {
            /// All values.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// The value that CMS writes so. It is text: `000` is not `0`.
            #[must_use]
            pub fn read(bytes: &[u8]) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str().as_bytes() == bytes)
            }

            /// As CMS writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }

            /// What it means, in words.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                let sentence = match self {
                    $(Self::$value => concat!($($meaning),+),)+
                };
                sentence.trim().trim_end_matches('.')
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::read(text.as_bytes())
                    .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no such indicator")))
            }
        }
    };
}

indicator! {
    /// How Medicare treats a code.
    StatusCode {
        /// Paid separately when covered.
        Active = "A",
        /// Always bundled into other services.
        Bundled = "B",
        /// Priced by the contractor.
        ContractorPriced = "C",
        /// Deleted at the start of the year.
        Deleted = "D",
        /// Excluded from the fee schedule by regulation.
        ExcludedByRegulation = "E",
        /// Deleted or discontinued without a grace period.
        Discontinued = "F",
        /// Not valid for Medicare, within a grace period of 90 days.
        NotValidWithGrace = "G",
        /// Deleted modifier.
        DeletedModifier = "H",
        /// Not valid for Medicare; another code is used.
        NotValid = "I",
        /// Anesthesia service, paid by base units and time.
        Anesthesia = "J",
        /// Measurement code, for reporting only.
        Measurement = "M",
        /// Not covered.
        NonCovered = "N",
        /// Bundled or excluded.
        BundledOrExcluded = "P",
        /// Functional information of therapy, for reporting only.
        TherapyInformation = "Q",
        /// Restricted coverage, with special instructions.
        Restricted = "R",
        /// Paid only when no other service is billed on that day by that provider.
        OnlyWithoutOther = "T",
        /// Excluded by statute; not in the fee schedule's definition of physician services.
        StatutoryExclusion = "X",
    }
}

indicator! {
    /// Professional and technical component.
    ComponentIndicator {
        /// Physician service; the components do not apply.
        PhysicianService = "0",
        /// Diagnostic test or radiology service with both components.
        DiagnosticTest = "1",
        /// Professional component only.
        ProfessionalOnly = "2",
        /// Technical component only.
        TechnicalOnly = "3",
        /// Global test only.
        GlobalTestOnly = "4",
        /// Incident to a physician's service.
        IncidentTo = "5",
        /// Interpretation of a laboratory test by a physician.
        LaboratoryInterpretation = "6",
        /// Therapy service for which no payment is made.
        TherapyService = "7",
        /// Interpretation by a physician.
        PhysicianInterpretation = "8",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// The global surgical package: which days around a procedure its payment covers.
    GlobalDays {
        /// The day of the procedure alone: endoscopic or minor.
        SameDay = "000",
        /// The day and ten days after it: minor.
        TenDays = "010",
        /// One day before, the day, and ninety days after it: major.
        NinetyDays = "090",
        /// Maternity; the usual global period does not apply.
        Maternity = "MMM",
        /// The global concept does not apply.
        NotApplicable = "XXX",
        /// The contractor decides.
        ContractorDecides = "YYY",
        /// Related to another service and part of its global period.
        WithOtherService = "ZZZ",
    }
}

indicator! {
    /// What is paid for a second procedure on the same day.
    MultipleProcedure {
        /// No reduction.
        None = "0",
        /// The standard reduction as before 1995.
        StandardBefore1995 = "1",
        /// The standard reduction: 100, 50, 50, 50, 50 percent.
        Standard = "2",
        /// The rules for endoscopies of one family; the endoscopic base code is the family.
        Endoscopy = "3",
        /// The rules for diagnostic imaging of one family.
        DiagnosticImaging = "4",
        /// The reduction for therapy services.
        Therapy = "5",
        /// The reduction for diagnostic cardiovascular services.
        Cardiovascular = "6",
        /// The reduction for diagnostic ophthalmology services.
        Ophthalmology = "7",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// What is paid when it is done on both sides.
    Bilateral {
        /// The 150 percent rule does not apply: the code's anatomy or words rule it out.
        NotAllowed = "0",
        /// 150 percent.
        OneAndAHalf = "1",
        /// The values are for both sides already.
        AlreadyBilateral = "2",
        /// Each side is paid in full.
        EachSide = "3",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// Whether an assistant at surgery is paid.
    AssistantAtSurgery {
        /// Only with documentation of medical necessity.
        WithDocumentation = "0",
        /// Never, by statute.
        NotPaid = "1",
        /// May be paid.
        Paid = "2",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// Whether two surgeons of different specialties are paid.
    CoSurgeons {
        /// Not permitted.
        NotPermitted = "0",
        /// With documentation of medical necessity.
        WithDocumentation = "1",
        /// Permitted, without documentation where the specialties differ.
        Permitted = "2",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// Whether a team of surgeons is paid.
    TeamSurgery {
        /// Not permitted.
        NotPermitted = "0",
        /// With documentation of medical necessity, by report.
        WithDocumentation = "1",
        /// Permitted, by report.
        Permitted = "2",
        /// Not applicable.
        NotApplicable = "9",
    }
}

indicator! {
    /// Which supervision by a physician a diagnostic test needs.
    Supervision {
        /// General.
        General = "01",
        /// Direct.
        Direct = "02",
        /// Personal.
        Personal = "03",
        /// None when furnished by a qualified psychologist; otherwise general.
        Psychologist = "04",
        /// None when furnished by a qualified audiologist; otherwise direct.
        Audiologist = "05",
        /// Performed by a physician, or by a physical therapist certified in electrophysiology.
        CertifiedTherapist = "06",
        /// The concept does not apply.
        NotApplicable = "09",
        /// By a certified technician under general, otherwise under direct supervision.
        CertifiedTechnician = "21",
        /// By a technician in contact with a physician on line.
        OnLineContact = "22",
        /// By a physician, or by a physical therapist certified for this procedure.
        TherapistCertifiedForIt = "66",
        /// As 66; such a therapist may supervise another.
        TherapistCertifiedForItSupervising = "6A",
        /// By a certified therapist, an uncertified one under direct, or a technician under general supervision.
        TherapistOrTechnician = "77",
        /// As 77; a certified therapist may supervise another.
        TherapistOrTechnicianSupervising = "7A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_read_as_it_is_written() {
        assert!(StatusCode::ALL.iter().all(|value| StatusCode::read(value.as_str().as_bytes()) == Some(*value)));
        assert!(Supervision::ALL.iter().all(|value| Supervision::read(value.as_str().as_bytes()) == Some(*value)));
        assert_eq!(StatusCode::read(b"A"), Some(StatusCode::Active));
        assert_eq!(ComponentIndicator::read(b"1"), Some(ComponentIndicator::DiagnosticTest));
        assert_eq!(MultipleProcedure::read(b"3"), Some(MultipleProcedure::Endoscopy));
        assert_eq!(Bilateral::read(b"1"), Some(Bilateral::OneAndAHalf));
        assert_eq!(AssistantAtSurgery::read(b"1"), Some(AssistantAtSurgery::NotPaid));
        assert_eq!(CoSurgeons::read(b"2"), Some(CoSurgeons::Permitted));
        assert_eq!(TeamSurgery::read(b"0"), Some(TeamSurgery::NotPermitted));
        assert_eq!(Supervision::read(b"02"), Some(Supervision::Direct));
    }

    #[test]
    fn every_value_is_told_in_words_and_kept_as_it_is_written() {
        assert_eq!(StatusCode::Active.meaning(), "Paid separately when covered");
        assert_eq!(GlobalDays::TenDays.meaning(), "The day and ten days after it: minor");
        assert!(Supervision::ALL.iter().all(|value| !value.meaning().is_empty()));
        let json = serde_json::to_string(&GlobalDays::SameDay).expect("text");
        assert_eq!((json.as_str(), serde_json::from_str(&json).ok()), ("\"000\"", Some(GlobalDays::SameDay)));
        assert!(serde_json::from_str::<GlobalDays>("\"0\"").is_err());
    }

    #[test]
    fn global_days_are_text() {
        for (text, value) in [
            ("000", GlobalDays::SameDay),
            ("010", GlobalDays::TenDays),
            ("090", GlobalDays::NinetyDays),
            ("MMM", GlobalDays::Maternity),
            ("XXX", GlobalDays::NotApplicable),
            ("YYY", GlobalDays::ContractorDecides),
            ("ZZZ", GlobalDays::WithOtherService),
        ] {
            assert_eq!(GlobalDays::read(text.as_bytes()), Some(value));
        }
        for text in ["0", "90", "", "xxx", "0000"] {
            assert_eq!(GlobalDays::read(text.as_bytes()), None, "{text}");
        }
    }
}
