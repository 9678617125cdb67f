//! UB-04 revenue codes: three or four digits where the text says "revenue code", and further ones in the same list.

use super::{candidate::Shape, confidence::Reason, ground::Ground, label::Label, written::Written};
use crate::domain::code::CodeSystem;

/// What token `index`, written `letters`, would be as a revenue code: four digits, leading zero added.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written, label: Option<Label>) -> Option<Shape> {
    if !matches!(letters.bytes().len(), 3 | 4) {
        return None;
    }
    // The highest in use is 3109; 2020 after "revenue" is a year.
    let number = letters.number().filter(|number| (100..=3109).contains(number) && !(1990..=2099).contains(number))?;
    let code = Written::of(&format!("{number:04}"))?;
    let mut shape = Shape::whole(index, ground.span(index), CodeSystem::Revenue, code);
    shape.score.add_if(label == Some(Label::Revenue), Reason::RevenueNamed);
    Some(shape)
}
