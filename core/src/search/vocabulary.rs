//! The lists of lay words and abbreviations, by the code systems in whose words they speak.
//!
//! One lay word means different things to different systems: "hernia mesh" is an infected implant among diagnoses, a
//! supplement among procedures, and a thing on a shelf among supplies. Each system therefore has lists of its own
//! beside those that hold everywhere. They are this project's own (`vocabulary/`): nothing in them is copied from a
//! code set or a licensed text. Called by [`super::phrase`], which lays them over questions.

use crate::domain::code::CodeSystem;

/// In whose words a question is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// Diagnoses.
    Icd10Cm,
    /// Procedures of hospitals.
    Icd10Pcs,
    /// Drugs, supplies and services.
    Hcpcs,
    /// Systems without a list of their own.
    General,
}

impl Vocabulary {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Icd10Cm, Self::Icd10Pcs, Self::Hcpcs, Self::General];

    /// The one of a system.
    #[must_use]
    pub const fn of(system: CodeSystem) -> Self {
        match system {
            CodeSystem::Icd10Cm => Self::Icd10Cm,
            CodeSystem::Icd10Pcs => Self::Icd10Pcs,
            CodeSystem::Hcpcs => Self::Hcpcs,
            _ => Self::General,
        }
    }

    /// Its lists: `phrase, a tab, the words in its place`; lines that start with `#` are headings.
    const fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Icd10Cm => &[
                include_str!("vocabulary/icd10cm/birth.tsv"),
                include_str!("vocabulary/icd10cm/blood.tsv"),
                include_str!("vocabulary/icd10cm/bones.tsv"),
                include_str!("vocabulary/icd10cm/digestion.tsv"),
                include_str!("vocabulary/icd10cm/growths.tsv"),
                include_str!("vocabulary/icd10cm/heart.tsv"),
                include_str!("vocabulary/icd10cm/infections.tsv"),
                include_str!("vocabulary/icd10cm/injuries.tsv"),
                include_str!("vocabulary/icd10cm/lungs.tsv"),
                include_str!("vocabulary/icd10cm/nerves.tsv"),
                include_str!("vocabulary/icd10cm/senses.tsv"),
                include_str!("vocabulary/icd10cm/urine.tsv"),
                include_str!("vocabulary/icd10cm/visits.tsv"),
            ],
            Self::Icd10Pcs => &[include_str!("vocabulary/icd10pcs/procedures.tsv")],
            Self::Hcpcs => &[
                include_str!("vocabulary/hcpcs/drugs.tsv"),
                include_str!("vocabulary/hcpcs/services.tsv"),
                include_str!("vocabulary/hcpcs/supplies.tsv"),
            ],
            Self::General => &[include_str!("vocabulary/body.tsv"), include_str!("vocabulary/writing.tsv")],
        }
    }

    /// Each phrase with the words that stand in its place.
    pub fn phrases(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let lines = self.lists().iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t'))
    }
}
