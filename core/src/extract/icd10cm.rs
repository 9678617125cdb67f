//! ICD-10-CM: a letter, a digit, a digit or A or B, then up to four characters behind a dot.
//!
//! With its dot a diagnosis is hard to mistake. Without (`E119`, `I10`) it needs a word that calls it one, a list of
//! diagnoses, or the catalogue. The placeholder of a category (`S82.-`, `M54.5x`) belongs to the span and not to the
//! code: `S82.-` is `S82`, `M54.5x` is `M54.5`.
//!
//! Since FY2026 the second character may be a letter too (`QA0.0101`). Teams, models and parts are named like that,
//! so such a stem is read only in the categories that are in use; without its dot it is held to more, and the bare
//! category (`QA0`) is read only right behind a word that calls it a diagnosis or a code.

use super::{
    blocks,
    candidate::Shape,
    coding::Coding,
    confidence::{Reason, Score},
    ground::{Ground, is_dash},
    hcpcs,
    label::{Label, label},
    scan::Kind,
    surroundings::Surroundings,
    written::Written,
};
use crate::domain::{code::CodeSystem, span::Span};

/// What the tokens from `index`, the first written `letters`, would be as a diagnosis.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    let (stem, slipped) = without_slips(letters)?;
    let span = ground.span(index);
    let mut shape = if stem.bytes().len() == 3 {
        dotted(ground, index, stem).or_else(|| placeholder(ground, index, stem))
    } else {
        None
    }
    .or_else(|| match (slipped, blocks::begins_with_letters(stem.bytes())) {
        (true, _) => None,
        (false, true) => lettered(ground, index, stem),
        (false, false) => undotted(index, span, stem),
    })?;
    let lower = ground.char_at(span.start).is_some_and(|c| c.is_ascii_lowercase());
    shape.score.add_if(lower, Reason::LowerCase);
    shape.score.add_if(slipped, Reason::LetterForDigit);
    Some(shape)
}

/// The letters with `O` read as zero where a digit must stand: `ZO1.810`.
fn without_slips(letters: Written) -> Option<(Written, bool)> {
    let mut stem = Written::default();
    let mut slipped = false;
    for (place, byte) in letters.bytes().iter().enumerate() {
        let slip = matches!(place, 1 | 2) && matches!(byte, b'O' | b'L');
        slipped |= slip;
        stem.push(match byte {
            b'O' if slip => b'0',
            b'L' if slip => b'1',
            other => *other,
        })?;
    }
    let bytes = stem.bytes();
    let fits = bytes.first()?.is_ascii_alphabetic()
        && bytes.get(1)?.is_ascii_digit()
        && matches!(bytes.get(2)?, b'0'..=b'9' | b'A' | b'B');
    (matches!(bytes.len(), 3..=7) && (fits || blocks::begins_with_letters(bytes))).then_some((stem, slipped))
}

