//! What was typed → the things asked, each with its wanted words in the words of each vocabulary.

use std::collections::HashMap;

use super::{kin, lexicon::Lexicon, phrase, spelling, vocabulary::Vocabulary, word::words};
use crate::domain::code::CodeSystem;

/// The most words of one thing asked that are looked for: a set of them is kept in a `u32`.
pub const MOST_WORDS: usize = 32;
/// The most things asked at once.
pub const MOST_PARTS: usize = 8;

/// What a word brings that a phrase was replaced for.
const AS_TYPED: f32 = 0.3;
/// What a range brings that a number lies in.
const IN_RANGE: f32 = 0.8;
/// What meeting a word's kin brings.
const AKIN: f32 = 0.8;

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// As compared.
    pub text: String,
    /// The known words that meet it, by number, each with how far it counts: itself, or what it may be a slip of.
    pub any: Vec<(u32, f32)>,
    /// How much of a word's worth meeting it brings.
    pub factor: f32,
}

impl Wanted {
    fn exactly(number: u32, lexicon: &Lexicon, factor: f32) -> Self {
        Self { text: lexicon.word(number).to_owned(), any: vec![(number, 1.0)], factor }
    }
}

/// One thing asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As typed.
    pub text: String,
    /// As it is read in the words of each vocabulary.
    readings: Vec<(Vocabulary, Reading)>,
}

/// One thing asked, in the words of the code sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Its words; the ones that nobody knows are left out.
    pub wanted: Vec<Wanted>,
    /// Those.
    pub unknown: Vec<String>,
}

impl Reading {
    /// What meeting all of it brings.
    #[must_use]
    pub fn worth(&self, lexicon: &Lexicon) -> f32 {
        let worth = |wanted: &Wanted| wanted.any.first().map_or(0.0, |(number, _)| lexicon.worth(*number));
        self.wanted.iter().map(|wanted| worth(wanted) * wanted.factor).sum()
    }
}

impl Part {
    /// As it is read for a system.
    #[must_use]
    pub fn reading(&self, system: CodeSystem) -> &Reading {
        static NOTHING: Reading = Reading { wanted: Vec::new(), unknown: Vec::new() };
        let of = Vocabulary::of(system);
        self.readings.iter().find(|(vocabulary, _)| *vocabulary == of).map_or(&NOTHING, |(_, reading)| reading)
    }

    /// The words that no code has, of one system or of any.
    #[must_use]
    pub fn unknown(&self, system: Option<CodeSystem>) -> Vec<&str> {
        let mut readings = self.readings.iter().map(|(_, reading)| reading);
        if let Some(system) = system {
            return self.reading(system).unknown.iter().map(String::as_str).collect();
        }
        let first = readings.next().map(|reading| reading.unknown.as_slice()).unwrap_or_default();
        let rest: Vec<&Reading> = readings.collect();
        let nowhere = |word: &&String| rest.iter().all(|reading| reading.unknown.contains(word));
        first.iter().filter(nowhere).map(String::as_str).collect()
    }
}

/// Reads what was typed in the words of these vocabularies. Things are told apart by semicolons, lines, and words such as "also".
#[must_use]
pub fn read(lexicon: &Lexicon, vocabularies: &[Vocabulary], text: &str) -> Vec<Part> {
    let parts = split(text).into_iter().take(MOST_PARTS).map(|part| {
        let text = part.trim();
        let mut met = Words { lexicon, known: HashMap::new() };
        let readings = vocabularies.iter().map(|of| (*of, in_words_of(*of, &mut met, text))).collect();
        Part { text: text.to_owned(), readings }
    });
    parts.filter(|part| !part.text.is_empty()).collect()
}

fn split(text: &str) -> Vec<&str> {
    const BETWEEN: [&str; 6] = [" and also ", " as well as ", " plus ", " also ", " & also ", " + "];
    let mut parts: Vec<&str> = text.split([';', '\n']).collect();
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}

