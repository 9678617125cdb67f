//! What a mail is that asks no coding question: what speaks for each sort of K0, and for coding after all, added up. Whether it
//! asks one `weighed` decides, by these points and by all others.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{cue::Cues, name::Sort, words::Text};

/// The cues of the sorts; none stands for coding, which speaks against all.
static CUES: LazyLock<Cues<Option<Sort>>> = LazyLock::new(|| {
    let heading = |name: &str| if name == "coding" { Some(None) } else { Sort::read(name).map(Some) };
    Cues::read(include_str!("not_coding.txt"), heading)
});

/// What was met, by sort: the mail's words, each with its points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorts {
    met: BTreeMap<Option<Sort>, Vec<(String, i32)>>,
}

impl Sorts {
    pub(super) fn of(text: &Text) -> Self {
        let mut sorts = Self::default();
        let mut all = CUES.met(text);
        all.dedup_by_key(|one| one.cue);
        for one in all {
            if let Some(cue) = CUES.all.get(one.cue) {
                sorts.met.entry(cue.of).or_default().push((text.shown(&one.words), cue.points));
            }
        }
        sorts
    }

    /// Each sort that anything speaks for, with all its points.
    pub(super) fn points(&self) -> impl Iterator<Item = (Option<Sort>, i32)> {
        self.met.iter().map(|(sort, words)| (*sort, words.iter().map(|(_, points)| points).sum()))
    }

    /// Every cue that was met: what it speaks for, the mail's words, its points.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<Sort>, &str, i32)> {
        self.met.iter().flat_map(|(sort, words)| words.iter().map(|(words, points)| (*sort, words.as_str(), *points)))
    }

    /// The sort that most speaks for.
    pub(super) fn first(&self) -> Option<Sort> {
        // Of two with the same points the first in the list.
        let mut sorts: Vec<(Sort, i32)> = self.points().filter_map(|(sort, points)| Some((sort?, points))).collect();
        sorts.retain(|(_, points)| *points > 0);
        sorts.into_iter().rev().max_by_key(|(_, points)| *points).map(|(sort, _)| sort)
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
        for sort in Sort::ALL {
            assert!(CUES.all.iter().any(|cue| cue.of == Some(sort)), "{sort:?}");
        }
    }

    #[test]
    fn the_sort_with_most_points_comes_first() {
        let sort = |text: &str| {
            Sorts::of(&Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New])).first()
        };
        assert_eq!(sort("Why does my bill say 99285? I was charged $900 for a sprain."), Some(Sort::Patient));
        assert_eq!(sort("Thank you so much, it paid. No more questions."), Some(Sort::Thanks));
        assert_eq!(sort("99213 with 20610?"), None);
    }
}
