//! UB-04 revenue codes: three or four digits where the text says "revenue code", and further ones in the same list;
//! and with their leading zero before the code of their line (`0636 J0696`) or where revenue codes are spoken of.

use super::{
    candidate::Shape,
    confidence::Reason,
    ground::{Ground, is_dash},
    label::Label,
    modifier,
    scan::Kind,
    shapes::Thread,
    written::Written,
};
use crate::domain::code::CodeSystem;

/// What token `index`, written `letters`, would be as a revenue code: four digits, leading zero added.
pub(super) fn shape(
    ground: &Ground<'_>,
    index: usize,
    letters: Written,
    label: Option<Label>,
    thread: Thread,
) -> Option<Shape> {
    if !matches!(letters.bytes().len(), 3 | 4) {
        return None;
    }
    // The highest in use is 3109; 2020 after "revenue" is a year.
    let named = label == Some(Label::Revenue);
    // 0001 is the line of the total; 0022 to 0024 carry the rates of nursing and home health.
    let low = |number: u32| named && letters.bytes().len() == 4 && matches!(number, 1 | 22..=24);
    let in_use = |number: u32| (100..=3109).contains(&number) && !(1990..=2099).contains(&number) || low(number);
    let number = letters.number().filter(|number| in_use(*number))?;
    let four = letters.bytes().len() == 4 && letters.bytes().starts_with(b"0");
    let whole = four && matches!(label, None | Some(Label::Billed | Label::Code)) && stands_apart(ground, index);
    let written = whole && (thread.revenue || heads_line(ground, index)) || four && stands_with_code(ground, index);
    if !named && !written && thread.listed != Some(CodeSystem::Revenue) {
        return None;
    }
    let code = Written::of(&format!("{number:04}"))?;
    let mut shape = Shape::whole(index, ground.span(index), CodeSystem::Revenue, code);
    shape.score.add_if(named, Reason::RevenueNamed);
    shape.score.add_if(written, Reason::RevenueLike);
    Some(shape)
}

/// Whether it is no part of a date, a time or a longer number.
fn stands_apart(ground: &Ground<'_>, index: usize) -> bool {
    let span = ground.span(index);
    let joint = |c: char| is_dash(c) || matches!(c, ':' | '#' | '$' | '_');
    let before = ground.char_before(span.start);
    let after = ground.char_at(span.end);
    let decimal = after == Some('.') && ground.char_at(span.end + 1).is_some_and(|c| c.is_ascii_digit());
    let joined = before.is_some_and(|c| joint(c) || c == '.') || after.is_some_and(joint) || decimal;
    !joined && !modifier::is_amount(ground, index)
}

/// "99284 under 0450", `99284 (0450)`, `0450/99284`: beside the code of its line, and no time of day.
fn stands_with_code(ground: &Ground<'_>, index: usize) -> bool {
    let is_code = |at: usize| matches!(ground.kind(at), Some(Kind::Digits | Kind::Mixed)) && ground.span(at).len() == 5;
    let closed = matches!(ground.char_at(ground.span(index).end), Some(')'));
    let bracketed = ground.gap_before(index) == Some(" (") && closed;
    let under = ground.gap_before(index).is_some_and(|gap| matches!(gap, " under " | " in "));
    let behind = index.checked_sub(1).is_some_and(is_code) && (bracketed || under);
    behind || is_code(index + 1) && ground.gap_after(index) == Some("/")
}

/// `0450 99284`: at the head of a line or a cell, with a code right behind it.
fn heads_line(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let head = ground.char_before(start).is_none_or(|c| matches!(c, '\n' | '\t' | '|' | '"' | ';' | ','))
        || ground.gap_before(index).is_some_and(|gap| gap.trim_end_matches([' ', '>', '-', '*', '|']).ends_with('\n'))
        || index == 0;
    let near = ground.gap_after(index).is_some_and(|gap| {
        !gap.is_empty()
            && gap.len() <= 6
            && gap.chars().all(|c| matches!(c, ' ' | '\t' | '|' | ',' | '"' | ';' | '/' | '-'))
    });
    head && near
        && matches!(ground.kind(index + 1), Some(Kind::Digits | Kind::Mixed))
        && ground.span(index + 1).len() == 5
}
