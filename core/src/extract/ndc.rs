//! National drug codes: three groups of digits (4-4-2, 5-3-2, 5-4-1, or 5-4-2 as billed), or eleven digits (ten on
//! a package) where the text says "NDC". Kept as written: whether a group lacks its zero cannot be seen in ten digits.

use super::{
    candidate::Shape,
    confidence::{Reason, Score},
    ground::{Ground, is_dash},
    label::{Label, label},
    scan::Kind,
    surroundings::Surroundings,
    written::Written,
};
use crate::domain::{code::CodeSystem, span::Span};

/// The lengths of the three groups.
const GROUPS: [[usize; 3]; 4] = [[4, 4, 2], [5, 3, 2], [5, 4, 1], [5, 4, 2]];

/// What the tokens from `index` would be as a drug code.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    if matches!(letters.bytes().len(), 10 | 11) {
        let named = label(ground, index) == Some(Label::System(CodeSystem::Ndc));
        return named.then(|| Shape::whole(index, ground.span(index), CodeSystem::Ndc, letters));
    }
    if !matches!(letters.bytes().len(), 4 | 5) {
        return None;
    }
    let mut code = letters;
    let mut lengths = [letters.bytes().len(), 0, 0];
    for step in 1..3 {
        let gap = ground.gap_after(index + step - 1)?;
        let one_dash = gap.chars().next().is_some_and(is_dash) && gap.chars().nth(1).is_none();
        if !one_dash || ground.kind(index + step) != Some(Kind::Digits) {
            return None;
        }
        let group = Written::of(ground.word(index + step))?;
        *lengths.get_mut(step)? = group.bytes().len();
        code = code.with(b"-")?.with(group.bytes())?;
    }
    let span = Span::new(ground.span(index).start, ground.span(index + 2).end);
    if !GROUPS.contains(&lengths) || ground.char_at(span.end).is_some_and(is_dash) {
        return None;
    }
    let mut shape = Shape::whole(index + 2, span, CodeSystem::Ndc, code);
    shape.score.add(Reason::DrugDashes);
    Some(shape)
}

/// What the words around say about it.
pub(super) fn judge(around: &Surroundings, score: &mut Score) {
    score.add_if(around.label == Some(Label::System(CodeSystem::Ndc)), Reason::SystemNamed);
    score.add(around.coding.reason());
}
