//! Which kinds are named: the points of all that is seen in a text, added up for each kind. The highest is named, since a
//! mail that wants an answer is of some kind, and each further one that is more likely asked than not. Called by `asked`.

use std::collections::BTreeMap;

use super::{
    asked::Reason,
    hits::Hits,
    name::Kind,
    role::Roles,
    sign::{self, ONCE, Signs},
    sorts::Sorts,
    weights::{BIAS, Row, Weights},
};

/// A further kind has more than so many hundredths: by chances learned of as many mails that ask a kind as do not, nought
/// would name one too many.
const FURTHER: i32 = 60;
/// What a cue adds that asks in so many words: by its amount alone a plain question of few words would be outweighed by what its
/// codes are.
const IN_SO_MANY_WORDS: i32 = 20;
/// A reason is shown in tenths, where points are added up in hundredths of twelfths.
const SHOWN: i32 = ONCE * 10;

/// The points of a text, in hundredths of twelfths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    points: Row,
}

impl Weighed {
    pub(super) fn of(signs: &Signs<'_>, hits: &Hits, weights: &Weights) -> Self {
        let mut points = weights.of(BIAS).copied().unwrap_or_default().map(|bias| bias * ONCE);
        let words = signs.words.iter().flat_map(|(name, asked)| weights.of_word(name, *asked));
        let others = signs.others.iter().map(|(name, amount)| (weights.of(name), *amount));
        for (row, amount) in words.map(|row| (row, ONCE)).chain(others) {
            for (sum, weight) in points.iter_mut().zip(row.into_iter().flatten()) {
                *sum += weight * amount;
            }
        }
        for kind in hits.kinds().filter(|kind| hits.ask(*kind)) {
            if let Some(sum) = points.get_mut(kind as usize) {
                *sum += IN_SO_MANY_WORDS * ONCE;
            }
        }
        Self { points }
    }

    /// The kinds that are named, in order. K0 stands alone.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        // Of two with the same points the first in the taxonomy.
        match Kind::ALL.into_iter().rev().max_by_key(|kind| self.points(*kind)) {
            None | Some(Kind::K0) => vec![Kind::K0],
            Some(highest) => {
                let is_named =
                    |kind: &Kind| *kind == highest || (*kind != Kind::K0 && self.points(*kind) > FURTHER * ONCE);
                Kind::ALL.into_iter().filter(is_named).collect()
            }
        }
    }

    fn points(&self, kind: Kind) -> i32 {
        self.points.get(kind as usize).copied().unwrap_or_default()
    }
}

/// What speaks for a kind or against it: cues that were met, in the mail's words, and what its codes and numbers are.
pub(super) fn reasons(kind: Kind, signs: &Signs<'_>, hits: &Hits, sorts: &Sorts, weights: &Weights) -> Vec<Reason> {
    let of_row = |row: Option<&Row>| row.and_then(|row| row.get(kind as usize)).copied().unwrap_or_default();
    let weight = |name: &str| of_row(weights.of(name));
    let mut points: BTreeMap<&str, i32> = BTreeMap::new();
    // A single word may be a name, and a number a ZIP: of these only what they are is told.
    for (name, asked) in &signs.words {
        if let Some(role) = Roles::words_of(name) {
            *points.entry(role).or_default() +=
                weights.of_word(name, *asked).into_iter().map(of_row).sum::<i32>() * ONCE;
        }
    }
    for (of, hit) in hits.all() {
        *points.entry(&hit.words).or_default() += weight(&sign::of_kind(of)) * hit.halves;
    }
    for (of, words, met) in sorts.all() {
        *points.entry(words).or_default() += weight(&sign::of_sort(of)) * sign::of_points(met);
    }
    points.into_iter().map(|(words, points)| Reason::of(words, points / SHOWN)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::mention::Place,
        draft::kind::words::Text,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    fn weigh(text: &str, weights: &str) -> (Vec<Kind>, Vec<(String, i32)>) {
        let weights = Weights::read(weights);
        let text = Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]);
        let (hits, sorts) = (Hits::of(&text), Sorts::of(&text));
        let signs = Signs::of(&text, &hits, &sorts);
        let why = reasons(Kind::K5, &signs, &hits, &sorts, &weights).into_iter();
        let why = why.filter(|reason| reason.points != 0).map(|reason| (reason.words, reason.points)).collect();
        (Weighed::of(&signs, &hits, &weights).kinds(), why)
    }

    #[test]
    fn the_highest_kind_is_named_and_each_likely_one_besides() {
        let weights = "bias: K1 -50, K5 -50\nasked unit: K5 80\nsaid unit: K1 99, K5 -10\n";
        assert_eq!(weigh("How many units?", weights), (vec![Kind::K1], vec![]));
        assert_eq!(weigh("How many units?", "asked unit: K5 80\nsaid unit: K1 70").0, [Kind::K1, Kind::K5]);
        assert_eq!(weigh("The weather was fine.", "bias: K0 -9, K1 -50, K2 -3").0, [Kind::K3]);
    }

    #[test]
    fn k0_stands_alone() {
        assert_eq!(weigh("An invoice", "bias: K0 20, K1 10").0, [Kind::K0]);
        assert_eq!(weigh("An invoice", "bias: K0 20, K1 30").0, [Kind::K1]);
    }

    #[test]
    fn the_words_of_a_cue_are_a_reason() {
        let (kinds, why) = weigh("How many units?", "cue K5: K5 100\n");
        assert_eq!(kinds, [Kind::K5]);
        assert!(why.iter().any(|(words, points)| words == "how many units" && *points >= 5), "{why:?}");
    }
}
