//! The text with its tokens: what stands before, after and between them.

use std::ops::Range;

use super::{
    scan::{self, Kind, Token},
    table::{self, Cell, Column},
    words::Cue,
};
use crate::{
    domain::{code::CodeSystem, mention::Place, span::Span},
    mail::search_text::SearchText,
};

/// What all rules look at.
pub(super) struct Ground<'a> {
    search: &'a SearchText,
    pub(super) tokens: Vec<Token>,
    cells: Vec<Cell>,
    /// Whether DRGs, revenue codes, or care and its billing are spoken of anywhere.
    drg: bool,
    revenue: bool,
    care: bool,
    /// Whether everyday business is.
    everyday: bool,
    /// How much the rules have looked at, in tokens and bytes: the tests hold it to the length of the text.
    #[cfg(test)]
    looked: std::cell::Cell<usize>,
}

/// No gap that joins two tokens is longer; a longer one is not read.
const LONGEST_GAP: usize = 40;

impl<'a> Ground<'a> {
    pub(super) fn of(search: &'a SearchText) -> Self {
        let tokens = scan::tokens(&search.text);
        let cells = table::cells(&search.text, &tokens);
        let mut ground = Self {
            search,
            tokens,
            cells,
            drg: false,
            revenue: false,
            care: false,
            everyday: false,
            #[cfg(test)]
            looked: std::cell::Cell::default(),
        };
        for token in &ground.tokens {
            let Kind::Cue(cue) = token.kind else { continue };
            ground.drg |= cue == Cue::System(CodeSystem::MsDrg);
            ground.revenue |= cue == Cue::Revenue;
            ground.everyday |= cue.is_everyday();
            ground.care |= cue.is_care();
        }
        ground
    }

    pub(super) const fn speaks_of_drg(&self) -> bool {
        self.drg
    }

    pub(super) const fn speaks_of_revenue(&self) -> bool {
        self.revenue
    }

    /// Whether the text is of everyday business alone.
    pub(super) const fn is_everyday(&self) -> bool {
        self.everyday && !self.care
    }

    #[cfg(test)]
    pub(super) fn looked(&self) -> usize {
        self.looked.get()
    }

