//! Something that could be a code: what it would be, and how sure we are so far.

use std::borrow::Cow;

use super::{confidence::Score, label::Label, written::Written};
use crate::domain::{
    code::{Code, CodeSystem, Modifier},
    mention::{Mention, Place, Status},
    span::Span,
};

/// What a code system sees in the text at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The code itself.
    pub(super) span: Span,
    /// The last token that belongs to it.
    pub(super) last: usize,
    /// Where what belongs to the code ends, when more is glued to it: `17003x13`.
    pub(super) tail: usize,
    pub(super) system: CodeSystem,
    /// Upper case; with the dot for ICD-9, without for ICD-10.
    pub(super) code: Written,
    /// The other end, when the shape is a range of its own: `9939X`.
    pub(super) range_end: Option<Written>,
    /// What its letters say.
    pub(super) score: Score,
    /// Glued units: `17003x13`.
    pub(super) units: Option<u32>,
    /// Glued modifiers: `20610RT`, `66984LT79`.
    pub(super) modifiers: [Option<Modifier>; 2],
}

impl Shape {
    /// A shape that is one whole token.
    pub(super) fn whole(index: usize, span: Span, system: CodeSystem, code: Written) -> Self {
        Self {
            span,
            last: index,
            tail: span.end,
            system,
            code,
            range_end: None,
            score: Score::default(),
            units: None,
            modifiers: [None; 2],
        }
    }
}

/// A shape in its surroundings.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) shape: Shape,
    /// Its first token.
    pub(super) first: usize,
    pub(super) label: Option<Label>,
    pub(super) score: Score,
    pub(super) modifiers: Vec<Modifier>,
    pub(super) units: Option<u32>,
    /// The last token of what is attached to it, and where that ends.
    pub(super) reach: Reach,
    pub(super) place: Place,
}

/// How far a code with its modifiers and units reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Index of the last token.
    pub(super) last: usize,
    /// Byte after it.
    pub(super) end: usize,
}

/// CPT and HCPCS codes stand in one list, diagnoses in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Procedure,
    Diagnosis,
    Other(CodeSystem),
}

impl Candidate {
    pub(super) const fn family(&self) -> Family {
        family(self.shape.system)
    }

    /// Its code, or its range, in normal form.
    pub(super) fn code(&self) -> Code {
        let first = Code::normal(self.shape.system, self.shape.code.as_str());
        match &self.shape.range_end {
            Some(end) => Code::range(&first, &Code::normal(self.shape.system, end.as_str())),
            None => first,
        }
    }

    /// As a mention.
    pub(super) fn mention(&self) -> Mention {
        Mention {
            span: self.shape.span,
            system: self.shape.system,
            code: self.code(),
            modifiers: self.modifiers.clone(),
            units: self.units,
            place: self.place,
            status: Status::default(),
            confidence: self.score.confidence(),
            reasons: self.score.reasons().map(Cow::Borrowed).collect(),
        }
    }
}

/// The list in which codes of a system stand.
pub(super) const fn family(system: CodeSystem) -> Family {
    match system {
        CodeSystem::Cpt | CodeSystem::Hcpcs => Family::Procedure,
        CodeSystem::Icd10Cm | CodeSystem::Icd9Cm => Family::Diagnosis,
        other => Family::Other(other),
    }
}
