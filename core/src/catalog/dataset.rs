//! The published tables that the catalogue knows, by the names that people and rows use.
//!
//! A code list says which codes exist; every other table says something about codes, and is kept as one sheet a
//! key ([`super::sheet`]). Two tables that differ only in setting, track or direction are two data sets, because one
//! never stands in for the other: an edit of the hospital set says nothing about a practitioner's claim.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{setting::Setting, terms::Terms};
use crate::domain::code::CodeSystem;

/// A published table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dataset {
    /// The codes of a system, with their titles.
    Codes(CodeSystem),
    /// What the ICD-10-CM tabular list notes at chapters, sections and codes.
    Icd10CmTabular,
    /// The alphabetic index to diseases and injuries.
    Icd10CmIndex,
    /// The index of external causes.
    Icd10CmExternalCauses,
    /// The table of neoplasms.
    Icd10CmNeoplasms,
    /// The table of drugs and chemicals.
    Icd10CmDrugs,
    /// New diagnosis codes and what was reported before them.
    Icd10CmConversion,
    /// What a release of ICD-10-CM changed against the one before.
    Icd10CmAddenda,
    /// … and one of ICD-10-PCS.
    Icd10PcsAddenda,
    /// Diagnosis codes that are exempt from the present-on-admission indicator.
    PoaExempt,
    /// NCCI procedure-to-procedure edits.
    Ptp(Setting),
    /// NCCI medically unlikely edits.
    Mue(Setting),
    /// NCCI medically unlikely edits for suppliers of durable medical equipment.
    MueSupplier,
    /// NCCI add-on code edits.
    AddOn,
    /// Physician fee schedule relative values, at the conversion factor of those who are no qualifying participants
    /// of an alternative payment model, or of everybody before 2026.
    RelativeValues,
    /// … at that of qualifying participants.
    RelativeValuesQp,
    /// Geographic practice cost indices.
    Gpci,
    /// Fee schedule amounts by locality, and …
    FeeAmounts,
    /// … those of qualifying participants.
    FeeAmountsQp,
    /// Dollars for a unit of anesthesia, by locality.
    AnesthesiaFactors,
    /// The base units of anesthesia codes.
    AnesthesiaUnits,
    /// MS-DRG weights (IPPS table 5).
    DrgWeights,
    /// Major complications and comorbidities (IPPS table 6I).
    Mcc,
    /// Complications and comorbidities (IPPS table 6J).
    Cc,
    /// Principal diagnoses that exclude a complication or comorbidity (IPPS table 6K).
    CcExclusions,
    /// ICD-9-CM diagnoses → ICD-10-CM.
    GemForward,
    /// ICD-10-CM diagnoses → ICD-9-CM.
    GemBackward,
    /// The laboratory national coverage determinations.
    LabNcd,
    /// Articles of the Medicare coverage database with their code groups.
    McdArticles,
    /// Local coverage determinations.
    McdLcds,
    /// Place of service codes.
    PlaceOfService,
    /// Brand names of drugs and the substances in them (FDA).
    Brands,
    /// Consumer-friendly descriptors of CPT codes, from the operator's licensed files.
    CptConsumer,
    /// Clinician descriptors of CPT codes, likewise.
    CptClinician,
    /// When CPT codes were added and deleted, likewise.
    CptHistory,
}

/// How often a table is published anew; nothing else makes an edition old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// On 1 January, April, July and October.
    Quarterly,
    /// On 1 October.
    FiscalYearly,
    /// On 1 January.
    Yearly,
    /// Now and then.
    Irregular,
    /// Never again.
    Frozen,
}

