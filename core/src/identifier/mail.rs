//! The identifiers of a mail that was read: its codes are set aside, its dates of service are marked as needed.

use super::{
    found::Found,
    search::{About, find},
};
use crate::{domain::span::Span, extract::Reading};

/// What may identify somebody in the text of a mail; `names` are those of its header.
#[must_use]
pub fn of_reading(reading: &Reading, names: &[&str]) -> Vec<Found> {
    let codes: Vec<Span> = reading.mentions.iter().map(|mention| mention.span).collect();
    let service: Vec<Span> = reading.dates.iter().map(|date| date.span).collect();
    find(&reading.text, &About { codes: Some(&codes), service: &service, names })
}

/// The reading as scripts and lists may see it: every identifier is blanked, byte offsets stay right, and possible codes
/// within identifiers are left out.
#[must_use]
pub fn blanked_reading(reading: &Reading, found: &[Found]) -> Reading {
    let mut blank = reading.clone();
    blank.text = super::blanked(&reading.text, found);
    blank.possibles.retain(|possible| found.iter().all(|one| !one.span.overlaps(possible.mention.span)));
    for part in &mut blank.parts {
        part.label = super::mask(&part.label).0;
    }
    blank
}
