//! K0, before all others: a mail that asks no coding question, and what it is instead.
//!
//! A patient's question about a bill is K0 whatever codes it names. Every other sort has to outweigh the coding
//! question that the mail may hold besides: a complaint with a question in it is that question.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    cue::Cues,
    hits::Hits,
    name::{Kind, Sort},
    role::Roles,
    words::Text,
};

/// The cues of the sorts; none stands for coding, which speaks against all.
static CUES: LazyLock<Cues<Option<Sort>>> = LazyLock::new(|| {
    let heading = |name: &str| if name == "coding" { Some(None) } else { Sort::read(name).map(Some) };
    Cues::read(include_str!("not_coding.txt"), heading)
});

/// So many points name a sort.
const NAMED: i32 = 7;
/// So many do when the mail names no code, and nothing in it speaks for a kind.
const NAMED_ALONE: i32 = 3;
/// So many points of a kind make a mail without a code a question.
const SPOKEN_OF: i32 = 4;

/// What the mail is, when it asks no coding question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoQuestion {
    pub(super) sort: Sort,
    pub(super) points: i32,
    /// The mail's words, each with its points.
    pub(super) words: Vec<(String, i32)>,
}

/// What speaks for each sort outweighs the question, or nothing.
pub(super) fn read(text: &Text, hits: &Hits) -> Option<NoQuestion> {
    let met = met(text);
    let points = |sort: Option<Sort>| met.get(&sort).map_or(0, |words| words.iter().map(|(_, points)| points).sum());
    let sort = Sort::ALL.into_iter().rev().max_by_key(|sort| points(Some(*sort)))?;
    let (found, coding) = (points(Some(sort)), points(None));
    let question = Kind::ALL.into_iter().filter(|kind| hits.hold_a_question(*kind));
    let question = question.map(|kind| hits.halves(kind)).max().unwrap_or(0);
    let is_named = if sort == Sort::Patient {
        found >= NAMED
    } else if !text.has(Roles::ANY_CODE) && !Kind::ALL.into_iter().any(|kind| hits.reach(kind, SPOKEN_OF)) {
        found >= NAMED_ALONE
    } else {
        // A question's points are counted in halves: this is half of what speaks for coding, and one more.
        found >= NAMED && 4 * found > question + 2 * coding + 4
    };
    let words = met.get(&Some(sort)).cloned().unwrap_or_default();
    is_named.then_some(NoQuestion { sort, points: found, words })
}

fn met(text: &Text) -> BTreeMap<Option<Sort>, Vec<(String, i32)>> {
    let mut met: BTreeMap<Option<Sort>, Vec<(String, i32)>> = BTreeMap::new();
    let mut all = CUES.met(text);
    all.dedup_by_key(|one| one.cue);
    for one in all {
        if let Some(cue) = CUES.all.get(one.cue) {
            met.entry(cue.of).or_default().push((text.shown(&one.words), cue.points));
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::mention::Place,
        extract::{Nothing, Reading},
        mail::search_text::SearchText,
    };

    fn sort(text: &str) -> Option<Sort> {
        let text = Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]);
        read(&text, &Hits::of(&text)).map(|found| found.sort)
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(CUES.unread, Vec::<String>::new());
        for sort in Sort::ALL {
            assert!(CUES.all.iter().any(|cue| cue.of == Some(sort)), "{sort:?}");
        }
    }

    #[test]
    fn a_patient_is_told_from_a_provider() {
        assert_eq!(sort("Why does my bill say 99285? I was charged $900 for a sprain."), Some(Sort::Patient));
        assert_eq!(sort("My patient asks why we billed 99285. Is it right for a sprain?"), None);
    }

    #[test]
    fn a_question_inside_thanks_or_a_complaint_stays_a_question() {
        assert_eq!(sort("Thank you so much, it paid. No more questions."), Some(Sort::Thanks));
        assert_eq!(sort("Thanks for last time. Which modifier for 20610 on both knees, 50 or RT and LT?"), None);
        assert_eq!(sort("I am disappointed. Can 64721 and 64718 be billed together, yes or no?"), None);
    }
}