impl Dataset {
    /// Every table that is not a code list.
    const TABLES: [Self; 36] = [
        Self::Icd10CmTabular,
        Self::Icd10CmIndex,
        Self::Icd10CmExternalCauses,
        Self::Icd10CmNeoplasms,
        Self::Icd10CmDrugs,
        Self::Icd10CmConversion,
        Self::Icd10CmAddenda,
        Self::Icd10PcsAddenda,
        Self::PoaExempt,
        Self::Ptp(Setting::Practitioner),
        Self::Ptp(Setting::OutpatientHospital),
        Self::Mue(Setting::Practitioner),
        Self::Mue(Setting::OutpatientHospital),
        Self::MueSupplier,
        Self::AddOn,
        Self::RelativeValues,
        Self::RelativeValuesQp,
        Self::Gpci,
        Self::FeeAmounts,
        Self::FeeAmountsQp,
        Self::AnesthesiaFactors,
        Self::AnesthesiaUnits,
        Self::DrgWeights,
        Self::Mcc,
        Self::Cc,
        Self::CcExclusions,
        Self::GemForward,
        Self::GemBackward,
        Self::LabNcd,
        Self::McdArticles,
        Self::McdLcds,
        Self::PlaceOfService,
        Self::Brands,
        Self::CptConsumer,
        Self::CptClinician,
        Self::CptHistory,
    ];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        CodeSystem::ALL.into_iter().map(Self::Codes).chain(Self::TABLES)
    }

    /// The stable name, as in rows, in JSON and on the command line. A code list has that of its system.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Codes(system) => system.as_str(),
            Self::Icd10CmTabular => "icd10cm-tabular",
            Self::Icd10CmIndex => "icd10cm-index",
            Self::Icd10CmExternalCauses => "icd10cm-external-causes",
            Self::Icd10CmNeoplasms => "icd10cm-neoplasms",
            Self::Icd10CmDrugs => "icd10cm-drugs",
            Self::Icd10CmConversion => "icd10cm-conversion",
            Self::Icd10CmAddenda => "icd10cm-addenda",
            Self::Icd10PcsAddenda => "icd10pcs-addenda",
            Self::PoaExempt => "poa-exempt",
            Self::Ptp(Setting::Practitioner) => "ptp-practitioner",
            Self::Ptp(Setting::OutpatientHospital) => "ptp-outpatient-hospital",
            Self::Mue(Setting::Practitioner) => "mue-practitioner",
            Self::Mue(Setting::OutpatientHospital) => "mue-outpatient-hospital",
            Self::MueSupplier => "mue-dme-supplier",
            Self::AddOn => "add-on",
            Self::RelativeValues => "pfs-relative-values",
            Self::RelativeValuesQp => "pfs-relative-values-qp",
            Self::Gpci => "pfs-gpci",
            Self::FeeAmounts => "pfs-amounts",
            Self::FeeAmountsQp => "pfs-amounts-qp",
            Self::AnesthesiaFactors => "anesthesia-factors",
            Self::AnesthesiaUnits => "anesthesia-base-units",
            Self::DrgWeights => "drg-weights",
            Self::Mcc => "drg-mcc",
            Self::Cc => "drg-cc",
            Self::CcExclusions => "drg-cc-exclusions",
            Self::GemForward => "gem-icd9-to-icd10",
            Self::GemBackward => "gem-icd10-to-icd9",
            Self::LabNcd => "lab-ncd",
            Self::McdArticles => "mcd-articles",
            Self::McdLcds => "mcd-lcds",
            Self::PlaceOfService => "place-of-service",
            Self::Brands => "drug-brands",
            Self::CptConsumer => "cpt-consumer",
            Self::CptClinician => "cpt-clinician",
            Self::CptHistory => "cpt-history",
        }
    }

    /// The name that people use.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Codes(CodeSystem::Modifier) => "HCPCS Level II modifiers",
            Self::Codes(system) => system.title(),
            Self::Icd10CmTabular => "ICD-10-CM tabular list",
            Self::Icd10CmIndex => "ICD-10-CM index to diseases and injuries",
            Self::Icd10CmExternalCauses => "ICD-10-CM index of external causes",
            Self::Icd10CmNeoplasms => "ICD-10-CM table of neoplasms",
            Self::Icd10CmDrugs => "ICD-10-CM table of drugs and chemicals",
            Self::Icd10CmConversion => "ICD-10-CM conversion table",
            Self::Icd10CmAddenda => "ICD-10-CM addenda",
            Self::Icd10PcsAddenda => "ICD-10-PCS addenda",
            Self::PoaExempt => "Present-on-admission exempt list",
            Self::Ptp(Setting::Practitioner) => "NCCI PTP edits, practitioner",
            Self::Ptp(Setting::OutpatientHospital) => "NCCI PTP edits, outpatient hospital",
            Self::Mue(Setting::Practitioner) => "MUE, practitioner",
            Self::Mue(Setting::OutpatientHospital) => "MUE, outpatient hospital",
            Self::MueSupplier => "MUE, DME supplier",
            Self::AddOn => "NCCI add-on code edits",
            Self::RelativeValues => "Physician fee schedule relative values",
            Self::RelativeValuesQp => "Physician fee schedule relative values (QP)",
            Self::Gpci => "Geographic practice cost indices",
            Self::FeeAmounts => "Physician fee schedule amounts",
            Self::FeeAmountsQp => "Physician fee schedule amounts (QP)",
            Self::AnesthesiaFactors => "Anesthesia conversion factors",
            Self::AnesthesiaUnits => "Anesthesia base units",
            Self::DrgWeights => "MS-DRG weights",
            Self::Mcc => "MCC list",
            Self::Cc => "CC list",
            Self::CcExclusions => "CC exclusions",
            Self::GemForward => "GEM ICD-9-CM to ICD-10-CM",
            Self::GemBackward => "GEM ICD-10-CM to ICD-9-CM",
            Self::LabNcd => "Laboratory NCD code lists",
            Self::McdArticles => "Medicare coverage articles",
            Self::McdLcds => "Local coverage determinations",
            Self::PlaceOfService => "Place of service codes",
            Self::Brands => "FDA brand names",
            Self::CptConsumer => "CPT consumer descriptors",
            Self::CptClinician => "CPT clinician descriptors",
            Self::CptHistory => "CPT history",
        }
    }

    /// The system whose codes it lists; none for a table about codes.
    #[must_use]
    pub const fn system(self) -> Option<CodeSystem> {
        match self {
            Self::Codes(system) => Some(system),
            _ => None,
        }
    }

    /// Who publishes it. CMS passes the ICD-10-CM files of CDC/NCHS on.
    #[must_use]
    pub const fn publisher(self) -> &'static str {
        match self {
            Self::Codes(CodeSystem::Icd10Cm)
            | Self::Icd10CmTabular
            | Self::Icd10CmIndex
            | Self::Icd10CmExternalCauses
            | Self::Icd10CmNeoplasms
            | Self::Icd10CmDrugs
            | Self::Icd10CmConversion
            | Self::Icd10CmAddenda => "CDC/NCHS",
            Self::Codes(CodeSystem::Cpt) | Self::CptConsumer | Self::CptClinician | Self::CptHistory => "AMA",
            Self::Codes(CodeSystem::Ndc) | Self::Brands => "FDA",
            _ => "CMS",
        }
    }

    /// How often it is published.
    #[must_use]
    pub const fn cadence(self) -> Cadence {
        match self {
            Self::Codes(CodeSystem::Hcpcs | CodeSystem::Modifier)
            | Self::Ptp(_)
            | Self::Mue(_)
            | Self::MueSupplier
            | Self::AddOn
            | Self::RelativeValues
            | Self::RelativeValuesQp
            | Self::FeeAmounts
            | Self::FeeAmountsQp
            | Self::LabNcd => Cadence::Quarterly,
            Self::Codes(CodeSystem::Icd10Cm | CodeSystem::Icd10Pcs | CodeSystem::MsDrg)
            | Self::Icd10CmTabular
            | Self::Icd10CmIndex
            | Self::Icd10CmExternalCauses
            | Self::Icd10CmNeoplasms
            | Self::Icd10CmDrugs
            | Self::Icd10CmConversion
            | Self::Icd10CmAddenda
            | Self::Icd10PcsAddenda
            | Self::PoaExempt
            | Self::DrgWeights
            | Self::Mcc
            | Self::Cc
            | Self::CcExclusions => Cadence::FiscalYearly,
            Self::Codes(CodeSystem::Cpt)
            | Self::Gpci
            | Self::AnesthesiaFactors
            | Self::AnesthesiaUnits
            | Self::CptConsumer
            | Self::CptClinician
            | Self::CptHistory => Cadence::Yearly,
            Self::Codes(CodeSystem::Icd9Cm) | Self::GemForward | Self::GemBackward => Cadence::Frozen,
            Self::Codes(CodeSystem::Revenue | CodeSystem::Ndc)
            | Self::McdArticles
            | Self::McdLcds
            | Self::PlaceOfService
            | Self::Brands => Cadence::Irregular,
        }
    }

    /// What the operator has to have accepted; none for works of the United States government.
    #[must_use]
    pub const fn terms(self) -> Option<Terms> {
        match self {
            Self::Codes(CodeSystem::Cpt) | Self::CptConsumer | Self::CptClinician | Self::CptHistory => {
                Some(Terms::AmaCpt)
            }
            Self::Ptp(_)
            | Self::Mue(_)
            | Self::MueSupplier
            | Self::AddOn
            | Self::RelativeValues
            | Self::RelativeValuesQp
            | Self::FeeAmounts
            | Self::FeeAmountsQp
            | Self::AnesthesiaUnits => Some(Terms::CmsAmaNotice),
            _ => None,
        }
    }

    /// The table of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::all().find(|dataset| dataset.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl Serialize for Dataset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Dataset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::read(&name).ok_or_else(|| serde::de::Error::custom(format!("{name:?} is no data set")))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_data_set_is_found_by_its_stable_name() {
        let names: HashSet<&str> = Dataset::all().map(Dataset::as_str).collect();
        assert_eq!(names.len(), Dataset::all().count(), "no name twice");
        for dataset in Dataset::all() {
            assert_eq!(Dataset::read(dataset.as_str()), Some(dataset));
        }
        assert_eq!(Dataset::read("PTP-Practitioner"), Some(Dataset::Ptp(Setting::Practitioner)));
        assert_eq!(Dataset::read("ptp"), None);
    }

    #[test]
    fn licensed_tables_ask_for_their_terms() {
        assert_eq!(Dataset::Codes(CodeSystem::Cpt).terms(), Some(Terms::AmaCpt));
        assert_eq!(Dataset::Ptp(Setting::Practitioner).terms(), Some(Terms::CmsAmaNotice));
        assert_eq!(Dataset::Codes(CodeSystem::Hcpcs).terms(), None);
    }
}
