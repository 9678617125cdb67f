//! Codes glued to something: `CPT99213`, `deleted90782`, `17003x13`, `2x20610`, `20610RT`, `U0002a`, `N63Mass`.
//!
//! Text out of tables and web pages loses blanks. What is glued must itself make sense: a word of the phrasebook in
//! front, or units, a modifier, a footnote letter or a word behind. `INV48213` stays a number of an invoice.

use super::{
    blocks,
    candidate::Shape,
    confidence::{Reason, Score},
    cpt,
    ground::Ground,
    hcpcs, modifier, phrasebook,
    words::Cue,
    written::{Written, fits},
};
use crate::domain::{
    code::{CodeSystem, Modifier},
    span::Span,
};

/// The code inside token `index`, when the token as a whole is none.
pub(super) fn shape(ground: &Ground<'_>, index: usize) -> Option<Shape> {
    let token = ground.span(index);
    let raw = token.of(ground.text());
    if !raw.is_ascii() || !(6..=22).contains(&raw.len()) {
        return None;
    }
    drug(index, token, raw)
        .or_else(|| counted(index, token, raw))
        .or_else(|| prefixed(index, token, raw))
        .or_else(|| suffixed(index, token.start, raw, 0))
        .or_else(|| diagnosis_with_word(index, token, raw))
}

