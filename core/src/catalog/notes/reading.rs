//! A note's text → the codes that it points to.
//!
//! The references stand in parentheses at the end, as in "joy (B00.1-, B01, C00-C96)". Only where no parenthesis holds
//! one are they looked for in the words ("conditions classifiable to Q67.0-Q67.4"), because a code in the words of a
//! note that has them in parentheses describes, as in "pneumoconiosis with tuberculosis, any type in A15 (J65)".
//!
//! | written | read as |
//! |---|---|
//! | `A54.41`, `I10` | exact |
//! | `T45.1-`, `Z16.-`, `M47.2.-`, `I69. with …` | stem |
//! | `S00-T88`, `S00 - S09`, `P28.3- - P28.4-`, `S06.1- to S06.6-`, `I70.2--I70.7-` | range |
//! | `I69.81- I69.91-` | two stems; a comma is missing |
//! | `E08, E13 with .42` | both, narrowed ([`Only`]) |
//! | "code to condition", "in diseases:" | prose |

use std::ops::Range;

use super::{
    only::Only,
    reference::{Cited, Reference},
};
use crate::domain::code::{Code, CodeSystem};

/// What a note's text points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// These, in the text's order.
    Codes(Vec<Cited>),
    /// No codes, or none that can be read for sure: shown as text, never decided.
    Prose,
}

impl Reading {
    /// The references; none in prose.
    #[must_use]
    pub fn cited(&self) -> &[Cited] {
        match self {
            Self::Codes(cited) => cited,
            Self::Prose => &[],
        }
    }
}

/// Reads a note's text.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut cited = Vec::new();
    for part in parentheses(text) {
        scan(text, part, true, &mut cited);
    }
    if cited.is_empty() {
        scan(text, 0..text.len(), false, &mut cited);
    }
    let turned = |cited: &Cited| match &cited.reference {
        Reference::Range { first, last } => last < first,
        _ => false,
    };
    if cited.is_empty() || cited.iter().any(turned) { Reading::Prose } else { Reading::Codes(cited) }
}

/// The insides of the parentheses that hold no others.
fn parentheses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open = Some(at + 1),
            b')' => found.extend(open.take().map(|open| open..at)),
            _ => {}
        }
    }
    found
}

/// Finds the references in a part of the text.
fn scan(text: &str, part: Range<usize>, inside: bool, cited: &mut Vec<Cited>) {
    let start = cited.len();
    let Some(text) = text.get(..part.end) else { return };
    let mut at = part.start;
    while at < part.end {
        let Some((first, end)) = code(text, at, inside) else {
            at += 1;
            continue;
        };
        let (reference, end) = reference(text, first, end, inside);
        let vitamin = !inside && text.get(..at).is_some_and(|before| before.trim_end().ends_with("vitamin"));
        if !vitamin {
            cited.push(Cited { reference, only: None, span: at..end });
        }
        at = end;
        let rest = text.get(end..).unwrap_or_default().trim_start_matches([',', ' ', '.']);
        if let Some(words) = rest.strip_prefix("with ") {
            // Up to the next code, which then stands on its own.
            let next = (0..words.len()).find(|at| code(words, *at, inside).is_some()).unwrap_or(words.len());
            let only = Only::read(words.get(..next).unwrap_or_default().trim_end_matches([',', ' ']));
            for open in cited.iter_mut().skip(start).filter(|open| open.only.is_none()) {
                open.only = Some(only.clone());
            }
        }
    }
}

/// What follows the first code makes it a stem or a range. Gives the reference and its end.
fn reference(text: &str, first: Code, end: usize, inside: bool) -> (Reference, usize) {
    let bytes = text.as_bytes();
    let skip = |from: usize, byte: u8| from + bytes.iter().skip(from).take_while(|found| **found == byte).count();
    // "I69. with" and "M47.2.-": a full stop that belongs to the stem.
    let after_stop = skip(end, b'.');
    let rest = text.get(after_stop..).unwrap_or_default();
    let stopped = after_stop == end + 1 && (rest.starts_with('-') || rest.starts_with(" with "));
    let from = if stopped { after_stop } else { end };
    let dashes = skip(from, b'-');
    let spaces = skip(dashes, b' ');
    let more = skip(spaces, b'-');
    let to = match text.get(spaces..).and_then(|rest| rest.strip_prefix("to ")) {
        Some(_) => Some(skip(spaces + 3, b' ')),
        None if dashes > from && spaces == dashes => Some(dashes),
        None if more > spaces => Some(skip(more, b' ')),
        None => None,
    };
    if let Some((last, end)) = to.and_then(|to| code(text, to, inside)) {
        let stop = skip(end, b'.');
        let tail = skip(stop, b'-');
        return (Reference::Range { first, last }, if tail > stop { tail } else { end });
    }
    if dashes > from || stopped { (Reference::Stem(first), dashes) } else { (Reference::Exact(first), end) }
}

