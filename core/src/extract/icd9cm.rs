//! ICD-9-CM: three digits and up to two behind a dot, V and E codes with theirs. It ended on 30 September 2015, so
//! a decimal number is one only when the text says so; a V or E code with its dot is distinctive.

use super::{
    candidate::Shape,
    confidence::{Reason, Score},
    ground::{Ground, is_dash},
    icd10cm,
    label::{Label, label},
    surroundings::Surroundings,
    written::{Written, fits},
};
use crate::domain::{code::CodeSystem, span::Span};

/// What the tokens from `index`, the first written `letters`, would be as an ICD-9 code.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    let bytes = letters.bytes();
    let decimals = match bytes {
        stem if fits(stem, b"999") => 2,
        [b'V', ..] if fits(bytes, b"A99") => 2,
        [b'E', ..] if fits(bytes, b"A999") => 1,
        stem if fits(stem, b"9999") || fits(stem, b"99999") => return undotted(ground, index, letters),
        _ => return None,
    };
    let span = ground.span(index);
    let next = index + 1;
    let rest = ground.gap_after(index).filter(|gap| *gap == ".").and_then(|_| Written::of(ground.word(next)));
    if let Some(rest) = rest.filter(|rest| rest.number().is_some() && rest.bytes().len() <= decimals) {
        let end = ground.span(next).end;
        let more =
            matches!(ground.char_at(end), Some('.')) && ground.char_at(end + 1).is_some_and(|c| c.is_ascii_digit());
        let code = letters.with(b".")?.with(rest.bytes())?;
        let mut shape = Shape::whole(next, Span::new(span.start, end), CodeSystem::Icd9Cm, code);
        let lettered = !bytes.first()?.is_ascii_digit();
        shape.score.add_if(lettered, Reason::LetteredOldDiagnosis);
        shape.score.add_if(!lettered && is_of_old(ground, span.start), Reason::OldTimes);
        return (!more).then_some(shape);
    }
    placeholder(ground, index, span, letters)
}

/// How far back the time is looked for that is spoken of, in bytes.
const TIME: usize = 80;

/// "the old chart had 250.80", "a claim of 04/02/2014 with 427.31": the line speaks of the time before October 2015, and
/// no amount is announced.
fn is_of_old(ground: &Ground<'_>, start: usize) -> bool {
    let line = ground.before(start, TIME).rsplit('\n').next().unwrap_or_default();
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev().peekable();
    let amount = line.trim_end().ends_with(['$', '='])
        || words.peek().is_some_and(|word| {
            matches!(*word, "paid" | "pay" | "charge" | "charged" | "for" | "of" | "at" | "cost" | "owed" | "allowed")
        });
    let of_old = |word: &str| {
        let year = word.parse::<u32>().is_ok_and(|year| (1990..=2015).contains(&year) && word.len() == 4);
        year || word.eq_ignore_ascii_case("old")
    };
    !amount && words.any(of_old)
}

/// `428.x`, `V58.-`.
fn placeholder(ground: &Ground<'_>, index: usize, span: Span, letters: Written) -> Option<Shape> {
    let rest = ground.line_after(span.end, 8).strip_prefix('.')?;
    let marks: usize = rest.chars().take_while(|c| matches!(c, 'x' | 'X') || is_dash(*c)).map(char::len_utf8).sum();
    let end = span.end + 1 + marks;
    if marks == 0 || ground.char_at(end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let last = if ground.token(index + 1).is_some_and(|token| token.span.end <= end) { index + 1 } else { index };
    let mut shape = Shape::whole(last, Span::new(span.start, end), CodeSystem::Icd9Cm, letters);
    shape.score.add(Reason::Placeholder);
    Some(shape)
}

/// `25000`, only where ICD-9 is named.
fn undotted(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    if label(ground, index) != Some(Label::System(CodeSystem::Icd9Cm)) {
        return None;
    }
    let (stem, rest) = letters.bytes().split_at_checked(3)?;
    let code = Written::default().with(stem)?.with(b".")?.with(rest)?;
    Some(Shape::whole(index, ground.span(index), CodeSystem::Icd9Cm, code))
}

/// What the words around say about it.
pub(super) fn judge(shape: &Shape, around: &Surroundings, score: &mut Score) {
    let numeric = !shape.score.has(Reason::LetteredOldDiagnosis);
    if numeric && around.label == Some(Label::System(CodeSystem::Icd10Cm)) {
        return;
    }
    icd10cm::judge(shape, around, score);
}
