//! What each code system sees at a token, and the one of them that the surroundings speak for most.

use super::{
    candidate::{Candidate, Reach, Shape},
    coding::{Coding, CodingWindow},
    company,
    confidence::{Reason, Score},
    cpt, drg, glue,
    ground::Ground,
    hcpcs, icd9cm, icd10cm, icd10pcs,
    known::Known,
    label::{Label, label},
    lookalike::Suspect,
    ndc, revenue,
    scan::Kind,
    surroundings::Surroundings,
    written::Written,
};
use crate::domain::code::{Code, CodeSystem};

/// What was read before a word: DRGs and revenue codes exist only by name, in a list, or where they are spoken of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Thread {
    /// The system whose list the text is in.
    pub(super) listed: Option<CodeSystem>,
    /// Revenue codes are spoken of.
    pub(super) revenue: bool,
    /// DRGs are spoken of.
    pub(super) drg: bool,
}

/// Whether any system could see something at token `index`.
pub(super) fn can_be(ground: &Ground<'_>, index: usize) -> bool {
    match ground.kind(index) {
        // Two digits are a DRG at most, where DRGs are spoken of.
        Some(Kind::Digits) => ground.span(index).len() > 2 || ground.speaks_of_drg(),
        kind => kind == Some(Kind::Mixed),
    }
}

/// The systems that see something at token `index`; the likelier of two equals first.
pub(super) fn at(ground: &Ground<'_>, index: usize, thread: Thread) -> [Option<Shape>; 4] {
    let letters = Written::of(ground.word(index));
    let none: [Option<Shape>; 4] = [None; 4];
    match (ground.kind(index), letters) {
        (Some(Kind::Digits), Some(letters)) => match letters.bytes().len() {
            1..=4 => {
                let asked = thread.drg || thread.revenue || thread.listed.is_some();
                let named = if asked { label(ground, index) } else { None };
                [
                    ndc::shape(ground, index, letters),
                    drg::shape(ground, index, letters, named, thread),
                    revenue::shape(ground, index, letters, named, thread),
                    icd9cm::shape(ground, index, letters),
                ]
            }
            5 => [
                ndc::shape(ground, index, letters),
                cpt::shape(ground, index, letters),
                icd9cm::shape(ground, index, letters),
                None,
            ],
            7 => [glue::visit(ground, index), None, None, None],
            10 | 11 => [ndc::shape(ground, index, letters), None, None, None],
            _ => none,
        },
        (Some(Kind::Mixed), letters) => {
            let whole = letters.map_or(none, |letters| {
                [
                    cpt::shape(ground, index, letters).or_else(|| hcpcs::shape(ground, index, letters)),
                    icd9cm::shape(ground, index, letters),
                    icd10cm::shape(ground, index, letters),
                    icd10pcs::shape(ground, index, letters),
                ]
            });
            if whole.iter().all(Option::is_none) { [glue::shape(ground, index), None, None, None] } else { whole }
        }
        _ => none,
    }
}

/// Judges each shape at token `index` in its surroundings and returns the best.
pub(super) fn best(
    ground: &Ground<'_>,
    index: usize,
    previous: Option<&Candidate>,
    window: &mut CodingWindow,
    known: &dyn Known,
) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let listed =
        previous.filter(|one| one.score.is_mention() && one.reach.last + 3 > index).map(|one| one.shape.system);
    // What stands around is looked at only where some system sees something: most numbers are nothing.
    let short = ground.kind(index) == Some(Kind::Digits) && ground.span(index).len() <= 4;
    let spoken = short && (ground.speaks_of_drg() || ground.speaks_of_revenue());
    let mut thread = Thread { listed, ..Thread::default() };
    let mut seen = if spoken { [None; 4] } else { at(ground, index, thread) };
    if !spoken && seen.iter().all(Option::is_none) {
        return None;
    }
    let coding = window.at(ground, ground.span(index).start);
    if spoken {
        thread = Thread { revenue: window.has_revenue(), drg: window.has_drg(), ..thread };
        seen = at(ground, index, thread);
    }
    for shape in seen.into_iter().flatten() {
        let around = Surroundings::of(ground, index, shape.last, shape.span, coding);
        let mut score = shape.score;
        judge(&shape, &around, &mut score);
        Suspect { ground, first: index, shape: &shape, label: around.label }.speak(&mut score);
        // Where coding is not spoken of, a number that happens to be a code is a number.
        let number = shape.code.number().is_some();
        let spoken = coding >= Coding::Some || is_called(around.label) || score.has(Reason::BillingNear);
        if !score.is_hopeless() && (spoken || !number && coding >= Coding::None) {
            let code = Code::normal(shape.system, shape.code.as_str());
            score.add_if(known.knows(shape.system, &code) == Some(true), Reason::Known);
        }
        let mut candidate = Candidate {
            first: index,
            label: around.label,
            score,
            modifiers: shape.modifiers.into_iter().flatten().collect(),
            units: shape.units,
            reach: Reach { last: shape.last, end: shape.tail },
            place: around.place,
            shape,
        };
        // In a list of diagnoses `E1165` is one, though HCPCS has such numbers too.
        if let Some(previous) = previous {
            company::continue_list(ground, previous, &mut candidate);
        }
        if best.as_ref().is_none_or(|best| best.score.points() < candidate.score.points()) {
            best = Some(candidate);
        }
    }
    best
}

/// Whether the words before say that it is a code.
const fn is_called(label: Option<Label>) -> bool {
    matches!(label, Some(Label::System(_) | Label::Procedure | Label::Diagnosis | Label::Billed))
}

fn judge(shape: &Shape, around: &Surroundings, score: &mut Score) {
    match shape.system {
        CodeSystem::Cpt => cpt::judge(shape, around, score),
        CodeSystem::Hcpcs => hcpcs::judge(around, score),
        CodeSystem::Icd10Cm => icd10cm::judge(shape, around, score),
        CodeSystem::Icd9Cm => icd9cm::judge(shape, around, score),
        CodeSystem::Icd10Pcs => icd10pcs::judge(around, score),
        CodeSystem::Ndc => ndc::judge(around, score),
        CodeSystem::MsDrg | CodeSystem::Revenue | CodeSystem::Modifier => {}
    }
}
