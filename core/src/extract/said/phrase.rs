//! The words of a text, and phrases met among them in one pass.
//!
//! A phrase is words in small letters with single blanks; in the text they may be parted by a blank, a line end, a hyphen,
//! an apostrophe or a slash. Of two phrases that begin at one word the longer is met. Each word is looked at once for
//! each list, and a phrase is at most a few words, so the time is linear in the text.

use std::{collections::HashMap, ops::Range};

use crate::{domain::span::Span, extract::ground::is_dash};

/// The words of a text: runs of letters and digits.
pub(super) struct Words<'a> {
    text: &'a str,
    lower: String,
    words: Vec<Word>,
}

#[derive(Clone, Copy)]
struct Word {
    span: Span,
    /// A few bits of its letters: most lists are done with a word by looking at them.
    trace: u16,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let lower = text.to_ascii_lowercase();
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut start = None;
        for (at, c) in text.char_indices() {
            match (c.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.push(Word::of(&lower, from, at));
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            words.push(Word::of(&lower, from, text.len()));
        }
        Self { text, lower, words }
    }

    pub(super) const fn text(&self) -> &'a str {
        self.text
    }

    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in small letters; empty beyond the last.
    pub(super) fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.span.of(&self.lower))
    }

    /// The word as written.
    pub(super) fn written(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |word| word.span.of(self.text))
    }

    /// The word `back` words before `index`, when marks part it by no more than a blank; else empty.
    pub(super) fn before(&self, index: usize, back: usize) -> &str {
        let near = |at: usize| at.checked_sub(1).is_some_and(|last| self.joins(last));
        let Some(at) = index.checked_sub(back) else { return "" };
        if (at + 1..=index).all(near) { self.word(at) } else { "" }
    }

    /// The word `ahead` words after `index`, likewise.
    pub(super) fn after(&self, index: usize, ahead: usize) -> &str {
        if (index..index + ahead).all(|at| self.joins(at)) { self.word(index + ahead) } else { "" }
    }

    /// What stands between a word and the next; empty behind the last.
    pub(super) fn gap(&self, index: usize) -> &'a str {
        let mut two = self.words.iter().skip(index).take(2);
        let (Some(one), Some(next)) = (two.next(), two.next()) else { return "" };
        self.text.get(one.span.end..next.span.start).unwrap_or("")
    }

    /// Whether a word and the next can be of one phrase.
    pub(super) fn joins(&self, index: usize) -> bool {
        let gap = self.gap(index);
        let part =
            |c: char| c == ' ' || c == '\n' || c == '\u{A0}' || is_dash(c) || matches!(c, '\'' | '’' | '/' | '*');
        !gap.is_empty() && gap.len() <= 4 && (gap == "." || gap.chars().all(part)) && !gap.contains("\n\n")
    }

    /// Whether all letters of a word are capitals.
    pub(super) fn is_upper(&self, index: usize) -> bool {
        let word = self.written(index);
        !word.is_empty() && !word.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.written(index).starts_with(|c: char| c.is_uppercase())
    }

    /// From the first of these words to the last.
    pub(super) fn span(&self, of: &Range<usize>) -> Span {
        let first = self.words.get(of.start).map_or(0, |word| word.span.start);
        Span::new(
            first,
            of.end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(first, |word| word.span.end),
        )
    }

    /// The first word that begins at or after a byte.
    pub(super) fn from(&self, byte: usize) -> usize {
        self.words.partition_point(|word| word.span.start < byte)
    }

    /// Whether one of these words stands in the sentence of word `index`, at most `reach` words away.
    pub(super) fn sentence_has(&self, index: usize, reach: usize, wanted: &dyn Fn(&str) -> bool) -> bool {
        let back = (0..index).rev().take(reach).take_while(|at| !ends_sentence(self.gap(*at)));
        let on = (index + 1..self.len()).take(reach).take_while(|at| !ends_sentence(self.gap(at - 1)));
        back.chain(on).any(|at| wanted(self.word(at)))
    }
}

/// Whether a gap between two words ends a sentence.
pub(super) fn ends_sentence(gap: &str) -> bool {
    gap.contains(['?', '!', ';']) || gap.contains(". ") || gap.contains(".\n") || gap.contains("\n\n")
}

impl Word {
    fn of(lower: &str, start: usize, end: usize) -> Self {
        let span = Span::new(start, end);
        Self { span, trace: trace(span.of(lower)) }
    }
}

/// Bits of the letters of a word, 0 to 1023.
fn trace(word: &str) -> u16 {
    let mixed = word.bytes().fold(0_u32, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(u32::from(byte)));
    u16::try_from(mixed % 1024).unwrap_or(0)
}

/// A list of phrases, each with what it means.
pub(super) struct Phrases<T> {
    /// By the first word; the longest first.
    begun: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
    traces: [bool; 1024],
}

impl<T: Copy> Phrases<T> {
    /// Reads a list; several phrases of one meaning are parted by `|`.
    pub(super) fn new(list: &[(&'static str, T)]) -> Self {
        let mut phrases = Self { begun: HashMap::new(), traces: [false; 1024] };
        for (choices, meaning) in list {
            for choice in choices.split('|') {
                let mut words = choice.split(' ');
                let first = words.next().unwrap_or_default();
                phrases.begun.entry(first).or_default().push((words.collect(), *meaning));
                if let Some(bit) = phrases.traces.get_mut(usize::from(trace(first))) {
                    *bit = true;
                }
            }
        }
        for choices in phrases.begun.values_mut() {
            choices.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    }

    /// The longest phrase that begins at a word: its meaning, and one past its last word.
    pub(super) fn at(&self, words: &Words<'_>, index: usize) -> Option<(T, usize)> {
        let trace = words.words.get(index)?.trace;
        if !self.traces.get(usize::from(trace)).copied().unwrap_or(false) {
            return None;
        }
        self.begun.get(words.word(index))?.iter().find_map(|(rest, meaning)| {
            let fits = |(at, word): (usize, &&str)| words.joins(index + at) && words.word(index + at + 1) == *word;
            rest.iter().enumerate().all(fits).then_some((*meaning, index + 1 + rest.len()))
        })
    }

    /// All phrases of a text, in order, none within another.
    pub(super) fn all(&self, words: &Words<'_>) -> Vec<(Range<usize>, T)> {
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            match self.at(words, index) {
                Some((meaning, end)) => {
                    found.push((index..end, meaning));
                    index = end;
                }
                None => index += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_met_across_hyphens_and_line_ends() {
        let phrases = Phrases::new(&[("self pay|cash", 1), ("self", 2), ("workers comp|worker s comp", 3)]);
        for (text, met) in [
            ("Self-pay or cash", vec![("Self-pay", 1), ("cash", 1)]),
            ("self\npay", vec![("self\npay", 1)]),
            ("self, pay", vec![("self", 2)]),
            ("workers' comp, worker’s comp", vec![("workers' comp", 3), ("worker’s comp", 3)]),
            ("selfish", vec![]),
        ] {
            let words = Words::of(text);
            let found: Vec<_> =
                phrases.all(&words).into_iter().map(|(range, what)| (words.span(&range).of(text), what)).collect();
            assert_eq!(found, met, "{text}");
        }
    }
}