/// `E11.9`, `S72.001A`, `W19.XXXA`, `M54.5x`, and `E11. 621` with a stray blank.
fn dotted(ground: &Ground<'_>, index: usize, stem: Written) -> Option<Shape> {
    let gap = ground.gap_after(index)?;
    let stray = matches!(gap, ". " | " ." | ".\u{A0}");
    let comma = gap == "," && blocks::has_diagnosis(stem.bytes()) && is_decimal(ground, index + 1);
    if gap != "." && !stray && !comma {
        return None;
    }
    let next = index + 1;
    let (rest, tail) = decimals(ground.word(next))?;
    let digits = rest.bytes().iter().filter(|byte| byte.is_ascii_digit()).count();
    if !matches!(rest.bytes().len(), 1..=4) || rest.bytes().iter().any(|byte| !byte.is_ascii_alphanumeric()) {
        return None;
    }
    // After a stray blank it may be the next sentence: two digits and a category in use are needed, and nothing that
    // is counted may follow.
    let word_follows = ground.char_at(ground.span(next).end) == Some(' ')
        && ground.char_at(ground.span(next).end + 1).is_some_and(char::is_alphabetic)
        && !matches!(ground.kind(next + 1), Some(Kind::Cue(_) | Kind::Mixed));
    let digit_first = rest.bytes().first().is_some_and(u8::is_ascii_digit);
    // No sentence begins with a dot: `Z79 .4` needs no second digit.
    if stray && (digits < 2 && gap != " ." || !digit_first || word_follows || !blocks::has_diagnosis(stem.bytes())) {
        return None;
    }
    // `E11.x`, `W19.XXXA`, `F32.A`; but `E11.Next` is the end of a sentence.
    let placeholders = rest.bytes().iter().take_while(|byte| **byte == b'X').count();
    let letter = ground.word(next) == "A" && gap == ".";
    if digits == 0 && !letter && (placeholders == 0 || placeholders + 1 < rest.bytes().len()) {
        return None;
    }
    let code = stem.with(rest.bytes())?.trimmed(b'X');
    // `V58.69` is ICD-9: a V code of ICD-10 has seven characters.
    if code.bytes().first() == Some(&b'V') && code.bytes().len() < 6 {
        return None;
    }
    let end = ground.span(next).end - tail;
    let mut shape = Shape::whole(next, Span::new(ground.span(index).start, end), CodeSystem::Icd10Cm, code);
    shape.tail = ground.span(next).end;
    shape.score.add_if(tail > 0, Reason::Glued);
    let used = blocks::has_diagnosis(code.bytes());
    shape.score.add(if used { Reason::DottedDiagnosis } else { Reason::DottedLikeDiagnosis });
    shape.score.add_if(code.bytes().len() < stem.bytes().len() + rest.bytes().len(), Reason::Placeholder);
    // `S72.00-`
    if ground.char_at(shape.span.end).is_some_and(is_dash) && !followed_by_word(ground, shape.span.end) {
        shape.span.end += ground.char_at(shape.span.end).map_or(0, char::len_utf8);
        shape.tail = shape.span.end;
        shape.score.add(Reason::Placeholder);
    }
    Some(shape)
}

/// What stands behind the dot, read as digits where the letters of a scan stand for them (`K21.OO`, `I25.lO`), and how
/// many bytes of a word are glued to it (`R92.8abnormal`).
fn decimals(word: &str) -> Option<(Written, usize)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let glued = word.len() - digits;
    let lower = word.bytes().skip(digits).all(|byte| byte.is_ascii_lowercase());
    if (1..=4).contains(&digits) && glued >= 4 && lower {
        return Some((Written::of(word.get(..digits)?)?, glued));
    }
    let scanned = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'O' | b'l'));
    let read: String = if scanned { word.replace('O', "0").replace('l', "1") } else { word.to_owned() };
    Some((Written::of(&read)?, 0))
}

/// `F90,2`, as people write it whose numbers have a comma: one or two digits, and nothing after them.
fn is_decimal(ground: &Ground<'_>, index: usize) -> bool {
    let end = ground.span(index).end;
    let more = ground.char_at(end).is_some_and(|c| matches!(c, ',' | '.' | '/' | '-'))
        && ground.char_at(end + 1).is_some_and(char::is_alphanumeric);
    ground.kind(index) == Some(Kind::Digits) && ground.span(index).len() <= 2 && !more
}

