//! MS-DRG: one to three digits where the text says "DRG", and further ones in the same list or thought.

use super::{
    candidate::Shape, confidence::Reason, ground::Ground, label::Label, modifier, scan::Kind, shapes::Thread,
    written::Written,
};
use crate::domain::code::CodeSystem;

/// Words between one DRG and another: "471, the auditor says 472".
const TURNS: [&str; 32] = [
    "or", "to", "from", "vs", "versus", "not", "and", "was", "is", "be", "get", "gets", "says", "wants", "into",
    "than", "paid", "pays", "becomes", "became", "instead", "versus", "over", "drops", "down", "assigned", "expected",
    "want", "wanted", "say", "got", "grouped",
];

/// What token `index`, written `letters`, would be as a DRG: three digits, leading zeros added.
pub(super) fn shape(
    ground: &Ground<'_>,
    index: usize,
    letters: Written,
    label: Option<Label>,
    thread: Thread,
) -> Option<Shape> {
    let number = letters.number().filter(|number| (1..=999).contains(number) && letters.bytes().len() <= 3)?;
    let named = label == Some(Label::System(CodeSystem::MsDrg));
    let turned = thread.drg && letters.bytes().len() == 3 && label.is_none() && turns(ground, index);
    let turned = turned || letters.bytes().len() == 3 && label.is_none() && is_regrouped(ground, index);
    if !named && !turned && thread.listed != Some(CodeSystem::MsDrg) {
        return None;
    }
    let code = Written::of(&format!("{number:03}"))?;
    let mut shape = Shape::whole(index, ground.span(index), CodeSystem::MsDrg, code);
    shape.score.add_if(named, Reason::SystemNamed);
    shape.score.add_if(turned, Reason::GroupNear);
    Some(shape)
}

/// "downgraded 871 to 690": nothing else is regrouped from three digits to three.
fn is_regrouped(ground: &Ground<'_>, index: usize) -> bool {
    let three = |at: usize| ground.kind(at) == Some(Kind::Digits) && ground.span(at).len() == 3;
    let to =
        |at: usize| ground.word(at) == "to" && ground.gap_after(at) == Some(" ") && ground.gap_before(at) == Some(" ");
    let first = match (to(index + 1) && three(index + 2), index.checked_sub(2)) {
        (true, _) => index,
        (false, Some(first)) if to(index - 1) && three(first) => first,
        _ => return false,
    };
    let start = ground.span(first).start;
    let verb = start.checked_sub(1).map_or("", |end| ground.word_before(end, 12));
    matches!(verb, "downgraded" | "downcoded" | "regrouped" | "downgrade" | "upgraded" | "downgrades")
}

/// Whether the word right before the number turns from one DRG to it.
fn turns(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let word =
        ground.char_before(start).filter(|c| c.is_whitespace()).map(|c| ground.word_before(start - c.len_utf8(), 8));
    word.is_some_and(|word| TURNS.iter().any(|turn| word.eq_ignore_ascii_case(turn)))
        && !modifier::is_amount(ground, index)
}
