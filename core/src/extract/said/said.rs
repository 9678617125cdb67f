//! All that a mail says around its codes, each with the words that say it.
//!
//! [`Reading`](crate::extract::Reading) keeps it, drafts and the case page read it. It never decides what a code is: the
//! mentions come in as they are.

use serde::{Deserialize, Serialize};

use super::{
    denial::Denial,
    denial_forms,
    item::{self, Item},
    measure::{self, Minutes, Quantity},
    patient::{self, PatientKind},
    payer::Payer,
    payer_names,
    phrase::Words,
    place::{ClaimSide, PlaceOfService},
    place_names,
    role::{self, Role},
    sameness::{self, Sameness},
    side::Side,
    side_words,
    state::{self, Named},
    stated::{Stated, covers},
};
use crate::{domain::span::Span, extract::Findings, mail::search_text::SearchText};

/// What a mail says around its codes. Every list is in the order of the text; a field that an older reading lacks is
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Denial and remark codes.
    pub denials: Vec<Stated<Denial>>,
    /// Payers and plans.
    pub payers: Vec<Stated<Payer>>,
    /// US states.
    pub states: Vec<Stated<Named>>,
    /// Places of service.
    pub places: Vec<Stated<PlaceOfService>>,
    /// Whose claim it is.
    pub claims: Vec<Stated<ClaimSide>>,
    /// Sides, fingers, toes, eyelids, coronary arteries.
    pub sides: Vec<Stated<Side>>,
    /// What services have in common.
    pub sameness: Vec<Stated<Sameness>>,
    /// Who did what.
    pub roles: Vec<Stated<Role>>,
    /// New or established.
    pub patients: Vec<Stated<PatientKind>>,
    /// Time spent.
    pub minutes: Vec<Stated<Minutes>>,
    /// What was given or thrown away.
    pub quantities: Vec<Stated<Quantity>>,
    /// The questions, when there are several.
    pub items: Vec<Stated<Item>>,
}

impl Said {
    /// Reads a text in which these codes were found.
    #[must_use]
    pub fn of(text: &SearchText, codes: &Findings) -> Self {
        let mentions = codes.mentions.as_slice();
        let words = Words::of(&text.text);
        let denials = denial_forms::read(&text.text, mentions, &codes.possibles);
        let payers = payer_names::read(&words);
        let mut states = state::read(&words);
        states.retain(|state| !covers(&denials, state.span));
        // `BCBSTX` says where as well.
        let inside = payers.iter().filter_map(|payer| {
            let state = payer.value.state.filter(|_| !covers(&states, beside(payer.span)))?;
            Some(Stated::new(payer.span, Named { state }))
        });
        let inside: Vec<Stated<Named>> = inside.collect();
        states.extend(inside);
        states.sort_by_key(|state| state.span);
        Self {
            denials,
            payers,
            states,
            places: place_names::read(&words),
            claims: place_names::claims(&words),
            sides: side_words::read(&words, mentions),
            sameness: sameness::read(&words),
            roles: role::read(&words),
            patients: patient::read(&words),
            minutes: measure::minutes(&text.text),
            quantities: measure::quantities(&text.text),
            items: item::read(text, mentions),
        }
    }

    /// As printed: spans count Unicode code points of `text`.
    #[must_use]
    pub fn printed(&self, text: &str) -> Self {
        let points = Points::of(text);
        let mut said = self.clone();
        fn convert<T>(list: &mut [Stated<T>], points: &Points) {
            for one in list {
                one.span.start = points.at(one.span.start);
                one.span.end = points.at(one.span.end);
            }
        }
        convert(&mut said.denials, &points);
        convert(&mut said.payers, &points);
        convert(&mut said.states, &points);
        convert(&mut said.places, &points);
        convert(&mut said.claims, &points);
        convert(&mut said.sides, &points);
        convert(&mut said.sameness, &points);
        convert(&mut said.roles, &points);
        convert(&mut said.patients, &points);
        convert(&mut said.minutes, &points);
        convert(&mut said.quantities, &points);
        convert(&mut said.items, &points);
        said
    }
}

/// A payer's words, and a few letters to both sides: "BCBS of TX".
const fn beside(payer: Span) -> Span {
    const NEAR: usize = 8;
    Span::new(payer.start.saturating_sub(NEAR), payer.end + NEAR)
}

/// Code points before each stretch of a text, so that any byte is looked up in bounded time.
struct Points<'a> {
    text: &'a [u8],
    before: Vec<usize>,
}

impl<'a> Points<'a> {
    const STRETCH: usize = 256;

    fn of(text: &'a str) -> Self {
        let mut before = vec![0];
        let mut sum = 0;
        for stretch in text.as_bytes().chunks(Self::STRETCH) {
            sum += count(stretch);
            before.push(sum);
        }
        Self { text: text.as_bytes(), before }
    }

    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stretch = byte / Self::STRETCH;
        let rest = self.text.get(stretch * Self::STRETCH..byte).unwrap_or_default();
        self.before.get(stretch).copied().unwrap_or(0) + count(rest)
    }
}

/// Every byte but a continuation byte (10xxxxxx) begins a code point.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::{Nothing, findings};

    fn of(text: &str) -> Said {
        let search = SearchText::plain(text);
        Said::of(&search, &findings(&search, &Nothing))
    }

    #[test]
    fn it_is_stored_and_read_back_and_an_older_one_is_empty() {
        let said = of(
            "Knie\u{2014}1) 20610-RT denied CO-97 by BCBSTX, POS 11, 45 min, 40 mg, the PA, new patient?\n2) same day?",
        );
        let stored = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<Said>(&stored).unwrap(), said);
        assert_eq!(serde_json::from_str::<Said>("{}").unwrap(), Said::default());
        let json = serde_json::to_value(&said.denials[0]).unwrap();
        let span = said.denials[0].span;
        assert_eq!(
            json,
            serde_json::json!({
                "start": span.start, "end": span.end, "list": "carc", "group": "CO", "code": "97", "line": "20610",
            })
        );
        let printed = said.printed(
            "Knie\u{2014}1) 20610-RT denied CO-97 by BCBSTX, POS 11, 45 min, 40 mg, the PA, new patient?\n2) same day?",
        );
        assert_eq!(printed.denials[0].span.start + 2, span.start, "the dash has three bytes and is one code point");
    }

    proptest! {
        #[test]
        fn every_span_slices_the_text(text in r"([ \n]|CO[- ]?[0-9]{1,3}|N[0-9]{1,3}|PA|TX|in |left |both |knees?|1\) |é|—|’|[0-9]{1,5} ?(mg|min|h)|POS [0-9]{2}|Medicare|BCBS|VA|also|\?|\.){0,40}") {
            let said = of(&text);
            let mut spans: Vec<Span> = Vec::new();
            spans.extend(said.denials.iter().map(|one| one.span));
            spans.extend(said.payers.iter().map(|one| one.span));
            spans.extend(said.states.iter().map(|one| one.span));
            spans.extend(said.places.iter().map(|one| one.span));
            spans.extend(said.sides.iter().map(|one| one.span));
            spans.extend(said.roles.iter().map(|one| one.span));
            spans.extend(said.minutes.iter().map(|one| one.span));
            spans.extend(said.quantities.iter().map(|one| one.span));
            spans.extend(said.items.iter().map(|one| one.span));
            for span in spans {
                prop_assert!(!span.of(&text).is_empty(), "{span:?}");
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,200}") {
            let _ = of(&text).printed(&text);
        }
    }
}
