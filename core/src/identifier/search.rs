//! From a text to its identifiers: the story, step by step.
//!
//! 1. The text is cut into words, and the words that are codes are set aside.
//! 2. What the field of a message holds.
//! 3. What shows by its form: addresses of the net, social security numbers, telephones, dates.
//! 4. What shows by the heading of its column or the box of its form, or by a word beside it: ages, numbers of records
//!    and members, places, pictures.
//! 5. Names, by titles, lists and place in the mail.
//! 6. What shows only beside a name, long numbers that nothing names, and numbers of a form that is known by now.
//!
//! A step takes no word that an earlier one took, and none takes a code.

use super::{
    age, alike, beside, column, date, form, found::Found, ground::Ground, hits::Hits, interchange, names, odd, online,
    phone, picture, place, ssn, unique,
};
use crate::domain::span::Span;

/// What is known of a text beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The codes that were read in it, in order; none when it was not read.
    pub codes: Option<&'a [Span]>,
    /// Its dates of service.
    pub service: &'a [Span],
    /// Names that stand in the mail's header.
    pub names: &'a [&'a str],
}

/// The identifiers in a text, in order, none overlapping. Never a code.
#[must_use]
pub fn find(text: &str, about: &About<'_>) -> Vec<Found> {
    let ground = Ground::of(text);
    let mut hits = Hits::new(&ground, about.codes);
    interchange::find(&ground, &mut hits);
    online::find(&ground, &mut hits);
    ssn::find(&ground, &mut hits);
    phone::find(&ground, &mut hits);
    date::find(&ground, &mut hits);
    column::find(&ground, &mut hits);
    form::find(&ground, &mut hits);
    age::find(&ground, &mut hits);
    unique::find(&ground, &mut hits);
    place::find(&ground, &mut hits);
    picture::find(&ground, &mut hits);
    names::find(&ground, &mut hits, about.names);
    beside::find(&ground, &mut hits);
    odd::find(&ground, &mut hits);
    alike::find(&ground, &mut hits);
    settled(hits.found, about.service)
}

/// In order; of two that overlap by their marks the first keeps its own.
fn settled(mut found: Vec<Found>, service: &[Span]) -> Vec<Found> {
    found.sort_by_key(|one| one.span);
    let mut end = 0;
    found.retain_mut(|one| {
        one.span.start = one.span.start.max(end);
        let keep = one.span.start < one.span.end;
        end = end.max(one.span.end);
        keep
    });
    for one in &mut found {
        one.needed = service.iter().any(|day| day.overlaps(one.span));
    }
    found
}
