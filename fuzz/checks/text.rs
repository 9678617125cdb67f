//! What must hold of every text: no panic, and spans that are sorted, disjoint, and slice what they claim.

use caseconsult_core::{
    extract::{Nothing, Reading, candidates, findings, mentions_json},
    mail::search_text::SearchText,
};

/// Reads the bytes as a text, each byte that is no UTF-8 replaced.
pub(crate) fn check(bytes: &[u8]) {
    let search = SearchText::plain(String::from_utf8_lossy(bytes));
    holds(&search);
}

/// What must hold of a text in parts.
pub(crate) fn holds(search: &SearchText) {
    let found = findings(search, &Nothing);
    let mut end = 0;
    for mention in &found.mentions {
        assert!(mention.span.start >= end, "{:?} overlaps the one before it", mention.span);
        let slice = search.text.get(mention.span.start..mention.span.end);
        assert!(slice.is_some_and(|slice| !slice.is_empty()), "{:?} slices nothing", mention.span);
        end = mention.span.end;
    }
    let printed = mentions_json(&search.text, &found.mentions);
    let points = search.text.chars().count();
    assert!(printed.iter().all(|one| one.start < one.end && one.end <= points), "offsets outside the text");
    assert_eq!(Reading::of(search, &Nothing, None).mentions, found.mentions, "read twice, read otherwise");
    let _ = candidates(search);
}
