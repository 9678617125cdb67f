//! The words of an index, with what they are worth and what they cost.

use std::collections::HashMap;

use super::weight;

/// All words that rows hold, in alphabetic order; a word's number is its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexicon {
    words: Vec<String>,
    families: Vec<u32>,
    all_families: u32,
    known: Vec<Known>,
}

/// What follows from a word and its families.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    worth: f32,
    cost: f32,
    letters: u32,
}

impl Lexicon {
    /// Words with how many of `all_families` families of codes speak of each. They come in alphabetic order.
    #[must_use]
    pub(super) fn new(words: Vec<String>, families: Vec<u32>, all_families: u32) -> Self {
        let known = words.iter().zip(&families).map(|(word, families)| {
            let worth = weight::worth(*families, all_families);
            Known { worth, cost: worth * weight::share(word), letters: letters(word) }
        });
        let known = known.collect();
        Self { words, families, all_families, known }
    }

    /// The number of a word.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<u32> {
        let at = self.words.binary_search_by(|known| known.as_str().cmp(word)).ok()?;
        u32::try_from(at).ok()
    }

    /// The word of a number.
    #[must_use]
    pub fn word(&self, number: u32) -> &str {
        usize::try_from(number).ok().and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }

    /// All of them with their numbers.
    pub fn words(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..).zip(self.words.iter().map(String::as_str))
    }

    /// Whether so many families speak of the word that meeting it instead of another tells nothing.
    pub(super) fn is_common(&self, number: u32) -> bool {
        const ONE_IN: u32 = 10;
        self.families_of(number).saturating_mul(ONE_IN) > self.all_families
    }

    /// The words that start with these letters, with their numbers.
    pub(super) fn starting_with<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (u32, &'a str)> {
        let from = self.words.partition_point(|word| word.as_str() < start);
        let words = self.words.get(from..).unwrap_or_default().iter().map(String::as_str);
        let numbers = u32::try_from(from).unwrap_or(u32::MAX)..;
        numbers.zip(words).take_while(move |(_, word)| word.starts_with(start))
    }

    /// Smaller for words that more families speak of.
    pub(super) fn rarity(&self, number: u32) -> u32 {
        u32::MAX - self.families_of(number)
    }

    /// What it is worth to have met the word.
    #[must_use]
    pub fn worth(&self, number: u32) -> f32 {
        self.known(number).map_or(0.0, |known| known.worth)
    }

    /// What it costs a row to have the word when it was not asked for.
    #[must_use]
    pub fn cost(&self, number: u32) -> f32 {
        self.known(number).map_or(0.0, |known| known.cost)
    }

    /// Which letters the word has, a bit each.
    pub(super) fn letters(&self, number: u32) -> u32 {
        self.known(number).map_or(0, |known| known.letters)
    }

    fn known(&self, number: u32) -> Option<&Known> {
        self.known.get(usize::try_from(number).ok()?)
    }

    pub(super) fn families_of(&self, number: u32) -> u32 {
        usize::try_from(number).ok().and_then(|at| self.families.get(at)).copied().unwrap_or(1)
    }

    pub(super) const fn all_families(&self) -> u32 {
        self.all_families
    }
}

/// Which letters a word has, a bit each: two words that are few slips apart share nearly all.
pub(super) fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, byte| bits | 1 << (byte - b'a'))
}

/// Words on their way into a lexicon, with numbers of their own until it is finished.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    numbers: HashMap<String, u32>,
    /// By number: the families so far, and the one that was counted last.
    counts: Vec<(u32, u32)>,
    all_families: u32,
}

impl Counting {
    /// The number of a word in this counting; it is counted once for each family. All rows of one family are to be
    /// given one after the other.
    pub fn count(&mut self, family: u32, word: &str) -> u32 {
        self.all_families = self.all_families.max(family.saturating_add(1));
        let next = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                self.numbers.insert(word.to_owned(), next);
                self.counts.push((0, u32::MAX));
                next
            }
        };
        if let Some(count) = usize::try_from(number).ok().and_then(|at| self.counts.get_mut(at))
            && count.1 != family
        {
            *count = (count.0 + 1, family);
        }
        number
    }

    /// The lexicon, and for each number of this counting the one in the lexicon.
    #[must_use]
    pub fn finish(self) -> (Lexicon, Vec<u32>) {
        let mut sorted: Vec<(String, u32)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut renumbered = vec![0; self.counts.len()];
        let mut words = Vec::with_capacity(sorted.len());
        let mut families = Vec::with_capacity(sorted.len());
        for (new, (word, old)) in (0..).zip(sorted) {
            let at = usize::try_from(old).unwrap_or(usize::MAX);
            if let Some(place) = renumbered.get_mut(at) {
                *place = new;
            }
            families.push(self.counts.get(at).map_or(1, |count| count.0));
            words.push(word);
        }
        (Lexicon::new(words, families, self.all_families), renumbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::spelling::meant;

    #[test]
    fn words_get_their_places_and_are_counted_by_family() {
        let mut counting = Counting::default();
        let rows = [(0, "knee"), (0, "pain"), (0, "pain"), (1, "hip"), (1, "pain"), (2, "asthma")];
        let numbers: Vec<u32> = rows.iter().map(|(family, word)| counting.count(*family, word)).collect();
        let (lexicon, renumbered) = counting.finish();
        for ((_, word), old) in rows.iter().zip(numbers) {
            let new = renumbered.get(old as usize).copied().expect("a number");
            assert_eq!(lexicon.word(new), *word);
            assert_eq!(lexicon.number(word), Some(new));
        }
        let of = |word: &str| lexicon.number(word).expect("known");
        assert_eq!((lexicon.families_of(of("pain")), lexicon.families_of(of("knee"))), (2, 1));
        assert!(lexicon.worth(of("knee")) > lexicon.worth(of("pain")));
        assert_eq!(lexicon.number("elbow"), None);
        let slip: Vec<&str> = meant(&lexicon, "astma").into_iter().map(|(number, _)| lexicon.word(number)).collect();
        assert_eq!(slip, ["asthma"]);
    }
}
