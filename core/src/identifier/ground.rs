//! The text cut into words, with what stands between them: what all rules look at.
//!
//! A word is a run of letters and digits; an apostrophe between letters belongs to it, and the "'s" behind a name does
//! not. Every byte is looked at once.

use super::lexicon::{self, Roles};
use crate::domain::span::Span;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits alone.
    Digits,
    /// Digits and letters.
    Mixed,
    /// Small letters, or a small letter first.
    Lower,
    /// A capital letter, then at least one other.
    Capital,
    /// Two capital letters or more, and no others.
    Upper,
    /// One capital letter.
    Initial,
}

/// A word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) shape: Shape,
    pub(super) roles: Roles,
    /// Which line it stands in.
    pub(super) line: usize,
}

impl Word {
    pub(super) const fn has_digit(self) -> bool {
        matches!(self.shape, Shape::Digits | Shape::Mixed)
    }

    /// Whether it may be part of a name by its letters.
    pub(super) const fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// A text and its words.
pub(super) struct Ground<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 6);
        let (bytes, mut at, mut line) = (text.as_bytes(), 0, 0);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() || byte >= 0x80 && letter_at(text, at) {
                let (span, shape) = word(text, at);
                let roles = match shape {
                    Shape::Digits | Shape::Mixed => Roles::default(),
                    _ => lexicon::roles(span.of(text)),
                };
                words.push(Word { span, shape, roles, line });
                at = span.end + possessive(text, span.end);
            } else {
                line += usize::from(byte == b'\n');
                at += if byte < 0x80 { 1 } else { text.get(at..).map_or(1, first_len) };
            }
        }
        Self { text, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn word(&self, index: usize) -> Option<Word> {
        self.words.get(index).copied()
    }

    /// The letters of a word; empty when there is none.
    pub(super) fn str(&self, index: usize) -> &'a str {
        self.word(index).map_or("", |word| word.span.of(self.text))
    }

    /// Whether a word is one of these, whatever its case.
    #[inline]
    pub(super) fn is(&self, index: usize, of: &[&str]) -> bool {
        let word = self.str(index);
        !word.is_empty() && of.iter().any(|one| one.eq_ignore_ascii_case(word))
    }

    pub(super) fn roles(&self, index: usize) -> Roles {
        self.word(index).map_or(Roles::default(), |word| word.roles)
    }

    pub(super) fn shape(&self, index: usize) -> Option<Shape> {
        self.word(index).map(|word| word.shape)
    }

    /// What stands between a word and the next; all the rest after the last.
    pub(super) fn after(&self, index: usize) -> &'a str {
        let Some(word) = self.word(index) else { return "" };
        let end = self.word(index + 1).map_or(self.text.len(), |next| next.span.start);
        self.text.get(word.span.end..end).unwrap_or("")
    }

    /// What stands between a word and the one before; all before the first.
    pub(super) fn before(&self, index: usize) -> &'a str {
        match index.checked_sub(1) {
            Some(before) => self.after(before),
            None => self.text.get(..self.word(0).map_or(0, |word| word.span.start)).unwrap_or(""),
        }
    }

    /// The number that a word of digits states.
    pub(super) fn number(&self, index: usize) -> Option<u32> {
        let word = self.word(index)?;
        (word.shape == Shape::Digits && word.span.len() <= 9).then(|| self.str(index).parse().ok()).flatten()
    }

    /// How many digits a word of digits has; none for another.
    pub(super) fn digits(&self, index: usize) -> usize {
        self.word(index).filter(|word| word.shape == Shape::Digits).map_or(0, |word| word.span.len())
    }

    /// From the start of the first word to the end of the last.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        match (self.word(first), self.word(last)) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// Whether a word is the first of its line.
    pub(super) fn starts_line(&self, index: usize) -> bool {
        index == 0 || self.word(index).map(|word| word.line) != self.word(index - 1).map(|word| word.line)
    }

    /// The last word of the line of a word.
    pub(super) fn line_end(&self, index: usize) -> usize {
        let line = self.word(index).map(|word| word.line);
        let mut last = index;
        while self.word(last + 1).is_some_and(|next| Some(next.line) == line) {
            last += 1;
        }
        last
    }

    /// Whether a sentence, a cell or a line begins with this word.
    pub(super) fn starts_sentence(&self, index: usize) -> bool {
        if self.starts_line(index) {
            return true;
        }
        let gap = self.before(index);
        gap.contains(['?', '!', ':', ';', '|', '•', '\t', '“', '"'])
            || gap.contains('.')
                && !self
                    .word(index.saturating_sub(1))
                    .is_some_and(|word| word.shape == Shape::Initial || word.roles.any(Roles::TITLE))
    }
}

/// The bytes of an "'s" at `at`: it belongs to no word.
fn possessive(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let Some(after) = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('’')) else { return 0 };
    let mut letters = after.chars();
    let is_one = matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(char::is_alphanumeric);
    if is_one { rest.len() - after.len() + 1 } else { 0 }
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

fn letter_at(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// The word that begins at `at`, and its shape.
fn word(text: &str, at: usize) -> (Span, Shape) {
    let rest = text.get(at..).unwrap_or("");
    let (mut digits, mut upper, mut lower, mut first_upper) = (false, 0_usize, false, false);
    let mut end = rest.len();
    for (place, c) in rest.char_indices() {
        match c {
            '0'..='9' => digits = true,
            'A'..='Z' => upper += 1,
            'a'..='z' => lower = true,
            '\'' | '’' => {
                // "O'Neil" goes on; "Chidi's" ends before its mark, and so does a closing quotation mark.
                let mut ahead = rest.get(place + c.len_utf8()..).unwrap_or("").chars();
                let (next, then) = (ahead.next(), ahead.next());
                let goes_on = !digits && next.is_some_and(char::is_alphabetic);
                let possessive = matches!(next, Some('s' | 'S')) && !then.is_some_and(char::is_alphabetic);
                if !goes_on || possessive {
                    end = place;
                    break;
                }
            }
            c if c.is_ascii() => {
                end = place;
                break;
            }
            c if c.is_uppercase() => upper += 1,
            c if c.is_alphanumeric() => lower = true,
            // A combining mark belongs to the letter before it.
            '\u{300}'..='\u{36f}' => {}
            _ => {
                end = place;
                break;
            }
        }
        if place == 0 {
            first_upper = upper > 0;
        }
    }
    let shape = match (digits, upper, lower) {
        (true, 0, false) => Shape::Digits,
        (true, _, _) => Shape::Mixed,
        (false, 1, false) => Shape::Initial,
        (false, _, false) => Shape::Upper,
        (false, _, true) if first_upper => Shape::Capital,
        _ => Shape::Lower,
    };
    (Span::new(at, at + end), shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_shapes() {
        let ground = Ground::of("Mr. O'Neil’s MRI, 20610-RT x2 é; “McBride” A.\nÉva");
        let words: Vec<(&str, Shape)> = (0..ground.len()).map(|at| (ground.str(at), ground.words[at].shape)).collect();
        assert_eq!(
            words,
            [
                ("Mr", Shape::Capital),
                ("O'Neil", Shape::Capital),
                ("MRI", Shape::Upper),
                ("20610", Shape::Digits),
                ("RT", Shape::Upper),
                ("x2", Shape::Mixed),
                ("é", Shape::Lower),
                ("McBride", Shape::Capital),
                ("A", Shape::Initial),
                ("Éva", Shape::Capital),
            ]
        );
        assert_eq!((ground.before(1), ground.after(9), ground.starts_line(9)), (". ", "", true));
    }
}
