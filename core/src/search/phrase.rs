//! Lay phrases and abbreviations → the words of the code sets.
//!
//! The lists ([`super::vocabulary`]) are laid over questions, never over rows, so that a better line needs no new index.
//! Called by [`super::question`].

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use super::{
    vocabulary::Vocabulary,
    word::{Word, all_words, stem},
};

/// The longest phrase, in words.
const LONGEST: usize = 7;

/// What stands in the place of a phrase, by the phrase's compared words.
type Phrases = HashMap<String, &'static str>;

/// The phrases of a vocabulary.
fn phrases(of: Vocabulary) -> &'static Phrases {
    static PHRASES: OnceLock<HashMap<Vocabulary, Phrases>> = OnceLock::new();
    static NONE: OnceLock<Phrases> = OnceLock::new();
    let all = PHRASES.get_or_init(|| Vocabulary::ALL.into_iter().map(|of| (of, read(of))).collect());
    all.get(&of).unwrap_or_else(|| NONE.get_or_init(Phrases::new))
}

fn read(vocabulary: Vocabulary) -> Phrases {
    let mut phrases = Phrases::new();
    for (phrase, words) in vocabulary.phrases() {
        phrases.entry(key(phrase)).or_insert(words);
    }
    phrases
}

/// Words that may stand anywhere in a phrase and change nothing in it.
const ANYWHERE: [&str; 6] = ["the", "an", "my", "his", "her", "their"];
/// Sides, which may stand anywhere in a phrase and are kept: "ringing in both ears", "lump in right breast".
const SIDES: [&str; 9] = ["left", "right", "lt", "rt", "l", "r", "both", "bilateral", "bilat"];

/// Words of asking, not of what is asked for. A phrase may hold one, and any may stand in between.
const ASKING: [&str; 58] = [
    "what", "whats", "code", "coding", "coded", "icd", "icd10", "icd9", "cm", "pcs", "cpt", "hcpcs", "need", "please",
    "pls", "thanks", "thank", "looking", "find", "bill", "billing", "billed", "dx", "pt", "patient", "how", "do",
    "does", "did", "i", "we", "my", "our", "his", "her", "he", "she", "they", "was", "were", "has", "have", "had",
    "can", "you", "me", "which", "use", "used", "should", "would", "there", "this", "it", "its", "who", "been", "when",
];

/// Those, as they are compared.
fn asking() -> &'static HashSet<String> {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| ASKING.into_iter().chain(["while", "came", "want"]).map(stem).collect())
}

/// What words are looked up by.
fn key_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut key = String::new();
    for word in words.filter(|word| !ANYWHERE.contains(word)) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

fn key(phrase: &str) -> String {
    key_of(all_words(phrase).iter().map(|word| word.text.as_str()))
}

/// A text in which phrases were replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The text with every phrase replaced, the longest first.
    pub text: String,
    /// The phrases as they were typed.
    pub replaced: Vec<String>,
}

/// The text in the words of the code sets.
#[must_use]
pub fn in_the_words_of(vocabulary: Vocabulary, text: &str) -> Said {
    let (own, general) = (phrases(vocabulary), phrases(Vocabulary::General));
    let meant = |key: &str| own.get(key).or_else(|| general.get(key)).copied();
    let words = all_words(text);
    let mut said = Said { text: String::with_capacity(text.len() * 2), replaced: Vec::new() };
    let mut shown = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let most = LONGEST.min(words.len() - at);
        let found = (1..=most).rev().find_map(|count| {
            let run = words.get(at..at + count)?;
            found_in(run, &meant)
                .map(|(meant, sides)| (count, run.last().map_or(0, |last| last.span.end), meant, sides))
        });
        match found {
            Some((count, end, meant_by_it, sides)) => {
                said.text.push_str(text.get(shown..word.span.start).unwrap_or(""));
                for side in sides {
                    said.text.push_str(meant(side).unwrap_or(side));
                    said.text.push(' ');
                }
                said.text.push_str(meant_by_it);
                said.replaced.push(text.get(word.span.start..end).unwrap_or("").to_owned());
                shown = end;
                at += count;
            }
            None => {
                if asking().contains(&word.text) {
                    said.text.push_str(text.get(shown..word.span.start).unwrap_or(""));
                    shown = word.span.end;
                }
                at += 1;
            }
        }
    }
    said.text.push_str(text.get(shown..).unwrap_or(""));
    said
}

