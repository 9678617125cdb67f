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
use crate::domain::{code::CodeSystem, span::Span};

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
    let low = |number: u32| {
        (named || heads_alike(ground, index)) && letters.bytes().len() == 4 && matches!(number, 1 | 22..=24)
    };
    let in_use = |number: u32| (100..=3109).contains(&number) && !(1990..=2099).contains(&number) || low(number);
    let number = letters.number().filter(|number| in_use(*number))?;
    let four = letters.bytes().len() == 4 && letters.bytes().starts_with(b"0");
    let whole = four && matches!(label, None | Some(Label::Billed | Label::Code)) && stands_apart(ground, index);
    let alike = whole && heads_alike(ground, index);
    let written = whole && (thread.revenue || heads_line(ground, index)) || four && stands_with_code(ground, index);
    let written = written || alike || letters.bytes().len() == 3 && label.is_none() && is_under(ground, index);
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
    // "on the 0636 line", "0450 with 99284", "J1885 goes on 0636": a code of the line within a few words.
    let start = ground.span(index).start;
    let word = start.checked_sub(1).map_or("", |end| ground.word_before(end, 8));
    let placed = matches!(word, "under" | "on" | "in" | "as" | "line" | "lines" | "the" | "use" | "bills");
    let near = (index.saturating_sub(3)..index + 4)
        .any(|at| at != index && is_code(at) && ground.span(at).start.abs_diff(start) < 40);
    let behind = behind || placed && near && stands_apart(ground, index);
    behind || is_code(index + 1) && ground.gap_after(index) == Some("/")
}

/// "G0378 27 units under 762", "99285 under 450": without its zero, under it stands the code of the line.
fn is_under(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let under = start.checked_sub(1).is_some_and(|end| ground.word_before(end, 6) == "under");
    let code = (index.saturating_sub(4)..index).any(|at| {
        matches!(ground.kind(at), Some(Kind::Digits | Kind::Mixed))
            && ground.span(at).len() == 5
            && start - ground.span(at).end < 32
    });
    under && code && stands_apart(ground, index)
}

/// `0250   (no code)` over `0710`: it heads a line, and a revenue code heads the one above or below.
fn heads_alike(ground: &Ground<'_>, index: usize) -> bool {
    let span = ground.span(index);
    let head = |line: &str| {
        let line = line.trim_start_matches([' ', '>', '-', '*', '|']);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4
            && line.starts_with('0')
            && line.get(4..).is_some_and(|rest| rest.starts_with([' ', '\t', '|', ',', ';']) && rest.trim().len() > 2)
    };
    let own = ground
        .line_of(span.start, 80)
        .is_some_and(|line| head(line) && line.trim_start().starts_with(ground.word(index)));
    own && [true, false].into_iter().any(|up| runs_to_code(ground, span, head, up))
}

/// Whether the lines above, or those below, are headed alike as far as one with a code of its own.
fn runs_to_code(ground: &Ground<'_>, from: Span, head: impl Fn(&str) -> bool, up: bool) -> bool {
    let mut at = from.start;
    for _ in 0..6 {
        let line = if up { ground.line_before(at, 80) } else { ground.line_below(at, 80) };
        let Some(line) = line.filter(|line| head(line)) else { return false };
        let code = line.split([' ', '\t', '|', ',', ';']).filter(|word| !word.is_empty()).nth(1).unwrap_or_default();
        if code.len() == 5 && code.bytes().filter(u8::is_ascii_digit).count() >= 4 {
            return true;
        }
        at = if up { at.saturating_sub(line.len() + 1) } else { at + line.len() + 1 };
    }
    false
}

/// `0450 99284`: at the head of a line or a cell, with a code right behind it.
fn heads_line(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let head = ground.char_before(start).is_none_or(|c| matches!(c, '\n' | '\t' | '|' | '"' | ';' | ','))
        || ground.gap_before(index).is_some_and(|gap| gap.trim_end_matches([' ', '>', '-', '*', '|']).ends_with('\n'))
        || index == 0;
    // "0450 EMERG ROOM 99284": what the line is for, in capitals.
    let described = ground
        .line_after(ground.span(index).end, 40)
        .split_whitespace()
        .take_while(|word| word.len() != 5 || !word.bytes().any(|b| b.is_ascii_digit()));
    let capitals =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'-' | b'.' | b'&'));
    let words = described.clone().count();
    let code = ground.line_after(ground.span(index).end, 40).split_whitespace().nth(words);
    let coded = code.is_some_and(|code| {
        code.bytes().filter(u8::is_ascii_digit).count() >= 4 && code.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if head && (1..=4).contains(&words) && described.clone().all(capitals) && coded {
        return true;
    }
    let near = ground.gap_after(index).is_some_and(|gap| {
        !gap.is_empty()
            && gap.len() <= 6
            && gap.chars().all(|c| matches!(c, ' ' | '\t' | '|' | ',' | '"' | ';' | '/' | '-'))
    });
    head && near
        && matches!(ground.kind(index + 1), Some(Kind::Digits | Kind::Mixed))
        && ground.span(index + 1).len() == 5
}
