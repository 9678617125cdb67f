//! ICD-10-PCS: seven characters, digits and letters without I and O, in a section and body system that exist.

use super::{
    blocks,
    candidate::Shape,
    coding::Coding,
    confidence::{Reason, Score},
    ground::Ground,
    label::Label,
    surroundings::Surroundings,
    written::Written,
};
use crate::domain::code::CodeSystem;

/// What token `index`, written `letters`, would be as an ICD-10-PCS code.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    let bytes = letters.bytes();
    let letters_in = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let digits_in = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if bytes.len() != 7
        || letters_in == 0
        || digits_in == 0
        || bytes.iter().any(|byte| matches!(byte, b'I' | b'O'))
        || !blocks::has_procedure(bytes)
    {
        return None;
    }
    let span = ground.span(index);
    let mut shape = Shape::whole(index, span, CodeSystem::Icd10Pcs, letters);
    shape.score.add(Reason::ProcedureTable);
    let closed = bytes.ends_with(b"ZZ") || bytes.ends_with(b"ZX");
    shape.score.add_if(closed && letters_in >= 3, Reason::ClosedProcedure);
    shape.score.add_if(span.of(ground.text()).bytes().any(|byte| byte.is_ascii_lowercase()), Reason::LowerCase);
    Some(shape)
}

/// What the words around say about it.
pub(super) fn judge(around: &Surroundings, score: &mut Score) {
    match around.label {
        Some(Label::System(CodeSystem::Icd10Pcs)) => score.add(Reason::SystemNamed),
        Some(Label::System(CodeSystem::Icd10Cm) | Label::Procedure | Label::Diagnosis) => {
            score.add(Reason::ProcedureNamed);
        }
        Some(Label::Code) => score.add(Reason::CodeNamed),
        Some(Label::SomeCode) => score.add(Reason::PerhapsCode),
        Some(Label::Billed) => score.add(Reason::Billed),
        _ => {}
    }
    let silent = around.coding == Coding::Silent;
    score.add(if silent { Reason::NoCoding } else { around.coding.reason() });
}
