//! What speaks for each kind, added up: each cue counts once, where it counts most.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    cue::{Cues, Met},
    name::Kind,
    words::Text,
};

/// The cues of the kinds K1 to K15.
static CUES: LazyLock<Cues<Kind>> = LazyLock::new(|| Cues::read(include_str!("cues.txt"), Kind::read));

/// Half points, since outside the sentences that ask a cue counts half.
const HALVES: i32 = 2;
/// A cue of so many points is a question.
const QUESTION: i32 = 6;

/// A cue that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The mail's words.
    pub(super) words: String,
    /// Its points, in halves.
    pub(super) halves: i32,
}

/// What was met, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hits {
    by_kind: BTreeMap<Kind, Vec<Hit>>,
}

impl Hits {
    pub(super) fn of(text: &Text) -> Self {
        let is_told = text.asks();
        let mut hits = Self::default();
        for met in CUES.met(text).chunk_by(|one, other| one.cue == other.cue) {
            let Some(cue) = met.first().and_then(|one| CUES.all.get(one.cue)) else { continue };
            // Where nothing is asked outright, all of it is the question.
            let is_full = |one: &&Met| {
                cue.everywhere || !is_told || text.sentences.get(one.sentence).is_some_and(|sentence| sentence.asks)
            };
            let full = met.iter().find(is_full);
            let Some(best) = full.or(met.first()) else { continue };
            let halves = if full.is_some() { cue.points * HALVES } else { cue.points };
            let hit = Hit { words: text.shown(&best.words), halves };
            hits.by_kind.entry(cue.of).or_default().push(hit);
        }
        hits
    }

    /// The kinds that anything speaks for or against.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.by_kind.keys().copied()
    }

    /// Every cue that was met, with what it speaks for.
    pub(super) fn all(&self) -> impl Iterator<Item = (Kind, &Hit)> {
        self.by_kind.iter().flat_map(|(kind, hits)| hits.iter().map(|hit| (*kind, hit)))
    }

    fn of_kind(&self, kind: Kind) -> &[Hit] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// All half points of a kind.
    pub(super) fn halves(&self, kind: Kind) -> i32 {
        self.of_kind(kind).iter().map(|hit| hit.halves).sum()
    }

    /// Whether some words ask it, whatever else speaks against it.
    pub(super) fn hold_a_question(&self, kind: Kind) -> bool {
        self.of_kind(kind).iter().any(|hit| hit.halves >= QUESTION * HALVES)
    }

    /// Whether it is asked.
    pub(super) fn ask(&self, kind: Kind) -> bool {
        self.hold_a_question(kind) && self.halves(kind) >= QUESTION * HALVES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::mention::Place,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(CUES.unread, Vec::<String>::new());
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::K0) {
            assert!(CUES.all.iter().any(|cue| cue.of == kind), "{kind}");
        }
    }

    #[test]
    fn a_cue_counts_half_outside_a_question() {
        let hits =
            |text: &str| Hits::of(&Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]));
        let asked = hits("Is the number of units 4?");
        let told = hits("The number of units is 4. Is that on the list that you sent to all of us last week?");
        assert!(asked.ask(Kind::K5) && asked.halves(Kind::K5) > told.halves(Kind::K5));
    }
}