/// What a run of words means, and the sides that stand inside it: as it is, without words of asking, and without sides.
fn found_in<'a>(
    run: &'a [Word],
    meant: &impl Fn(&str) -> Option<&'static str>,
) -> Option<(&'static str, Vec<&'a str>)> {
    let texts = || run.iter().map(|word| word.text.as_str());
    let (first, last) = (texts().next()?, texts().next_back()?);
    if ANYWHERE.contains(&first) || ANYWHERE.contains(&last) {
        return None;
    }
    if let Some(meant) = meant(&key_of(texts())) {
        return Some((meant, Vec::new()));
    }
    let passed_over = |word: &str| SIDES.contains(&word) || asking().contains(word);
    if run.len() < 3 || passed_over(first) || passed_over(last) || !texts().any(passed_over) {
        return None;
    }
    if let Some(meant) = meant(&key_of(texts().filter(|word| !asking().contains(*word)))) {
        return Some((meant, Vec::new()));
    }
    let meant = meant(&key_of(texts().filter(|word| !passed_over(word))))?;
    Some((meant, texts().filter(|word| SIDES.contains(word)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_phrase_once_and_short_enough() {
        let mut count = 0;
        for vocabulary in Vocabulary::ALL {
            let mut seen = HashSet::new();
            let mut twice = Vec::new();
            for (phrase, words) in vocabulary.phrases() {
                assert!(!words.trim().is_empty(), "nothing in its place: {phrase}");
                if !seen.insert(key(phrase)) {
                    twice.push(phrase);
                }
                assert!((1..=LONGEST).contains(&all_words(phrase).len()), "too long, or empty: {phrase}");
                count += 1;
            }
            assert!(twice.is_empty(), "twice in {vocabulary:?}: {twice:?}");
        }
        assert!(count >= 3000, "{count} phrases");
    }

    #[test]
    fn the_longest_phrase_goes_first_and_the_rest_stays() {
        let said = in_the_words_of(Vocabulary::Icd10Cm, "bad heart attack, lt fx");
        let text = &said.text;
        assert!(text.contains("myocardial infarction") && text.contains("left") && text.contains("fracture"), "{text}");
        assert!(text.starts_with("bad "), "{text}");
        assert_eq!(said.replaced, ["heart attack", "lt", "fx"]);
    }

    #[test]
    fn a_side_may_stand_inside_a_phrase() {
        let said = in_the_words_of(Vocabulary::Icd10Cm, "ringing in both of the ears, ringing in the left ear").text;
        assert!(said.contains("bilateral") || said.contains("both"), "{said}");
        assert!(said.ends_with("left tinnitus"), "{said}");
    }

    #[test]
    fn words_of_asking_are_left_out_unless_a_phrase_has_them() {
        let said = |text: &str| in_the_words_of(Vocabulary::Icd10Cm, text).text;
        assert_eq!(
            said("what is the code for zzz").split_whitespace().collect::<Vec<_>>(),
            ["is", "the", "for", "zzz"]
        );
        assert!(said("his dad had zzz").contains("family history"));
    }

    #[test]
    fn a_system_is_asked_in_its_own_words() {
        let of = |vocabulary| in_the_words_of(vocabulary, "hernia mesh").text;
        assert!(of(Vocabulary::Hcpcs).contains("implantable"));
        assert!(of(Vocabulary::Icd10Pcs).contains("synthetic substitute"));
    }
}