fn in_words_of(vocabulary: Vocabulary, met: &mut Words<'_>, asked: &str) -> Reading {
    let said = phrase::in_the_words_of(vocabulary, asked);
    let mut reading = Reading::default();
    let mut seen: Vec<String> = Vec::new();
    for word in words(&said.text) {
        if seen.contains(&word.text) || reading.wanted.len() == MOST_WORDS {
            continue;
        }
        seen.push(word.text.clone());
        let wanted = met.wanted(&word.text);
        if wanted.is_empty() {
            reading.unknown.push(word.span.of(&said.text).to_owned());
        }
        reading.wanted.extend_from_slice(wanted);
    }
    // A code may also be worded as it was asked.
    for word in said.replaced.iter().flat_map(|typed| words(typed)) {
        if seen.contains(&word.text) || reading.wanted.len() == MOST_WORDS {
            continue;
        }
        seen.push(word.text.clone());
        if let Some(number) = met.lexicon.number(&word.text).filter(|number| !met.lexicon.is_common(*number)) {
            reading.wanted.push(Wanted::exactly(number, met.lexicon, AS_TYPED));
        }
    }
    reading.wanted.truncate(MOST_WORDS);
    reading
}

/// Words that were looked up for one of the readings, for the others.
struct Words<'a> {
    lexicon: &'a Lexicon,
    known: HashMap<String, Vec<Wanted>>,
}

impl Words<'_> {
    /// What is looked for when a word is asked for: none when nobody knows it, two when it is two in one.
    fn wanted(&mut self, word: &str) -> &[Wanted] {
        let lexicon = self.lexicon;
        self.known.entry(word.to_owned()).or_insert_with(|| {
            let mut any = known(lexicon, word);
            if any.is_empty() {
                if let Some(halves) = spelling::halves(lexicon, word) {
                    return halves.into_iter().map(|number| Wanted::exactly(number, lexicon, 1.0)).collect();
                }
                any = spelling::meant(lexicon, word);
            }
            let wanted = Wanted { text: word.to_owned(), any, factor: 1.0 };
            if wanted.any.is_empty() { Vec::new() } else { vec![wanted] }
        })
    }
}

/// The known words that say the same as a word, itself first.
fn known(lexicon: &Lexicon, word: &str) -> Vec<(u32, f32)> {
    let itself = lexicon.number(word).map(|number| (number, 1.0));
    let akin = kin::akin(word).filter_map(|akin| lexicon.number(&akin)).filter(|akin| !lexicon.is_common(*akin));
    let akin = akin.map(|number| (number, AKIN));
    let range = range_of(lexicon, word).into_iter().map(|number| (number, IN_RANGE));
    itself.into_iter().chain(akin).chain(range).collect()
}

/// Where the range begins that a number lies in, as titles print it: "40.0-44.9" for 42.
fn range_of(lexicon: &Lexicon, word: &str) -> Option<u32> {
    const WIDEST: u32 = 10;
    let whole: u32 = word.split('.').next()?.parse().ok().filter(|whole| *whole >= WIDEST)?;
    (whole - WIDEST..=whole).rev().find_map(|from| lexicon.number(&format!("{from}.0")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::lexicon::Counting;

    fn lexicon(text: &str) -> Lexicon {
        let mut counting = Counting::default();
        for (family, word) in (0..).zip(words(text)) {
            counting.count(family, &word.text);
        }
        counting.finish().0
    }

    fn of(part: &Part) -> &Reading {
        part.reading(CodeSystem::Icd10Cm)
    }

    #[test]
    fn several_things_are_read_apart() {
        let lexicon = lexicon("asthma fracture wrist");
        let parts =
            read(&lexicon, &[Vocabulary::Icd10Cm], "what is the code for asthma; wrist fracture\n and also asthmma");
        let texts: Vec<Vec<&str>> =
            parts.iter().map(|part| of(part).wanted.iter().map(|wanted| wanted.text.as_str()).collect()).collect();
        assert_eq!(texts.len(), 3);
        assert_eq!(texts.first().map(Vec::as_slice), Some(&["asthma"][..]));
        let slip = parts.last().map(|part| of(part).wanted.iter().flat_map(|w| &w.any).count());
        assert_eq!(slip, Some(1), "a slip is met");
    }

    #[test]
    fn nothing_readable_is_no_question() {
        assert!(read(&lexicon("asthma"), &Vocabulary::ALL, " ;;; \n").is_empty());
        let parts = read(&lexicon("asthma"), &Vocabulary::ALL, "qqqqqqqqqqqq");
        assert!(parts.iter().all(|part| of(part).wanted.is_empty() && part.unknown(None) == ["qqqqqqqqqqqq"]));
    }
}
