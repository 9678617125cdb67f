//! What holds for any text.

use proptest::prelude::*;

use crate::{
    domain::span::Span,
    identifier::{About, blanked, find, mask},
};

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "(214) 555-0142",
            "MRN 4471923",
            "a@b.test",
            "3/4/1951",
            "99213-25",
            "Dallas, TX 75201",
            "Mrs. Jane Doe",
            "078-05-1120",
            "\n",
            "Hi Dana,",
            "ROSA^QUISPE",
            "Éva",
            "St.",
            "van der",
            "https://",
            "Feb",
            "11",
            "''",
            "O'",
            "J.",
            "…",
            "Suite",
            "Box",
            "12",
            "#",
            "photo of",
            "Thanks",
            "E11.9",
            "x2",
            ":",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn spans_are_in_order_apart_and_slices_of_the_text(text in pieces()) {
        let mut end = 0;
        for one in find(&text, &About { names: &["Dana Ruiz"], ..About::default() }) {
            prop_assert!(one.span.start >= end && one.span.start < one.span.end, "{one:?}");
            prop_assert!(text.get(one.span.start..one.span.end).is_some(), "{one:?}");
            end = one.span.end;
        }
    }

    #[test]
    fn a_code_is_never_masked(text in pieces(), at in 0_usize..200, length in 1_usize..8) {
        let boundary = |from: usize| (from.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
        let (Some(start), Some(end)) = (boundary(at), boundary(at + length)) else { return Ok(()) };
        let code = Span::new(start, end);
        for one in find(&text, &About { codes: Some(&[code]), ..About::default() }) {
            let shared = Span::new(one.span.start.max(start), one.span.end.min(end));
            prop_assert!(!one.span.overlaps(code) || !shared.of(&text).contains(char::is_alphanumeric), "{one:?} {code:?}");
        }
    }

    #[test]
    fn blanking_keeps_every_offset(text in pieces()) {
        let found = find(&text, &About::default());
        let blank = blanked(&text, &found);
        prop_assert_eq!(blank.len(), text.len());
        for one in found {
            prop_assert!(one.span.of(&blank).bytes().all(|byte| byte == b'*' || byte == b'\n'));
        }
    }

    #[test]
    fn what_shows_by_its_form_is_gone_after_masking(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "(214) 555-0142", "MRN 4471923", "a@b.test", "3/4/1951", "99213-25", "Mrs. Jane Doe", "078-05-1120", "and",
            ]),
            0..12,
        ),
    ) {
        let masked = mask(&words.join(" ")).0;
        prop_assert!(find(&masked, &About::default()).is_empty(), "{masked:?}");
    }
}

#[test]
fn a_long_text_of_one_thing_takes_time_in_proportion() {
    // Not timed: a quadratic rule would show in this test at once.
    for piece in ["9", "A ", "Ab, ", "1/2/", "a@", "x:", "J.", "van ", "Mr. ", "MRN ", "\n", "12 ", "Street ", "Box 1 "]
    {
        let text = piece.repeat(1 << 14);
        let found = find(&text, &About::default());
        assert!(found.len() <= text.len());
    }
}
