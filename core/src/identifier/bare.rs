//! What is left of a mail's words without what may identify a patient, without its codes and without its days of service:
//! what may be kept of a case, and searched for. One place takes them out, so that no second one forgets a kind.

use super::mail::of_reading;
use crate::{domain::span::Span, extract::Reading};

/// A mail without its identifiers, codes and dates of service.
#[derive(Clone, Debug)]
pub struct Bare<'a> {
    text: &'a str,
    /// What is taken out: in order, and perhaps overlapping.
    out: Vec<Span>,
}

impl<'a> Bare<'a> {
    /// Of this mail; `names` are those of its header.
    #[must_use]
    pub fn of(reading: &'a Reading, names: &[&str]) -> Self {
        let mut out: Vec<Span> = of_reading(reading, names).iter().map(|one| one.span).collect();
        out.extend(reading.mentions.iter().map(|mention| mention.span));
        out.extend(reading.dates.iter().map(|date| date.span));
        out.sort_unstable();
        Self { text: &reading.text, out }
    }

    /// The first `most` bytes of this stretch, with `mark` where something is taken out: no phrase is to be read across it.
    #[must_use]
    pub fn stretch(&self, within: Span, most: usize, mark: &str) -> String {
        let end = within.end.min(self.text.floor_char_boundary(within.start.saturating_add(most)));
        let mut left = String::new();
        let mut at = within.start;
        for span in self.out.iter().filter(|span| span.end > within.start && span.start < end) {
            left.push_str(self.text.get(at..span.start.max(at)).unwrap_or(""));
            left.push_str(mark);
            at = at.max(span.end);
        }
        left.push_str(self.text.get(at..end.max(at)).unwrap_or(""));
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::Nothing, mail::search_text::SearchText};

    #[test]
    fn names_codes_and_days_are_gone_and_no_more_is_read_than_asked_for() {
        let text = "Pat Brandt, seen on 3/4/2026, MRN 00482913: CPT 20610 in the knée";
        let reading = Reading::of(&SearchText::plain(text), &Nothing, None);
        let bare = Bare::of(&reading, &["Pat Brandt"]);
        let whole = bare.stretch(Span::new(0, text.len()), text.len(), " . ");
        for gone in ["Brandt", "3/4", "00482913", "20610"] {
            assert!(!whole.contains(gone), "{gone} in {whole}");
        }
        assert!(whole.contains("seen on") && whole.ends_with("in the knée"), "{whole}");
        // A cut within a letter is made before it.
        let cut = text.find('é').unwrap() + 1;
        assert!(bare.stretch(Span::new(0, text.len()), cut, "").ends_with("in the kn"));
    }
}
