//! Which kinds are named. What one kind explains is not counted for another: a modifier that only an assistant bears
//! makes no question about modifiers, the code of a supply none about procedures. Of what is left the kind with the
//! most points is named, and each further one that the mail asks for in so many words.

use super::{hits::Hits, name::Kind, role::Roles, words::Text};

/// A further kind has at least one third of the points of the first.
const FURTHER: i32 = 3;

/// The kinds that a text asks, in order; none when nothing speaks for any.
pub(super) fn kinds(hits: &Hits, text: &Text) -> Vec<Kind> {
    let kept: Vec<Kind> = hits.kinds().filter(|kind| !is_explained(*kind, hits, text)).collect();
    let candidates = if kept.is_empty() { hits.kinds().collect() } else { kept };
    // Of two with the same points the first in the taxonomy.
    let first = candidates.iter().copied().rev().max_by_key(|kind| hits.halves(*kind));
    let Some(first) = first.filter(|kind| hits.halves(*kind) > 0) else { return Vec::new() };
    let is_further = |kind: Kind| hits.ask(kind) && FURTHER * hits.halves(kind) >= hits.halves(first);
    candidates.into_iter().filter(|kind| *kind == first || is_further(*kind)).collect()
}

/// Whether another kind explains all that speaks for this one.
fn is_explained(kind: Kind, hits: &Hits, text: &Text) -> bool {
    use Kind as K;
    let any_asked = |kinds: &[Kind]| kinds.iter().any(|kind| hits.ask(*kind));
    let any_spoken_of = |kinds: &[Kind]| kinds.iter().any(|kind| hits.speak_of(*kind));
    let has_supply = text.has(Roles::SUPPLY);
    // The count of a supply is asked as part of its coverage, unless something else is asked of it.
    let supply_asked = has_supply && hits.reach(K::K13, 4) && !any_asked(&[K::K4, K::K8, K::K12]);
    match kind {
        K::K1 => {
            let by_other = any_asked(&[K::K6, K::K8, K::K9, K::K11, K::K13, K::K14]) || has_supply;
            (by_other || hits.speak_of(K::K13)) && !hits.ask_alone(kind)
        }
        K::K3 => (any_spoken_of(&[K::K10, K::K11, K::K13, K::K15]) || has_supply) && !hits.ask_alone(kind),
        K::K5 => supply_asked || hits.ask(K::K12),
        K::K6 => any_asked(&[K::K14, K::K15]) && !hits.ask_alone(kind),
        K::K7 => hits.ask(K::K3) && hits.ask_alone(K::K3) && !hits.ask_alone(kind),
        K::K11 => hits.reach(K::K8, 3) && !hits.hold_a_question(kind),
        K::K13 => !supply_asked && !hits.hold_a_question(kind) && any_asked(&[K::K2, K::K4, K::K5, K::K8, K::K12]),
        K::K0 | K::K2 | K::K4 | K::K8 | K::K9 | K::K10 | K::K12 | K::K14 | K::K15 => false,
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

    fn named(text: &str) -> Vec<Kind> {
        let text = Text::of(&Reading::of(&SearchText::plain(text), &Nothing, None), &[Place::New]);
        kinds(&Hits::of(&text), &text)
    }

    #[test]
    fn a_modifier_of_another_kind_makes_no_question_about_modifiers() {
        assert_eq!(named("Which modifier goes on 27130 for the assistant surgeon?"), [Kind::K10]);
        assert_eq!(named("Which modifier goes on 99213 with 20610?"), [Kind::K2, Kind::K3]);
        assert_eq!(named("Which modifier for a video visit, 93 or 95?"), [Kind::K11]);
    }

    #[test]
    fn a_supplys_code_is_no_procedure() {
        assert_eq!(named("Is L1833 or L1832 the right code?"), [Kind::K13]);
        assert_eq!(named("Is 20610 or 20611 the right code?"), [Kind::K1]);
    }

    #[test]
    fn nothing_is_named_when_nothing_speaks_for_it() {
        assert_eq!(named("The weather was fine."), []);
        assert_eq!(named(""), []);
    }
}