/// The code that starts at `at`, and where it ends: a letter and two more, of which the first is a digit (in
/// parentheses also a letter, as in QA0), then a full stop and one to four characters. Nothing that goes on as a word.
fn code(text: &str, at: usize, inside: bool) -> Option<(Code, usize)> {
    let bytes = text.as_bytes();
    let is = |at: usize, test: fn(&u8) -> bool| bytes.get(at).is_some_and(test);
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let capital_or_digit = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let fresh = at == 0 || !is(at - 1, |byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'.');
    let category = is(at, u8::is_ascii_uppercase)
        && (is(at + 1, u8::is_ascii_digit) && is(at + 2, capital_or_digit)
            || inside && is(at + 1, u8::is_ascii_uppercase) && is(at + 2, u8::is_ascii_digit));
    if !fresh || !category {
        return None;
    }
    let mut end = at + 3;
    if is(end, |byte| *byte == b'.') {
        let more = bytes.iter().skip(end + 1).take_while(|byte| capital_or_digit(byte)).count();
        match more {
            0 => {}
            1..=4 => end += 1 + more,
            _ => return None,
        }
    }
    if is(end, word) {
        return None;
    }
    Some((Code::normal(CodeSystem::Icd10Cm, text.get(at..end)?), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let reading = read(text);
        let cited = reading.cited().iter().map(|cited| match &cited.only {
            None => cited.reference.to_string(),
            Some(Only::Words) => format!("{}?", cited.reference),
            Some(_) => format!("{}!", cited.reference),
        });
        cited.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn references_are_read_in_every_form_that_the_list_uses() {
        for (text, expected) in [
            ("joy (A54.41)", "A54.41"),
            ("(mild) (moderate) joy (M46.-, M48.0-)", "M46.- M48.0-"),
            ("joy, trailing comma (K50.013, K50.913,)", "K50.013 K50.913"),
            ("joy (S00-T88)", "S00-T88"),
            ("joy (S00 - S09)", "S00-S09"),
            ("joy (I01.0 -I01.9)", "I01.0-I01.9"),
            ("joy (P28.3- - P28.4-)", "P28.3-P28.4"),
            ("joy (Q70.0- -Q70.3-)", "Q70.0-Q70.3"),
            ("joy (I70.2--I70.7-)", "I70.2-I70.7"),
            ("joy (F11.-F17.-, F19)", "F11-F17 F19"),
            ("joy (I69.21-I69.31-, I69.81- I69.91-)", "I69.21-I69.31 I69.81- I69.91-"),
            ("joy (M47.0-, M47.2.-)", "M47.0- M47.2-"),
            ("joy (A00-R94 and T80-T88.6)", "A00-R94 T80-T88.6"),
            ("joy (M05.00 to M05.8A)", "M05.00-M05.8A"),
            ("joy (QA0.0-QA0.8)", "QA0.0-QA0.8"),
            ("joy (E08-E13 with .42)", "E08-E13!"),
            ("joy (F10, F13, F19 with .26, .96)", "F10! F13! F19!"),
            ("joy (F10-F19, with .17, .27)", "F10-F19!"),
            ("joy (I69. with final characters -93)", "I69.-!"),
            ("joy (S92.-with 7th character B)", "S92.-!"),
            ("joy (S52.- with open fracture 7th character)", "S52.-?"),
            ("joy (T43.1X with sixth character 1-4, T43.2)", "T43.1X! T43.2"),
            ("diabetic joy - see categories E08-E10, E11, E13 with ketoacidosis", "E08-E10? E11? E13?"),
            ("classified in S06.1- to S06.6-, and S06.81- to S06.89-, code", "S06.1-S06.6 S06.81-S06.89"),
            ("classifiable to S06.0- to S06.8-code to specified", "S06.0-S06.8"),
            ("joy E72.4", "E72.4"),
            ("code from category O08 to identify", "O08"),
            ("any type in A15 (J65)", "J65"),
            ("joy (NASH) (baby) R68.11", "R68.11"),
            ("joy (Z89.52-", "Z89.52-"),
            ("Ch\u{e9}diak (E70.330)", "E70.330"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_look_like_codes_are_prose() {
        for text in [
            "code to condition",
            "diabetic joy (in):",
            "anemia of vitamin B12",
            "with C3 joy (with C3 joy)",
            "deficiency [G6PD]",
            "influenza H1N1",
            "in A00.00000",
            "turned around (T88-S00)",
            "\u{e9}A00",
            "",
        ] {
            assert_eq!(read(text), Reading::Prose, "{text}");
        }
    }

    #[test]
    fn a_span_covers_the_reference_in_the_text() {
        let text = "d\u{e9}j\u{e0} vu (M46.-, F10-F19 with .42)";
        let spans: Vec<&str> = read(text).cited().iter().map(|cited| &text[cited.span.clone()]).collect();
        assert_eq!(spans, ["M46.-", "F10-F19"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[A-CT0-2.\\-(), éwithfor]{0,40}") {
            for cited in read(&text).cited() {
                proptest::prop_assert!(text.get(cited.span.clone()).is_some());
            }
        }
    }
}
