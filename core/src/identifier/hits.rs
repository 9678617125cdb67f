//! What was found so far, and which words are spoken for: the rules run in an order, and no word is taken twice.

use super::{
    found::{Confidence, Found},
    ground::Ground,
    kind::Identifier,
};
use crate::domain::span::Span;

/// The finds of one text.
pub(super) struct Hits {
    taken: Vec<bool>,
    /// Words that are codes; also among the taken.
    codes: Vec<bool>,
    /// Whether the caller knows which words are codes.
    pub(super) knows_codes: bool,
    pub(super) found: Vec<Found>,
}

impl Hits {
    /// None yet; the words of these codes are spoken for. Both lists are in the order of the text.
    pub(super) fn new(ground: &Ground<'_>, codes: Option<&[Span]>) -> Self {
        let mut taken = vec![false; ground.len()];
        let mut next = codes.unwrap_or_default().iter().peekable();
        for (word, taken) in ground.words.iter().zip(&mut taken) {
            while next.next_if(|code| code.end <= word.span.start).is_some() {}
            *taken = next.peek().is_some_and(|code| code.overlaps(word.span));
        }
        Self { codes: taken.clone(), knows_codes: codes.is_some(), taken, found: Vec::new() }
    }

    /// Whether there is such a word, and nothing has taken it.
    pub(super) fn free(&self, index: usize) -> bool {
        self.taken.get(index) == Some(&false)
    }

    /// Whether all of these words are free.
    pub(super) fn all_free(&self, first: usize, last: usize) -> bool {
        (first..=last).all(|index| self.free(index))
    }

    /// Whether a word is a code.
    pub(super) fn is_code(&self, index: usize) -> bool {
        self.codes.get(index) == Some(&true)
    }

    /// Takes the words `first..=last`, up to one that is a code.
    pub(super) fn take(
        &mut self,
        ground: &Ground<'_>,
        (first, last): (usize, usize),
        identifier: Identifier,
        confidence: Confidence,
        reason: &'static str,
    ) {
        let span = ground.span(first, last);
        self.take_span((first, last), span, identifier, confidence, reason);
    }

    /// Likewise, where the marks around the words belong to it: the bracket of a telephone number.
    pub(super) fn take_span(
        &mut self,
        (first, last): (usize, usize),
        span: Span,
        identifier: Identifier,
        confidence: Confidence,
        reason: &'static str,
    ) {
        if span.is_empty() || (first..=last).any(|index| self.is_code(index)) {
            return;
        }
        for taken in self.taken.iter_mut().take(last + 1).skip(first) {
            *taken = true;
        }
        self.found.push(Found { identifier, span, confidence, reason, needed: false });
    }
}