/// `N400409141204`, `N400409141204UN1`: the qualifier of a claim, the drug, its quantity (NUCC, UB-04).
fn drug(index: usize, token: Span, raw: &str) -> Option<Shape> {
    let (digits, rest) = raw.strip_prefix("N4")?.split_at_checked(11)?;
    let measured = rest.is_empty() || ["UN", "ML", "GR", "ME", "F2"].iter().any(|measure| rest.starts_with(measure));
    let code = Written::of(digits).filter(|_| measured && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let start = token.start + 2;
    let mut shape = Shape::whole(index, Span::new(start, start + 11), CodeSystem::Ndc, code);
    shape.tail = token.end;
    shape.score.add(Reason::SystemNamed);
    Some(shape)
}

/// `9921325`: a visit and a modifier that only visits have; other numbers of seven digits are accounts.
pub(super) fn visit(ground: &Ground<'_>, index: usize) -> Option<Shape> {
    let token = ground.span(index);
    let (piece, rest) = ground.word(index).split_at_checked(5)?;
    let (system, code, score) = core(piece)?;
    if !cpt::is_visit(code) || !matches!(rest, "24" | "25" | "57") {
        return None;
    }
    let mut shape = Shape::whole(index, Span::new(token.start, token.start + 5), system, code);
    shape.tail = token.end;
    shape.score = score;
    shape.score.add(Reason::Glued);
    shape.score.add(Reason::VisitRange);
    shape.modifiers = [Modifier::parse(rest).ok(), None];
    Some(shape)
}

/// A piece that is a whole CPT or HCPCS code.
fn core(piece: &str) -> Option<(CodeSystem, Written, Score)> {
    let letters = Written::of(piece)?;
    let mut score = Score::default();
    if fits(letters.bytes(), b"99999") || fits(letters.bytes(), b"9999A") {
        let (code, _, mut score) = cpt::read(letters)?;
        score.add_if(fits(letters.bytes(), b"99999"), Reason::CptRange);
        return Some((CodeSystem::Cpt, code, score));
    }
    if hcpcs::is_plain(letters.bytes()) && blocks::has_hcpcs(letters.bytes()) {
        score.add(Reason::HcpcsBlock);
        return Some((CodeSystem::Hcpcs, letters, score));
    }
    None
}

/// `2x20610`.
fn counted(index: usize, token: Span, raw: &str) -> Option<Shape> {
    let (count, piece) = raw.split_once(['x', 'X'])?;
    let units = count.parse::<u32>().ok().filter(|units| (1..=999).contains(units))?;
    let (system, code, score) = core(piece)?;
    let mut shape = Shape::whole(index, Span::new(token.end - piece.len(), token.end), system, code);
    shape.units = Some(units);
    shape.score = score;
    Some(shape)
}

/// `CPT99213`, `HCPCSJ1885`, `DRG470`, `deleted90782`.
fn prefixed(index: usize, token: Span, raw: &str) -> Option<Shape> {
    let letters = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    for cut in [letters, letters.saturating_sub(1)] {
        let (Some(prefix), Some(rest)) = (raw.get(..cut), raw.get(cut..)) else { continue };
        let Some(cue) = phrasebook::cue(prefix.as_bytes()) else { continue };
        let start = token.start + cut;
        if cue == Cue::System(CodeSystem::MsDrg) && rest.len() <= 3 {
            let code = Written::of(rest).filter(|code| code.number().is_some() && rest.len() == 3)?;
            let mut shape = Shape::whole(index, Span::new(start, token.end), CodeSystem::MsDrg, code);
            shape.score.add(Reason::SystemNamed);
            return Some(shape);
        }
        if !matches!(
            cue,
            Cue::System(_)
                | Cue::Code
                | Cue::Procedure
                | Cue::Billing
                | Cue::Handling
                | Cue::Coding
                | Cue::And
                | Cue::With
        ) {
            continue;
        }
        if let Some((system, code, score)) = core(rest) {
            let mut shape = Shape::whole(index, Span::new(start, token.end), system, code);
            shape.score = score;
            shape.score.add_if(!matches!(cue, Cue::System(_) | Cue::Code | Cue::Procedure), Reason::Glued);
            return Some(shape);
        }
        if let Some(shape) = suffixed(index, token.start, raw, cut) {
            return Some(shape);
        }
    }
    None
}

/// `17003x13`, `20610RT`, `U0002a`, `99213and`, from byte `cut` of the token on.
fn suffixed(index: usize, token_start: usize, raw: &str, cut: usize) -> Option<Shape> {
    let (piece, rest) = raw.get(cut..)?.split_at_checked(5)?;
    let (system, code, score) = core(piece)?;
    let start = token_start + cut;
    let mut shape = Shape::whole(index, Span::new(start, start + 5), system, code);
    shape.tail = token_start + raw.len();
    shape.score = score;
    let units = rest.strip_prefix(['x', 'X']).and_then(|units| units.parse::<u32>().ok());
    if let Some(units) = units.filter(|units| (1..=999).contains(units)) {
        shape.units = Some(units);
        return Some(shape);
    }
    let (first, second) = rest.split_at_checked(2).unwrap_or_default();
    let follows = second.is_empty() || modifier::is_glued(second.as_bytes()) || modifier::is_numeric(second.as_bytes());
    // `2982259RT`
    let lettered = modifier::is_numeric(first.as_bytes()) && modifier::is_glued(second.as_bytes());
    if modifier::is_glued(first.as_bytes()) && follows || lettered {
        shape.modifiers = [first, second].map(|two| Modifier::parse(two).ok());
        return Some(shape);
    }
    let lower = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut letters = rest.bytes();
    let word = letters.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && rest.len() >= 4
        && letters.all(|byte| byte.is_ascii_lowercase());
    shape.score.add_if(rest.len() > 1, Reason::Glued);
    (lower || word).then_some(shape)
}

/// `N63Mass`: a cell of codes and a cell of words.
fn diagnosis_with_word(index: usize, token: Span, raw: &str) -> Option<Shape> {
    let (piece, rest) = raw.split_at_checked(3)?;
    let code = Written::of(piece)?;
    let mut letters = rest.bytes();
    let word =
        letters.next().is_some_and(|byte| byte.is_ascii_uppercase()) && letters.all(|byte| byte.is_ascii_lowercase());
    // "QA0Team" is no cell of codes.
    let category = blocks::has_diagnosis(code.bytes()) && !blocks::begins_with_letters(code.bytes());
    if !word || rest.len() < 3 || !category {
        return None;
    }
    let mut shape = Shape::whole(index, Span::new(token.start, token.start + 3), CodeSystem::Icd10Cm, code);
    shape.tail = token.end;
    shape.score.add(Reason::WholeDiagnosis);
    Some(shape)
}
