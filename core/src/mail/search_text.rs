//! The one text in which codes are searched, and which part of the mail each stretch of it comes from.
//!
//! `message` builds it from a mail: the subject, then each fragment of the body, then the text of each attachment.
//! An attachment's name stands in its part's label and not in the text, since a name like `99213.txt` is no mention.
//! `extract` reads it. Offsets of mentions and dates are offsets into [`SearchText::text`], so the
//! text is stored beside them, and never changed after it has been read.

use serde::{Deserialize, Serialize};

use crate::domain::{mention::Place, span::Span};

/// A stretch of the searched text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which bytes of the text.
    pub span: Span,
    /// What part of the mail that is.
    pub place: Place,
    /// More about the place, for people: an attachment's file name, or empty. Private.
    pub label: String,
    /// For a sheet, whose rows are lines: the number of the first line's row, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_row: Option<u32>,
}

/// All text of a mail that can hold codes.
///
/// Parts are sorted and do not overlap. Bytes in no part are separators; a mention never crosses from one part
/// into the next, because at least one newline stands between two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchText {
    /// The text.
    pub text: String,
    /// Where each stretch of it comes from.
    pub parts: Vec<Part>,
}

impl SearchText {
    /// A text without structure: everything in it was written by the sender now.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let mut search = Self::default();
        search.push(Place::New, "", &text.into());
        search
    }

    /// Adds a part at the end, after an empty line. An empty text adds nothing.
    pub fn push(&mut self, place: Place, label: &str, text: &str) {
        self.push_rows(place, label, None, text);
    }

    /// Adds a part whose lines are the rows of a sheet, from this one on.
    pub(super) fn push_rows(&mut self, place: Place, label: &str, first_row: Option<u32>, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { span: Span::new(start, self.text.len()), place, label: label.to_owned(), first_row });
    }

    /// Adds a body at the end, after an empty line, as one stretch of text with a part for each of its fragments. The
    /// line end between two fragments belongs to neither.
    pub(super) fn push_body(&mut self, body: &str, fragments: &[(Span, Place)]) {
        let body = body.trim_end_matches('\n');
        if !self.text.is_empty() && !body.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.len();
        self.text.push_str(body);
        for &(span, place) in fragments {
            let piece = body.get(span.start..span.end.min(body.len())).unwrap_or("").trim_end_matches('\n');
            if !piece.is_empty() {
                let start = base + span.start;
                let span = Span::new(start, start + piece.len());
                self.parts.push(Part { span, place, label: String::new(), first_row: None });
            }
        }
    }

    /// Shortens the text to at most `bytes`, on a character's boundary. Says whether anything was cut.
    pub(super) fn cut(&mut self, bytes: usize) -> bool {
        if self.text.len() <= bytes {
            return false;
        }
        let end = (0..=bytes).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
        self.text.truncate(end);
        self.parts.retain(|part| part.span.start < end);
        if let Some(last) = self.parts.last_mut() {
            last.span.end = last.span.end.min(end);
        }
        true
    }

    /// The part that holds the byte at `at`.
    #[must_use]
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.span.start <= at);
        let part = self.parts.get(after.checked_sub(1)?)?;
        (at < part.span.end).then_some(part)
    }

    /// The place of the byte at `at`; what lies between parts counts as newly written.
    #[must_use]
    pub fn place_at(&self, at: usize) -> Place {
        self.part_at(at).map_or(Place::New, |part| part.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_knows_its_place() {
        let mut search = SearchText::default();
        search.push(Place::Subject, "", "20610 — both knees");
        search.push(Place::New, "", "");
        search.push(Place::Attachment, "note.txt", "99213");
        let subject_end = search.parts[0].span.end;
        assert_eq!(search.text, "20610 — both knees\n\n99213");
        assert_eq!(search.place_at(0), Place::Subject);
        assert_eq!(search.place_at(subject_end), Place::New, "between two parts");
        assert_eq!(search.part_at(subject_end + 2).map(|part| part.label.as_str()), Some("note.txt"));
        assert_eq!(search.part_at(search.text.len()), None);
    }

    #[test]
    fn a_plain_text_is_newly_written() {
        let search = SearchText::plain("99213-25");
        assert_eq!(search.place_at(3), Place::New);
        assert!(SearchText::plain("").parts.is_empty());
    }

    fn example() -> SearchText {
        let mut search = SearchText::default();
        search.push(Place::Subject, "", "20610?");
        let body = "Ask é.\n\n> old\n\n";
        search.push_body(body, &[(Span::new(0, 9), Place::New), (Span::new(9, body.len()), Place::Quoted)]);
        search.push(Place::Attachment, "codes.csv", "E11.9");
        search
    }

    #[test]
    fn a_body_stays_in_one_piece_and_its_fragments_are_parts() {
        let search = example();
        assert_eq!(search.text, "20610?\n\nAsk é.\n\n> old\n\nE11.9");
        let parts: Vec<_> = search.parts.iter().map(|part| (part.place, part.span.of(&search.text))).collect();
        assert_eq!(
            parts,
            [
                (Place::Subject, "20610?"),
                (Place::New, "Ask é."),
                (Place::Quoted, "> old"),
                (Place::Attachment, "E11.9")
            ]
        );
    }

    #[test]
    fn a_cut_text_still_has_whole_characters_and_parts() {
        for bytes in 0..example().text.len() {
            let mut search = example();
            assert!(search.cut(bytes));
            assert!(search.text.len() <= bytes);
            assert!(search.parts.iter().all(|part| !part.span.of(&search.text).is_empty()), "{bytes}");
        }
    }
}