/// `S82.-`, `E11.x`, `E11.*`.
fn placeholder(ground: &Ground<'_>, index: usize, stem: Written) -> Option<Shape> {
    let span = ground.span(index);
    let mut rest = ground.line_after(span.end, 12).char_indices();
    rest.next().filter(|(_, c)| *c == '.')?;
    let marks = rest.take_while(|(_, c)| is_dash(*c) || matches!(c, 'x' | 'X' | '*' | '_'));
    let (at, c) = marks.last()?;
    let end = span.end + at + c.len_utf8();
    if ground.char_at(end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    // "x" is a word of the phrasebook, and then a token of its own.
    let last = if ground.token(index + 1).is_some_and(|token| token.span.end <= end) { index + 1 } else { index };
    let mut shape = Shape::whole(last, Span::new(span.start, end), CodeSystem::Icd10Cm, stem);
    shape.score.add(if blocks::has_diagnosis(stem.bytes()) {
        Reason::DottedDiagnosis
    } else {
        Reason::DottedLikeDiagnosis
    });
    shape.score.add(Reason::Placeholder);
    Some(shape)
}

/// `I10`, `E119`, `S72001A`.
fn undotted(index: usize, span: Span, stem: Written) -> Option<Shape> {
    let bytes = stem.bytes();
    if !blocks::has_diagnosis(bytes) || bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < 2 {
        return None;
    }
    // Two letters in a row before the seventh place are a model number, unless they are placeholders.
    let odd = bytes.get(3..6.min(bytes.len())).unwrap_or_default();
    if odd.iter().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'X' | b'A' | b'B')) {
        return None;
    }
    // `C1776x2` is two of C1776: only births and eyes count in the seventh place.
    if matches!(bytes, [first, .., b'X', b'0'..=b'9'] if bytes.len() == 7 && !matches!(first, b'O' | b'H')) {
        return None;
    }
    let code = stem.trimmed(b'X');
    let mut shape = Shape::whole(index, span, CodeSystem::Icd10Cm, code);
    shape.score.add(match bytes.len() {
        3 if blocks::is_whole_diagnosis(bytes) => Reason::WholeDiagnosis,
        3 => Reason::CategoryDiagnosis,
        6 | 7 => Reason::LongDiagnosis,
        // Five characters could be a HCPCS code as well; then that is likelier.
        5 if !hcpcs::is_plain(bytes) || !blocks::has_hcpcs(bytes) => Reason::WholeDiagnosis,
        _ => Reason::BareDiagnosis,
    });
    Some(shape)
}

/// `QA00101`, `QA08`; `QA0` only where it is called a diagnosis or a code.
fn lettered(ground: &Ground<'_>, index: usize, stem: Written) -> Option<Shape> {
    let digits = stem.bytes().get(2..)?;
    if !digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'X') {
        return None;
    }
    let called = matches!(
        label(ground, index),
        Some(Label::System(CodeSystem::Icd10Cm | CodeSystem::Icd9Cm) | Label::Diagnosis | Label::Code)
    );
    if digits.len() == 1 && !called {
        return None;
    }
    let mut shape = Shape::whole(index, ground.span(index), CodeSystem::Icd10Cm, stem.trimmed(b'X'));
    shape.score.add(Reason::BareDiagnosis);
    shape.score.add(Reason::LetteredCategory);
    Some(shape)
}

fn followed_by_word(ground: &Ground<'_>, dash: usize) -> bool {
    let after = dash + ground.char_at(dash).map_or(0, char::len_utf8);
    ground.char_at(after).is_some_and(char::is_alphanumeric)
}

fn is_distinctive(shape: &Shape) -> bool {
    let dotted = shape.score.has(Reason::DottedDiagnosis) || shape.score.has(Reason::LetteredOldDiagnosis);
    dotted && !shape.score.has(Reason::LowerCase)
}

/// What the words around say about it; ICD-9-CM uses it too.
pub(super) fn judge(shape: &Shape, around: &Surroundings, score: &mut Score) {
    match around.label {
        Some(Label::System(CodeSystem::Icd10Cm | CodeSystem::Icd9Cm)) => score.add(Reason::SystemNamed),
        Some(Label::Diagnosis) => score.add(Reason::DiagnosisNamed),
        Some(Label::Code) => score.add(Reason::CodeNamed),
        Some(Label::SomeCode) => score.add(Reason::PerhapsCode),
        // A procedure is named: what follows is hardly a diagnosis without a dot.
        Some(Label::System(_)) if !shape.score.has(Reason::DottedDiagnosis) => score.add(Reason::PartOfLonger),
        _ => {}
    }
    // What could as well be a HCPCS code needs a word right before it, or a list.
    let bytes = shape.code.bytes();
    let two_minded = shape.score.has(Reason::BareDiagnosis) && hcpcs::is_plain(bytes) && blocks::has_hcpcs(bytes);
    score.add_if(around.diagnosis_near && !two_minded, Reason::DiagnosisNear);
    match around.coding {
        Coding::Much | Coding::Some => score.add(Reason::SomeCoding),
        Coding::Little | Coding::Silent => score.add(Reason::LittleCoding),
        // Its dot alone makes a diagnosis in a category in use distinctive.
        Coding::None | Coding::Elsewhere => score.add_if(!is_distinctive(shape), around.coding.reason()),
    }
}
