//! What is seen in a mail: its words, what its codes are, and which cues were met, each with its amount. Points are
//! learned for these signs and for nothing else; no mail, no sender and no single code is a sign. `asked` collects
//! them of each mail, and `tests/kinds/learn` of the labelled ones.

use std::collections::{BTreeMap, HashMap};

use super::{
    hits::Hits,
    name::{Kind, Sort},
    role::Roles,
    sorts::Sorts,
    words::Text,
};

/// Amounts are counted in twelfths of what is seen once.
pub const ONCE: i32 = 12;

/// Before the name of a word that stands anywhere.
pub(super) const SAID: &str = "said ";
/// Before the name of a word in a sentence that asks.
pub(super) const ASKED: &str = "asked ";
/// A role met more often than this says nothing more.
const MOST_OF_A_ROLE: usize = 4;
/// Half of what is seen once, for each word of a role.
const OF_A_ROLE: i32 = ONCE / 2;
/// For each doubling of a mail's words.
const DOUBLED: i32 = ONCE / 3;
/// Endings are left out and words cut to so many letters, so that `denied`, `denies` and `denial` are near to each other.
const LETTERS: usize = 7;
const ENDINGS: [&str; 5] = ["ing", "ed", "es", "s", "ly"];

/// All that is seen in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs<'t> {
    /// Each by its beginning or its role, and whether it stands in a sentence that asks.
    pub(super) words: HashMap<&'t str, bool>,
    /// The others, by name, with their amounts.
    pub(super) others: Vec<(String, i32)>,
}

impl<'t> Signs<'t> {
    pub(super) fn of(text: &'t Text, hits: &Hits, sorts: &Sorts) -> Self {
        let mut signs = Self::default();
        // Where nothing is asked outright, all of it is the question.
        let is_told = text.asks();
        let mut asked = vec![false; text.term_of.len()];
        for sentence in text.sentences.iter().filter(|sentence| sentence.asks || !is_told) {
            for term in text.term_of.get(sentence.words.clone()).unwrap_or_default() {
                if let Some(asked) = asked.get_mut(*term) {
                    *asked = true;
                }
            }
        }
        // The end of a sentence is no word.
        for (word, asked) in text.terms().zip(asked).filter(|(word, _)| !word.is_end) {
            for name in names(&word.text, word.roles) {
                *signs.words.entry(name).or_default() |= asked;
            }
        }
        for (name, role) in Roles::NAMED {
            let count = text.words.iter().filter(|word| word.roles.has(role)).take(MOST_OF_A_ROLE).count();
            signs.add(format!("many {name}"), i32::try_from(count).unwrap_or_default() * OF_A_ROLE);
        }
        if !text.has(Roles::ANY_CODE) {
            signs.add("without a code".to_owned(), ONCE);
        }
        let doubled = text.words.len().checked_ilog2().and_then(|log| i32::try_from(log).ok()).unwrap_or_default();
        signs.add("length".to_owned(), doubled * DOUBLED);
        for kind in hits.kinds() {
            signs.add(of_kind(kind), hits.halves(kind));
        }
        for (sort, points) in sorts.points() {
            signs.add(of_sort(sort), of_points(points));
        }
        signs
    }

    fn add(&mut self, name: String, amount: i32) {
        if amount != 0 {
            self.others.push((name, amount));
        }
    }

    /// All of them by the names that the list of weights has for them, with their amounts.
    pub(super) fn by_name(&self) -> BTreeMap<String, i32> {
        let said = self.words.keys().map(|word| (format!("{SAID}{word}"), ONCE));
        let asked = self.words.iter().filter(|(_, asked)| **asked).map(|(word, _)| (format!("{ASKED}{word}"), ONCE));
        said.chain(asked).chain(self.others.iter().cloned()).collect()
    }
}

/// What the cues of a kind are called. Their amount is their half points.
pub(super) fn of_kind(kind: Kind) -> String {
    format!("cue {kind}")
}

/// What the cues of a sort are called, or those that speak for coding after all.
pub(super) fn of_sort(sort: Option<Sort>) -> String {
    format!("cue {}", sort.map_or("coding", Sort::as_str))
}

/// The amount of such a cue.
pub(super) const fn of_points(points: i32) -> i32 {
    2 * points
}

/// What a word is called: each of its roles, or its beginning. A number that has no role is called nothing.
fn names(word: &str, roles: Roles) -> impl Iterator<Item = &str> {
    let named = Roles::NAMED.into_iter().filter(move |(_, role)| roles.has(*role)).map(|(name, _)| name);
    let is_word = roles == Roles::NONE && !word.bytes().any(|byte| byte.is_ascii_digit());
    named.chain(is_word.then(|| stem(word)))
}

fn stem(word: &str) -> &str {
    let stripped = ENDINGS.into_iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() > 3).then_some(rest)
    });
    let whole = stripped.unwrap_or(word);
    whole.char_indices().nth(LETTERS).and_then(|(end, _)| whole.get(..end)).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::mention::Place,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    fn signs(text: &str) -> BTreeMap<String, i32> {
        let text = Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]);
        Signs::of(&text, &Hits::of(&text), &Sorts::of(&text)).by_name()
    }

    #[test]
    fn words_count_once_and_apart_where_they_ask() {
        let seen = signs("We billed two visits. Is this way of billing right for all of them?");
        let amount = |name: &str| seen.get(name).copied();
        assert_eq!((amount("said bill"), amount("asked bill"), amount("asked visit")), (Some(ONCE), Some(ONCE), None));
        assert_eq!(amount("without a code"), Some(ONCE));
    }

    #[test]
    fn codes_are_seen_by_what_they_are_and_never_as_themselves() {
        let seen = signs("Is 99213 or 99214 right with J1885?");
        let amount = |name: &str| seen.get(name).copied();
        assert_eq!((amount("many VISIT"), amount("many DRUG"), amount("many CODE")), (Some(12), Some(6), Some(18)));
        assert!(seen.keys().all(|name| !name.contains("992")), "{seen:?}");
    }

    #[test]
    fn endings_and_long_tails_are_left_out() {
        for (word, left) in
            [("denied", "deni"), ("modifiers", "modifie"), ("was", "was"), ("uses", "uses"), ("größere", "größere")]
        {
            assert_eq!(stem(word), left);
        }
    }
}
