//! CPT: five digits, or four digits and F, T, U, M or A.
//!
//! A bare number of five digits is the hardest of all, since every ZIP code is one: its range counts a little, the
//! words and codes around it decide.

use super::{
    candidate::Shape,
    coding::Coding,
    confidence::{Reason, Score},
    ground::Ground,
    label::Label,
    surroundings::Surroundings,
    written::{Written, fits},
};
use crate::domain::code::CodeSystem;

/// The parts of the numbers that CPT uses: anesthesia, surgery, radiology, laboratory, medicine and visits.
const RANGES: [(u32, u32); 5] = [(100, 1999), (10_004, 69_990), (70_010, 79_999), (80_047, 89_398), (90_281, 99_607)];

/// Visits: the numbers that people write most.
const VISITS: (u32, u32) = (99_201, 99_499);

/// Whether it is the number of a visit.
pub(super) fn is_visit(code: Written) -> bool {
    code.number().is_some_and(|number| (VISITS.0..=VISITS.1).contains(&number))
}

/// What token `index`, written `letters`, would be as a CPT code.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    let span = ground.span(index);
    let (code, range_end, mut score) = read(letters).or_else(|| scanned(ground.word(index)))?;
    let mut shape = Shape::whole(index, span, CodeSystem::Cpt, code);
    shape.range_end = range_end;
    if let Some(number) = code.number() {
        let within = |(first, last): (u32, u32)| (first..=last).contains(&number);
        let used = RANGES.iter().copied().any(within) || range_end.is_some();
        score.add(if used { Reason::CptRange } else { Reason::OutsideCpt });
        score.add_if(within(VISITS), Reason::VisitRange);
    }
    let starred =
        ground.char_at(span.end) == Some('*') && !ground.char_at(span.end + 1).is_some_and(char::is_alphanumeric);
    score.add_if(ground.char_before(span.start) == Some('+') || starred, Reason::AddOnMark);
    shape.score = score;
    Some(shape)
}

/// The code, the other end of a wildcard, and what the letters say.
pub(super) fn read(letters: Written) -> Option<(Written, Option<Written>, Score)> {
    let mut score = Score::default();
    let bytes = letters.bytes();
    if fits(bytes, b"99999") {
        return Some((letters, None, score));
    }
    if fits(bytes, b"9999A") {
        let number = Written::of(letters.as_str().get(..4)?)?.number()?;
        // Category II runs to 9007F; the others are numbered from 0001 up. `1500U` is a dose and `1080P` a screen.
        let in_use = match bytes.last()? {
            b'F' => number <= 9999,
            b'T' => number <= 1299,
            b'U' => number <= 999,
            b'A' | b'M' => number <= 199,
            _ => false,
        };
        if in_use {
            score.add(Reason::LetteredCpt);
            return Some((letters, None, score));
        }
    }
    if bytes.len() != 5 {
        return None;
    }
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits >= 3 && bytes.iter().skip(digits).all(|byte| *byte == b'X') {
        let end = |filler: u8| Written::default().with(bytes.get(..digits)?)?.with([filler; 2].get(..5 - digits)?);
        score.add(Reason::Placeholder);
        return Some((end(b'0')?, Some(end(b'9')?), score));
    }
    let slips = bytes.iter().filter(|byte| matches!(byte, b'L' | b'I' | b'O')).count();
    if bytes.first()?.is_ascii_digit() && slips <= 2 && digits + slips <= 5 {
        let mut code = Written::default();
        for byte in bytes {
            code.push(match byte {
                b'L' | b'I' => b'1',
                b'O' => b'0',
                other => *other,
            })?;
        }
        code.number()?;
        score.add(Reason::LetterForDigit);
        return Some((code, None, score));
    }
    None
}

/// `93OOO`, `l711O`, `OO731`: a scan with more slips than a typist makes.
fn scanned(word: &str) -> Option<(Written, Option<Written>, Score)> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let slips = word.bytes().filter(|byte| matches!(byte, b'O' | b'l' | b'I')).count();
    if digits < 2 || digits + slips != 5 || word.len() != 5 {
        return None;
    }
    let code = Written::of(&word.replace('O', "0").replace(['l', 'I'], "1"))?;
    let mut score = Score::default();
    score.add(Reason::LetterForDigit);
    Some((code, None, score))
}

/// What the words around say about it.
pub(super) fn judge(shape: &Shape, around: &Surroundings, score: &mut Score) {
    named(around.label, score);
    score.add_if(around.billing_near, Reason::BillingNear);
    score.add_if(around.clinical_near, Reason::ClinicalNear);
    score.add_if(around.done && around.coding >= Coding::Silent, Reason::Done);
    let free = around.free && shape.score.has(Reason::CptRange) && around.coding >= Coding::Silent;
    score.add_if(free && !around.done, Reason::StandsFree);
    let half = around.half_free && !free && !around.done && shape.score.has(Reason::CptRange);
    let round = shape.code.as_str().ends_with("00");
    score.add_if(half && !round && around.coding >= Coding::Silent, Reason::HalfFree);
    score.add(around.coding.reason());
    if shape.score.has(Reason::CptRange) || shape.score.has(Reason::OutsideCpt) {
        // The two that are written every day are no amounts.
        let daily = matches!(shape.code.as_str(), "93000" | "17000");
        score.add_if(shape.code.as_str().ends_with("000") && !daily, Reason::Round);
        score.add_if(around.after_name, Reason::AfterName);
        score.add_if(around.place == crate::domain::mention::Place::Signature, Reason::InSignature);
    }
}

/// What a label says about codes of procedures; HCPCS uses it too.
pub(super) fn named(label: Option<Label>, score: &mut Score) {
    match label {
        Some(Label::System(CodeSystem::Cpt | CodeSystem::Hcpcs)) => score.add(Reason::SystemNamed),
        Some(Label::Code) => score.add(Reason::CodeNamed),
        Some(Label::SomeCode) => score.add(Reason::PerhapsCode),
        Some(Label::Procedure) => score.add(Reason::ProcedureNamed),
        Some(Label::Billed) => score.add(Reason::Billed),
        _ => {}
    }
}
