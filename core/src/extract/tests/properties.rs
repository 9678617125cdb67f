//! What holds for every text.

use proptest::prelude::*;

use super::super::{Nothing, candidates, findings, read::work};
use crate::{domain::code::CodeSystem, mail::search_text::SearchText};

/// Texts made of pieces that look like codes, so that every rule is reached.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,11}",
        "[A-Za-z][0-9]{2}\\.?[0-9A-Zx-]{0,4}",
        "[A-Z][0-9]{4}",
        "(CPT|dx|modifier|units|x|and|to|with|ICD-10-CM|invoice|NDC|DRG|rev code|E/M|\\$|#)",
        "[ ,;:/.()\\n\\t\\-–\u{A0}\u{AD}%@_|]{1,3}",
        "(RT|LT|25|59|XU|JW|CO|99213|20610|J1885|E11\\.9)",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn spans_are_sorted_disjoint_and_slice_to_what_they_claim(text in texts()) {
        let search = SearchText::plain(text.clone());
        let found = findings(&search, &Nothing);
        for mentions in [found.mentions, found.possibles.into_iter().map(|one| one.mention).collect()] {
            let mut end = 0;
            for mention in mentions {
                prop_assert!(mention.span.start >= end, "{mention:?} in {text:?}");
                prop_assert!(text.get(mention.span.start..mention.span.end).is_some_and(|slice| !slice.is_empty()));
                let first = text[mention.span.start..].chars().next().unwrap();
                prop_assert!(first.is_alphanumeric(), "{mention:?} in {text:?}");
                if mention.system == CodeSystem::Cpt && mention.span.len() == 5 && mention.code.as_str().len() == 5 {
                    let digits = mention.code.as_str().bytes().filter(u8::is_ascii_digit).count();
                    prop_assert!(digits >= 4);
                }
                end = mention.span.end;
            }
        }
        let _ = candidates(&search);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = findings(&SearchText::plain(text), &Nothing);
    }
}

/// What makes naive extractors quadratic: the pieces of hostile texts.
const HOSTILE: [&str; 22] = [
    "9",
    "99213, ",
    "99213-",
    "25 and ",
    "E11.",
    "\u{AD}",
    "modifier ",
    "( ",
    "1-",
    "99213 to ",
    "CPT ",
    "x2 ",
    ",",
    "\n",
    "99202-99205-",
    "99213-25 59 RT ",
    "need XU or ",
    "| CPT | MOD |\n| 1 | 25 |\n",
    "0450 ",
    "dx N20 CO-97 ",
    "@a",
    "_",
];

/// The work is linear: eight times the text takes eight times the looks at it, whatever it is made of. Looks are counted
/// and not seconds, and what one text of a kind costs at most is held as well.
#[test]
fn eight_times_the_text_is_eight_times_the_work() {
    for piece in HOSTILE {
        let looks = |pieces: usize| work(&SearchText::plain(piece.repeat(pieces)));
        let (few, many) = (looks(1_000), looks(8_000));
        assert!(many <= 8 * few + few / 4 + 4_000, "{piece:?}: {few} looks at 1,000 pieces, {many} at 8,000");
        assert!(many <= 2_000 * 8_000, "{piece:?}: {many} looks at 8,000 pieces");
    }
    let list = |n: usize| format!("CPT {}", "99213, ".repeat(n));
    assert_eq!(findings(&SearchText::plain(list(8_000)), &Nothing).mentions.len(), 8_000);
}

/// The same of texts made of several pieces by turns.
#[test]
fn work_on_mixed_texts_is_linear() {
    for (one, other) in HOSTILE.iter().zip(HOSTILE.iter().cycle().skip(7)) {
        let looks = |pieces: usize| work(&SearchText::plain([*one, other].concat().repeat(pieces)));
        let (few, many) = (looks(500), looks(4_000));
        assert!(many <= 8 * few + few / 4 + 4_000, "{one:?} and {other:?}: {few} looks, then {many}");
    }
}
