//! The places of a text: which of their forms is tried first at which word.

use super::{
    room::{floor_before, post_box, room, room_after},
    street::street,
    town::{is_town, town_after, town_in, town_of_state},
    zip::{is_foreign_zip, is_zip},
};
use crate::identifier::{
    found::Confidence::{Certain, Likely},
    ground::Ground,
    hits::Hits,
    kind::Identifier::{Address, Zip},
};

/// The words that a closer look begins at.
pub(in crate::identifier) fn cues() -> Vec<&'static str> {
    vec![
        "po",
        "pob",
        "p",
        "box",
        "rr",
        "hc",
        "rural",
        "star",
        "cabin",
        "dorm",
        "hall",
        "suite",
        "ste",
        "apt",
        "apartment",
        "trailer",
        "bldg",
        "zip",
        "zips",
        "zipcode",
    ]
}

pub(in crate::identifier) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !hits.free(index) {
            continue;
        }
        if is_foreign_zip(ground, index) {
            hits.take(ground, (index, index + 1), Zip, Certain, "the form of a postal code");
        } else if let Some(last) =
            street(ground, index).or_else(|| post_box(ground, index)).or_else(|| room(ground, index))
        {
            // "88-20 Queens Blvd"
            let paired = index > 0 && ground.before(index) == "-" && (1..=3).contains(&ground.digits(index - 1));
            let first = if paired { index - 1 } else { floor_before(ground, index) };
            let last = town_after(ground, hits, room_after(ground, last));
            if hits.all_free(first, last) {
                hits.take(ground, (first, last), Address, Certain, "the form of an address");
            }
        } else if is_zip(ground, hits, index) {
            let last = index + usize::from(ground.after(index) == "-" && ground.digits(index + 1) == 4);
            hits.take(ground, (index, last), Zip, Certain, "a state or a town before it");
        } else if let Some(last) = town_of_state(ground, hits, index) {
            hits.take(ground, (index, last), Address, Certain, "a state behind it");
        } else if let Some(last) = town_in(ground, hits, index) {
            hits.take(ground, (index, last), Address, Likely, "a town after a preposition");
        } else if is_town(ground, index) {
            hits.take(ground, (index, index), Address, Likely, "the name of a town");
        }
    }
}
