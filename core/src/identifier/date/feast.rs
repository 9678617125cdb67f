//! Feasts that are days.

use super::number::is_year;
use crate::identifier::ground::{Ground, Shape};

/// Feasts that are days.
const FEASTS: [(&str, &[&str]); 16] = [
    ("christmas", &["eve", "day"]),
    ("new", &["year's", "years"]),
    ("thanksgiving", &["day"]),
    ("independence", &["day"]),
    ("labor", &["day"]),
    ("memorial", &["day"]),
    ("valentine", &["day"]),
    ("easter", &["sunday", "monday", "weekend"]),
    ("veterans", &["day"]),
    ("presidents", &["day"]),
    ("mother", &["day"]),
    ("father", &["day"]),
    ("columbus", &["day"]),
    ("good", &["friday"]),
    ("groundhog", &["day"]),
    ("mlk", &["day"]),
];

/// The last word of the feast that begins here, with its year.
pub(super) fn feast(ground: &Ground<'_>, index: usize) -> Option<usize> {
    let last = alone(ground, index)?;
    let dated = matches!(ground.after(last), " " | ", ") && is_year(ground, last + 1);
    Some(last + usize::from(dated))
}

fn alone(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if ground.shape(index) != Some(Shape::Capital) {
        return None;
    }
    let (_, more) = FEASTS.iter().find(|(first, _)| ground.is(index, &[first]))?;
    let second = ground.is(index + 1, more) && ground.after(index).trim_start_matches(['\'', '’', 's']).len() <= 1;
    if ground.is(index, &["new"]) {
        return (second && ground.is(index + 2, &["eve", "day"])).then_some(index + 2);
    }
    if second {
        Some(index + 1)
    } else {
        ground.is(index, &["christmas", "thanksgiving", "halloween", "juneteenth", "xmas", "easter"]).then_some(index)
    }
}
