//! MS-DRG: one to three digits where the text says "DRG", and further ones in the same list.

use super::{candidate::Shape, confidence::Reason, ground::Ground, label::Label, written::Written};
use crate::domain::code::CodeSystem;

/// What token `index`, written `letters`, would be as a DRG: three digits, leading zeros added.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written, label: Option<Label>) -> Option<Shape> {
    let number = letters.number().filter(|number| (1..=999).contains(number) && letters.bytes().len() <= 3)?;
    let code = Written::of(&format!("{number:03}"))?;
    let mut shape = Shape::whole(index, ground.span(index), CodeSystem::MsDrg, code);
    shape.score.add_if(label == Some(Label::System(CodeSystem::MsDrg)), Reason::SystemNamed);
    Some(shape)
}
