//! Which words of a text were asked for. Called for what is shown, never for ranking.

use super::{lexicon::Lexicon, question::Reading, word::words};
use crate::domain::span::Span;

/// The words of `text` that the reading wants, by where they stand.
#[must_use]
pub fn marks(lexicon: &Lexicon, reading: &Reading, text: &str) -> Vec<Span> {
    let wanted: Vec<&str> =
        reading.wanted.iter().flat_map(|wanted| &wanted.any).map(|(number, _)| lexicon.word(*number)).collect();
    words(text).into_iter().filter(|word| wanted.contains(&word.text.as_str())).map(|word| word.span).collect()
}

/// The text with its marked words between `open` and `close`.
#[must_use]
pub fn marked(text: &str, marks: &[Span], open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mark in marks {
        out.push_str(text.get(at..mark.start).unwrap_or(""));
        out.push_str(open);
        out.push_str(mark.of(text));
        out.push_str(close);
        at = mark.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
