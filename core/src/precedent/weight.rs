//! What a shared term is worth: more, the fewer of the earlier cases have it, so that "medicare" finds nobody and a code
//! that was asked about twice finds the other time.
//!
//! Codes count as such and by what they begin with, since the next asker of a question often has another code of the
//! family: 64493 and 64494, E11.9 and E11.65.

use crate::{
    domain::code::{Code, CodeSystem},
    draft::kind::Kind,
};

/// The same code.
const CODE: f32 = 1.8;
/// The same kind of question.
const KIND: f32 = 2.0;
/// The same reason of refusal.
const DENIAL: f32 = 1.5;
/// The same concept.
const CONCEPT: f32 = 1.5;
/// The same word.
const WORD: f32 = 0.7;
/// How soon a case's length tells against its words (BM25's b).
const LENGTH: f32 = 0.5;
/// BM25's k1, for words that are counted once.
const SATURATION: f32 = 1.2;

/// A term as cases are compared by it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Term {
    /// What is asked.
    Kind(Kind),
    /// A code.
    Code(CodeSystem, Code),
    /// What a code begins with.
    Family(CodeSystem, Box<str>),
    /// A reason of refusal.
    Denial(Box<str>),
    /// A concept or a word.
    Word(Box<str>),
}

impl Term {
    /// What it is worth before its rarity.
    pub(super) fn weight(&self) -> f32 {
        match self {
            Self::Kind(_) => KIND,
            Self::Code(CodeSystem::Modifier, _) => CODE * 0.6,
            Self::Code(..) => CODE,
            Self::Family(_, begins) => match begins.len() {
                0..=1 => 0.2,
                2 => 0.4,
                3 => 0.8,
                _ => 0.9,
            },
            Self::Denial(_) => DENIAL,
            Self::Word(word) if word.starts_with('=') => CONCEPT,
            Self::Word(_) => WORD,
        }
    }

    /// Whether it counts less in a long mail.
    pub(super) const fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

/// What a code begins with, by the grain of its system: the families that are asked about alike.
pub(super) fn families(system: CodeSystem, code: &Code) -> impl Iterator<Item = Term> {
    let lengths: &[usize] = match system {
        CodeSystem::Cpt => &[2, 3, 4],
        CodeSystem::Hcpcs => &[1, 3, 4],
        CodeSystem::Icd10Cm | CodeSystem::Icd9Cm => &[1, 2, 3],
        CodeSystem::Icd10Pcs => &[2, 4],
        CodeSystem::Modifier | CodeSystem::MsDrg | CodeSystem::Revenue | CodeSystem::Ndc => &[],
    };
    let code = code.as_str().to_owned();
    lengths.iter().filter_map(move |length| {
        let begins = code.get(..*length).filter(|begins| begins.len() < code.len())?;
        Some(Term::Family(system, begins.into()))
    })
}

/// How telling a term is that `having` of `all` cases have.
pub(super) fn rarity(having: usize, all: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of cases")]
    let (having, all) = (having as f32, all as f32);
    (1.0 + (all - having + 0.5).max(0.0) / (having + 0.5)).ln()
}

/// What is left of a word's worth in a case with so many words.
pub(super) fn in_length(words: f32, mean: f32) -> f32 {
    (SATURATION + 1.0) / (1.0 + SATURATION * (1.0 - LENGTH + LENGTH * words / mean.max(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_cases_have_tells_more() {
        assert!(rarity(1, 1000) > rarity(100, 1000) && rarity(100, 1000) > rarity(1000, 1000));
        assert!(rarity(0, 0).is_finite() && rarity(5, 1).is_finite());
        assert!(in_length(10.0, 40.0) > in_length(80.0, 40.0) && in_length(1.0, 0.0).is_finite());
    }

    #[test]
    fn a_family_is_shorter_than_its_code() {
        let of = |system, code: &str| families(system, &Code::normal(system, code)).count();
        assert_eq!(
            (of(CodeSystem::Cpt, "20610"), of(CodeSystem::Icd10Cm, "E11.9"), of(CodeSystem::Icd10Cm, "I10")),
            (3, 3, 2)
        );
        assert_eq!((of(CodeSystem::Modifier, "25"), of(CodeSystem::Cpt, "é")), (0, 0));
    }
}