    /// Notes that a rule looked at so much of the text.
    #[cfg(test)]
    fn look(&self, much: usize) {
        self.looked.set(self.looked.get() + much);
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "the tests count here")]
    const fn look(&self, _much: usize) {}

    pub(super) fn text(&self) -> &'a str {
        &self.search.text
    }

    pub(super) fn place(&self, at: usize) -> Place {
        self.search.place_at(at)
    }

    pub(super) fn token(&self, index: usize) -> Option<Token> {
        self.look(1);
        self.tokens.get(index).copied()
    }

    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.token(index).map(|token| token.kind)
    }

    pub(super) fn cue(&self, index: usize) -> Option<Cue> {
        match self.kind(index)? {
            Kind::Cue(cue) => Some(cue),
            _ => None,
        }
    }

    pub(super) fn span(&self, index: usize) -> Span {
        self.token(index).map_or(Span::new(0, 0), |token| token.span)
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.span(index).of(self.text())
    }

    /// The cell of a named column that holds token `index`.
    pub(super) fn cell(&self, index: usize) -> Option<Cell> {
        table::at(&self.cells, self.span(index).start)
    }

    /// What the column that holds the byte at `at` is of, when it has a name.
    pub(super) fn column(&self, at: usize) -> Option<Column> {
        table::at(&self.cells, at).map(|cell| cell.column)
    }

    /// The tokens of the cells in that column, in the row of `cell`.
    pub(super) fn beside(&self, cell: Cell, column: Column) -> impl Iterator<Item = usize> {
        table::beside(&self.cells, cell, column).flat_map(|cell| self.within(cell.span))
    }

    /// The tokens of a stretch of text.
    fn within(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        first..end
    }

    /// The text between two places, cut at a character boundary.
    pub(super) fn between(&self, from: usize, mut to: usize) -> &'a str {
        to = to.clamp(from, self.text().len());
        while !self.text().is_char_boundary(to) {
            to -= 1;
        }
        self.look(to.saturating_sub(from));
        self.text().get(from..to).unwrap_or_default()
    }

    /// The first token that begins at `at` or behind it.
    pub(super) fn first_from(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < at)
    }

    /// The text between two places; none when it is too long to join anything.
    pub(super) fn gap(&self, from: usize, to: usize) -> Option<&'a str> {
        if to.checked_sub(from)? > LONGEST_GAP {
            return None;
        }
        self.look(to - from);
        self.text().get(from..to)
    }

    /// The text between two places that are at most `limit` bytes apart.
    pub(super) fn gap_within(&self, from: usize, to: usize, limit: usize) -> Option<&'a str> {
        let length = to.checked_sub(from).filter(|length| *length <= limit)?;
        self.look(length);
        self.text().get(from..to)
    }

    /// The text between `index` and the token after it.
    pub(super) fn gap_after(&self, index: usize) -> Option<&'a str> {
        self.gap(self.span(index).end, self.token(index + 1)?.span.start)
    }

    /// The text between the token before `index` and `index`.
    pub(super) fn gap_before(&self, index: usize) -> Option<&'a str> {
        let before = index.checked_sub(1)?;
        self.gap(self.span(before).end, self.token(index)?.span.start)
    }

    /// The character before a byte offset.
    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.text().get(..at)?.chars().next_back()
    }

    /// The character at a byte offset.
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text().get(at..)?.chars().next()
    }

    /// Up to `limit` bytes of text from `at`, cut at a character boundary and at the end of the line.
    pub(super) fn line_after(&self, at: usize, limit: usize) -> &'a str {
        let mut end = (at + limit).min(self.text().len());
        while !self.text().is_char_boundary(end) {
            end -= 1;
        }
        let rest = self.text().get(at..end).unwrap_or_default();
        self.look(rest.len());
        memchr::memchr(b'\n', rest.as_bytes()).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    /// The whole line that holds `at`; none when it reaches further than `limit` bytes either way.
    pub(super) fn line_of(&self, at: usize, limit: usize) -> Option<&'a str> {
        let bytes = self.text().as_bytes();
        let from = at.saturating_sub(limit);
        let start = match memchr::memrchr(b'\n', bytes.get(from..at)?) {
            Some(end) => from + end + 1,
            None if from == 0 => 0,
            None => return None,
        };
        let to = (at + limit).min(bytes.len());
        let end = match memchr::memchr(b'\n', bytes.get(at..to)?) {
            Some(end) => at + end,
            None if to == bytes.len() => to,
            None => return None,
        };
        self.text().get(start..end)
    }

    /// The line above the one that holds `at`.
    pub(super) fn line_before(&self, at: usize, limit: usize) -> Option<&'a str> {
        let from = at.saturating_sub(limit);
        let start = from + memchr::memrchr(b'\n', self.text().as_bytes().get(from..at)?)?;
        self.line_of(start, limit)
    }

    /// The line below the one that holds `at`.
    pub(super) fn line_below(&self, at: usize, limit: usize) -> Option<&'a str> {
        let to = (at + limit).min(self.text().len());
        let end = at + memchr::memchr(b'\n', self.text().as_bytes().get(at..to)?)?;
        self.line_of(end + 1, limit)
    }

    /// Up to `limit` bytes of text before `at`, cut at a character boundary.
    pub(super) fn before(&self, at: usize, limit: usize) -> &'a str {
        let mut start = at.saturating_sub(limit);
        while !self.text().is_char_boundary(start) {
            start += 1;
        }
        self.look(at - start);
        self.text().get(start..at).unwrap_or_default()
    }

    /// The word that ends at `at`, letters alone, at most `limit` bytes of it.
    pub(super) fn word_before(&self, at: usize, limit: usize) -> &'a str {
        let before = self.before(at, limit);
        if before.as_bytes().last().is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()) {
            return "";
        }
        let from = before.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last();
        from.and_then(|(from, _)| before.get(from..)).unwrap_or_default()
    }
}

/// Whether nothing but marks and blanks stands in a gap.
pub(super) fn marks_only(gap: &str) -> bool {
    !gap.chars().any(char::is_alphanumeric)
}

/// Whether a gap is blanks alone, at least one, on one line.
pub(super) fn blanks_only(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(|c| c.is_whitespace() && c != '\n' || scan::is_invisible(c))
}

/// Hyphen-minus, the hyphens and dashes that word processors make of it, and the minus sign.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether a gap is one dash, perhaps with blanks around it.
pub(super) fn is_dash_gap(gap: &str) -> bool {
    let mut chars = gap.trim().chars();
    chars.next().is_some_and(is_dash) && chars.next().is_none()
}

/// Whether a gap ends a sentence.
pub(super) fn ends_sentence(gap: &str) -> bool {
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '?' | '!') || c == '.' && chars.peek().is_none_or(|next| next.is_whitespace()) {
            return true;
        }
    }
    false
}
