//! Ways in which askers say the same: "shot" and "injected", "kicked back" and CO-97's "refused".
//!
//! The later of two like questions seldom has the words of the earlier. A concept is a term of its own beside the words
//! that expressed it, so that it helps to find a case and never hides one. Called by [`super::terms`].

use std::{collections::HashMap, sync::OnceLock};

use crate::search::word::all_words;

/// A line a concept: its name, a colon, phrases between bars; lines that start with `#` are headings.
const LIST: &str = include_str!("concepts.txt");

/// The concepts and the words of their phrases, by the first word.
type Phrases = HashMap<String, Vec<(Vec<String>, &'static str)>>;

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = Phrases::new();
        let lines = LIST.lines().filter(|line| !line.starts_with('#'));
        for (name, listed) in lines.filter_map(|line| line.split_once(':')) {
            for phrase in listed.split('|') {
                let mut stems = compared(phrase).into_iter();
                let Some(first) = stems.next() else { continue };
                phrases.entry(first).or_default().push((stems.collect(), name));
            }
        }
        phrases
    })
}

/// The words of a text in compared form, small ones too, since "each knee" is not "knee"; without articles.
fn compared(text: &str) -> Vec<String> {
    let words = all_words(text).into_iter().map(|word| word.text);
    words.filter(|word| !matches!(word.as_str(), "the" | "a" | "an")).collect()
}

/// The names of the concepts in a text, each once, in the order of their first words.
pub(super) fn concepts(text: &str) -> Vec<&'static str> {
    let words = compared(text);
    let mut found: Vec<&'static str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        for (rest, name) in phrases().get(word).into_iter().flatten() {
            let behind = words.get(at + 1..).unwrap_or_default();
            if behind.starts_with(rest) && !found.contains(name) {
                found.push(name);
            }
        }
    }
    found
}

/// A concept in words, for people: `=same_day` is `same day`.
#[must_use]
pub fn in_words(term: &str) -> String {
    term.trim_start_matches('=').replace('_', " ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn two_ways_to_ask_the_same_share_a_concept() {
        for (one, other, name) in [
            ("Both knees were done", "on the right and left side", "bilateral"),
            ("it was kicked back", "our claim got rejected", "denied"),
            ("nothing was wasted", "there was no leftover", "wastage"),
            ("the specialty pharmacy shipped it", "she carried her own", "own_drug"),
        ] {
            let (one, other) = (concepts(one), concepts(other));
            assert!(one.contains(&name) && other.contains(&name), "{name}: {one:?} {other:?}");
        }
        assert_eq!(concepts("zebra quilt"), [""; 0]);
        assert!(!concepts("a knee").contains(&"bilateral"), "not each knee");
    }

    #[test]
    fn every_line_is_a_concept_with_phrases_of_its_own() {
        let mut names = HashSet::new();
        for line in LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (name, listed) = line.split_once(':').expect(line);
            assert!(names.insert(name), "{name} stands twice");
            for phrase in listed.split('|') {
                assert!(!compared(phrase).is_empty(), "{name}: {phrase:?} has no words");
            }
        }
    }
}
