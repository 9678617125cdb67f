//! HCPCS Level II: a letter and four digits. Dental codes (D) are recognised; their titles belong to the ADA.

use super::{
    blocks,
    candidate::Shape,
    confidence::{Reason, Score},
    cpt,
    ground::Ground,
    surroundings::Surroundings,
    written::{Written, fits},
};
use crate::domain::code::CodeSystem;

/// The letters with which codes begin.
const LETTERS: &[u8] = b"ABCDEGHJKLMPQRSTUV";

/// What token `index`, written `letters`, would be as a HCPCS code.
pub(super) fn shape(ground: &Ground<'_>, index: usize, letters: Written) -> Option<Shape> {
    let (code, range_end, mut score) = read(letters)?;
    let span = ground.span(index);
    let mut shape = Shape::whole(index, span, CodeSystem::Hcpcs, code);
    score.add_if(ground.char_at(span.start).is_some_and(|c| c.is_ascii_lowercase()), Reason::LowerCase);
    shape.range_end = range_end;
    shape.score = score;
    Some(shape)
}

/// The code, the other end of a wildcard (`J01XX`), and what the letters say.
pub(super) fn read(letters: Written) -> Option<(Written, Option<Written>, Score)> {
    let bytes = letters.bytes();
    let mut score = Score::default();
    let (first, rest) = bytes.split_first()?;
    if rest.len() != 4 || !LETTERS.contains(first) {
        return None;
    }
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (code, range_end) = if digits == 4 {
        (letters, None)
    } else if digits >= 2 && rest.iter().skip(digits).all(|byte| *byte == b'X') {
        let end = |filler: u8| Written::default().with(bytes.get(..=digits)?)?.with([filler; 2].get(..4 - digits)?);
        score.add(Reason::Placeholder);
        (end(b'0')?, end(b'9'))
    } else if rest.iter().filter(|byte| byte.is_ascii_digit()).count() == 3 && rest.contains(&b'O') {
        let mut code = Written::default();
        for byte in bytes {
            code.push(if *byte == b'O' { b'0' } else { *byte })?;
        }
        score.add(Reason::LetterForDigit);
        (code, None)
    } else {
        return None;
    };
    score.add(if blocks::has_hcpcs(code.bytes()) { Reason::HcpcsBlock } else { Reason::OutsideHcpcs });
    Some((code, range_end, score))
}

/// What the words around say about it.
pub(super) fn judge(around: &Surroundings, score: &mut Score) {
    cpt::named(around.label, score);
    score.add(around.coding.reason());
    score.add_if(around.billing_near, Reason::BillingNear);
}

/// Whether the letters fit a HCPCS code without any slip.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    fits(bytes, b"A9999") && bytes.first().is_some_and(|first| LETTERS.contains(first))
}
