//! Goods by the piece: "5 boxes gauze 44950", "2 cases of gowns 31256": the number of an article.

use super::Suspect;
use crate::extract::confidence::Reason;

/// What goods are packed in, or counted by.
const PACKED: [&str; 23] = [
    "box", "boxes", "case", "cases", "pack", "packs", "carton", "cartons", "roll", "rolls", "bag", "bags", "bottle",
    "bottles", "pcs", "pieces", "pairs", "reams", "ream", "kits", "dozen", "pallets", "packages",
];
/// How far back the piece is looked for, in bytes.
const REACH: usize = 48;

pub(super) fn reason(suspect: &Suspect<'_>) -> Option<Reason> {
    if suspect.label.is_some() {
        return None;
    }
    let start = suspect.shape.span.start;
    let before = suspect.ground.before(start, REACH);
    if !before.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let phrase = before.rsplit(['\n', ',', ';', ':', '?', '!', '(']).next()?;
    let mut words = phrase.split_whitespace().rev().peekable();
    let mut named = false;
    while let Some(word) = words.next() {
        let counted = words.peek().is_some_and(|before| before.bytes().all(|byte| byte.is_ascii_digit()));
        // "2 cases 99213" are cases of a code.
        let packed = named || !matches!(word, "case" | "cases");
        if counted && packed && PACKED.iter().any(|one| word.eq_ignore_ascii_case(one)) {
            return Some(Reason::Counted);
        }
        named = true;
    }
    None
}
