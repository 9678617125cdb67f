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
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let bare = line.trim();
        let starts_anew = bare.is_empty() || bare.starts_with(['|', '#', '-', '*']) || is_numbered(bare);
        if starts_anew && let Some(done) = block.take() {
            split(text, done, &mut found);
        }
        if bare.starts_with('|') {
            found.push(Passage { span, kind: Kind::Row });
        } else if !bare.is_empty() {
            block = Some(block.map_or(span, |open| Span::new(open.start, span.end)));
        }
    }
    if let Some(done) = block {
        split(text, done, &mut found);
    }
    found
}

/// Sentences of one block: each ends with `.`, `?` or `!` before a blank, or with the block.
fn split(text: &str, block: Span, found: &mut Vec<Passage>) {
    let words = block.of(text).trim_start();
    let restated = words.starts_with("You asked:") || words.starts_with("You added:");
    let kind = if restated { Kind::Restated } else { Kind::Sentence };
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

/// Whether a passage presents the code at `code` as one to be used: "bill 99213", "99213 is still valid". A question,
/// a condition and a warning do not.
pub(super) fn presents(text: &str, passage: &Passage, code: Span) -> bool {
    const USES: &str = "bill report use submit charge append choose select recommend recommended enter go yes";
    const IS: &str = "is are be was remains stays";
    const BEST: &str = "correct right proper appropriate best answer choice";
    const GOOD: &str = "valid active billable payable fine correct appropriate right supported covered force";
    const NOT_MEANT: &str = "not never cannot don't can't won't shouldn't mustn't if to whether no longer nor";
    if passage.kind != Kind::Sentence || passage.span.of(text).trim_end().ends_with('?') {
        return false;
    }
    let any = |words: &[String], list: &str| words.iter().any(|word| is_among(list, word));
    let before = words(Span::new(passage.span.start, code.start).of(text));
    let back: Vec<String> = before.into_iter().rev().skip_while(|word| is_filler(word)).take(5).collect();
    let after = words(Span::new(code.end, passage.span.end).of(text));
    let ahead: Vec<String> = after.into_iter().skip_while(|word| is_filler(word)).take(5).collect();
    match (back.split_first(), ahead.split_first()) {
        // "You may bill 99213"
        (Some((verb, earlier)), _) if is_among(USES, verb) => !any(earlier, NOT_MEANT),
        // "the right code is 99213"
        (Some((verb, earlier)), _) if is_among(IS, verb) && any(earlier, BEST) => !any(earlier, NOT_MEANT),
        // "99213 is still valid"
        (_, Some((verb, rest))) => is_among(IS, verb) && any(rest, GOOD) && !any(rest, NOT_MEANT),
        _ => false,
    }
}

fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect()
}

/// Words that may stand between "bill" and the code it speaks of: other codes, and what codes are called.
fn is_filler(word: &str) -> bool {
    const FILLERS: &str = "and or with plus the a both either code codes cpt hcpcs icd cm only just instead";
    is_among(FILLERS, word) || word.bytes().any(|b| b.is_ascii_digit())
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

    #[test]
    fn a_recommendation_is_told_from_a_warning() {
        for (text, presented) in [
            ("You may bill 99441 here.", true),
            ("Please use CPT codes 99202, 99203 and 99441.", true),
            ("99202 ended 2024-12-31; bill 99441 instead.", true),
            ("99441 is still valid.", true),
            ("99441 and 99442 remain open; CPT 99441 is in force.", true),
            ("The correct code is 99441.", true),
            ("Yes, 99441.", true),
            ("The correct code is not 99441.", false),
            ("The code that you asked about is 99441.", false),
            ("Do not bill 99441.", false),
            ("You cannot report the code 99441.", false),
            ("Use 99202 instead of 99441.", false),
            ("Can you bill 99441?", false),
            ("If you bill 99441 it is refused.", false),
            ("99441 is no longer valid.", false),
            ("You asked: we want to know. Bill 99441.", false),
            ("| 99441 | use 99441 |", false),
        ] {
            let at = text.rfind("99441").unwrap();
            let all = passages(text);
            let passage = holding(&all, at).unwrap();
            assert_eq!(presents(text, passage, Span::new(at, at + 5)), presented, "{text}");
        }
    }
}
