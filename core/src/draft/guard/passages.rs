//! A reply's text as passages, the rows and sentences in which something can be said of a code. That a code ended has
//! to be said where the code stands: "it ended" ten lines away excuses nothing.

use crate::domain::span::Span;

/// A table row or a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Its bytes.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A row of a table.
    Row,
    /// The reply's own words.
    Sentence,
    /// The asker's words, restated after "You asked:" or "You added:". They claim nothing.
    Restated,
}

/// All passages, in order; none is empty.
pub(super) fn passages(text: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut block: Option<Span> = None;
    let mut restated = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let bare = line.trim();
        let starts_anew = bare.is_empty() || bare.starts_with(['|', '#', '-', '*']) || is_numbered(bare);
        if starts_anew && let Some(done) = block.take() {
            split(text, done, &mut restated, &mut found);
        }
        if bare.starts_with('|') {
            found.push(Passage { span, kind: Kind::Row });
        } else if !bare.is_empty() {
            block = Some(block.map_or(span, |open| Span::new(open.start, span.end)));
        }
    }
    if let Some(done) = block {
        split(text, done, &mut restated, &mut found);
    }
    found
}

/// Sentences of one block: each ends with `.`, `?` or `!` before a blank, or with the block.
///
/// The asker is restated once: what stands behind a second "You asked:" is the reply's own.
fn split(text: &str, block: Span, restated: &mut Vec<&'static str>, found: &mut Vec<Passage>) {
    let words = block.of(text).trim_start();
    let kind = match ["You asked:", "You added:"].into_iter().find(|opening| words.starts_with(opening)) {
        Some(opening) if !restated.contains(&opening) => {
            restated.push(opening);
            Kind::Restated
        }
        _ => Kind::Sentence,
    };
    let mut start = block.start;
    let mut ended = false;
    for (offset, c) in block.of(text).char_indices() {
        let here = block.start + offset;
        if ended && c.is_whitespace() {
            found.push(Passage { span: Span::new(start, here), kind });
            start = here;
        }
        ended = matches!(c, '.' | '?' | '!');
    }
    if !Span::new(start, block.end).of(text).trim().is_empty() {
        found.push(Passage { span: Span::new(start, block.end), kind });
    }
}

/// `1. like this`
fn is_numbered(line: &str) -> bool {
    line.split_once(". ").is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The passage that holds the byte at `at`.
pub(super) fn holding(passages: &[Passage], at: usize) -> Option<&Passage> {
    let after = passages.partition_point(|passage| passage.span.start <= at);
    passages.get(after.checked_sub(1)?).filter(|passage| at < passage.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_sentences_and_restated_words_are_told_apart() {
        let text = "## Answer\n\nYes. It\nended (E11.9).\n\n| a | b |\n- one. Two\n3. three\n\nYou asked: Is it? So.";
        let found: Vec<(Kind, &str)> =
            passages(text).iter().map(|passage| (passage.kind, passage.span.of(text).trim())).collect();
        assert_eq!(
            found,
            [
                (Kind::Sentence, "## Answer"),
                (Kind::Sentence, "Yes."),
                (Kind::Sentence, "It\nended (E11.9)."),
                (Kind::Row, "| a | b |"),
                (Kind::Sentence, "- one."),
                (Kind::Sentence, "Two"),
                (Kind::Sentence, "3."),
                (Kind::Sentence, "three"),
                (Kind::Restated, "You asked: Is it?"),
                (Kind::Restated, "So."),
            ]
        );
    }
}
