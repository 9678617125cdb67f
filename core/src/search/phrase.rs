//! Lay phrases and abbreviations → the words of the code sets.
//!
//! The list is this project's own (`phrases.tsv`): nothing in it is copied from a code set or a licensed text. It is
//! laid over questions, never over rows, so that a better line needs no new index. Called by [`super::question`].

use std::{collections::HashMap, sync::OnceLock};

use super::word::all_words;

/// `phrase, a tab, the words in its place`; lines that start with `#` are remarks.
const LIST: &str = include_str!("phrases.tsv");

/// The longest phrase, in words.
const LONGEST: usize = 6;

/// What stands in the place of a phrase, by the phrase's compared words.
fn phrases() -> &'static HashMap<String, &'static str> {
    static PHRASES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    PHRASES.get_or_init(|| lines().map(|(phrase, words)| (key(phrase), words)).collect())
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn key(phrase: &str) -> String {
    all_words(phrase).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// The text with every phrase replaced, the longest first.
#[must_use]
pub fn in_the_words_of_the_code_sets(text: &str) -> String {
    let words = all_words(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut shown = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let most = LONGEST.min(words.len() - at);
        let found = (1..=most).rev().find_map(|count| {
            let run = words.get(at..at + count)?;
            let key = run.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            Some((count, run.last()?.span.end, *phrases().get(&key)?))
        });
        match found {
            Some((count, end, replaced)) => {
                out.push_str(text.get(shown..word.span.start).unwrap_or(""));
                out.push_str(replaced);
                shown = end;
                at += count;
            }
            None => at += 1,
        }
    }
    out.push_str(text.get(shown..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_a_phrase_once_and_short_enough() {
        let mut seen = HashSet::new();
        let mut count = 0;
        for line in LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (phrase, words) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
            assert!(!words.trim().is_empty() || phrase.is_empty(), "nothing in its place: {line}");
            assert!(seen.insert(key(phrase)), "twice: {phrase}");
            assert!((1..=LONGEST).contains(&all_words(phrase).len()), "too long, or empty: {phrase}");
            count += 1;
        }
        assert!(count >= 300, "{count} phrases");
    }

    #[test]
    fn the_longest_phrase_goes_first_and_the_rest_stays() {
        let said = in_the_words_of_the_code_sets("bad heart attack, lt fx");
        assert!(said.contains("myocardial infarction") && said.contains("left") && said.contains("fracture"), "{said}");
        assert!(said.starts_with("bad "), "{said}");
    }
}
