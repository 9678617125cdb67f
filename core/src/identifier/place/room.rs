//! Post office boxes, and rooms behind a street: `P.O. Box 1180`, `RR 2 Box 77`, ", Bldg C, Suite 300".

use super::{
    street::{DIRECTIONS, is_street_word},
    town::{capitals, state_after},
};
use crate::identifier::{
    form,
    ground::{Ground, Shape, Word},
    lexicon::Roles,
};

pub(super) const ROOMS: [&str; 17] = [
    "suite",
    "ste",
    "apt",
    "apartment",
    "unit",
    "bldg",
    "building",
    "floor",
    "fl",
    "room",
    "rm",
    "trailer",
    "lot",
    "spc",
    "space",
    "slip",
    "pmb",
];

/// `P.O. Box 1180`, `Box 12`.
pub(super) fn post_box(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if !ground.roles(index).any(Roles::CUE) {
        return None;
    }
    let is_box = |at: usize| {
        ground.is(at, &["box"])
            && ground.word(at).is_some_and(Word::is_capital)
            && ground.digits(at + 1) > 0
            && ground.after(at) == " "
    };
    if ground.is(index, &["po", "pob"]) && is_box(index + 1) {
        return Some(index + 2);
    }
    if ground.is(index, &["p"]) && ground.is(index + 1, &["o"]) && is_box(index + 2) {
        return Some(index + 3);
    }
    // "RR 2 Box 77", "HC 61 Box 12"
    let route = ground.is(index, &["rr", "hc", "rural", "star"])
        && (index + 1..index + 4).any(|at| ground.is(at, &["box", "bx"]) && ground.digits(at + 1) > 0);
    if route {
        return (index + 1..index + 4).find(|at| ground.is(*at, &["box", "bx"])).map(|at| at + 1);
    }
    // "Box 26" alone is a box of a claim form; a street or a town makes it one of the mail's.
    (is_box(index) && (!form::cites(ground, index) || town_follows(ground, index + 1))).then_some(index + 1)
}

/// Whether ", Star Route, Winner, SD" or ", Dayton, OH" follows.
fn town_follows(ground: &Ground<'_>, last: usize) -> bool {
    matches!(ground.after(last), ", " | " ")
        && capitals(ground, last + 1)
            .is_some_and(|end| state_after(ground, end) || is_street_word(ground, end) || ground.digits(end + 1) == 5)
}

/// "Cabin 3, Lake Road", "Hall C 318, Ames", "Suite 300" on a line of its own.
pub(super) fn room(ground: &Ground<'_>, index: usize) -> Option<usize> {
    if !ground.roles(index).any(Roles::CUE) {
        return None;
    }
    if ground.is(index, &["cabin", "dorm"]) && ground.digits(index + 1) > 0 && ground.after(index) == " " {
        return Some(index + 1);
    }
    let hall =
        ground.is(index, &["hall"]) && ground.shape(index + 1) == Some(Shape::Initial) && ground.digits(index + 2) > 0;
    if hall {
        return Some(index + 2);
    }
    let capital = ground.shape(index) == Some(Shape::Capital);
    let number =
        ground.word(index + 1).is_some_and(|word| word.has_digit()) && matches!(ground.after(index), " " | " #" | ". ");
    let home = ground.is(index, &["apt", "apartment"]) || ground.is(index, &["trailer"]) && capital;
    (number && (home || capital && ground.is(index, &["suite", "ste", "bldg"]))).then_some(index + 1)
}

/// "5th floor, 212 Grand Concourse".
pub(super) fn floor_before(ground: &Ground<'_>, index: usize) -> usize {
    let floor = index >= 2
        && ground.is(index - 1, &["floor", "fl"])
        && ground.before(index) == ", "
        && ground.shape(index - 2) == Some(Shape::Mixed);
    if floor { index - 2 } else { index }
}

/// ", Suite 300", "Apt 4B", ", Bldg C, 2nd Floor".
pub(super) fn room_after(ground: &Ground<'_>, last: usize) -> usize {
    let (mut last, mut next) = (last, one_room_after(ground, last));
    for _ in 0..3 {
        if next == last {
            break;
        }
        (last, next) = (next, one_room_after(ground, next));
    }
    next
}

fn one_room_after(ground: &Ground<'_>, last: usize) -> usize {
    let gap = ground.after(last);
    let near = gap.len() <= 3 && !gap.contains('\n');
    let numbered = |at: usize| ground.word(at).is_some_and(|word| word.has_digit() || word.shape == Shape::Initial);
    if near && ground.is(last + 1, &ROOMS) && numbered(last + 2) && ground.after(last + 1).len() <= 2 {
        let more = ground.after(last + 2) == "-" && numbered(last + 3);
        return last + 2 + usize::from(more);
    }
    // "2nd Floor"
    let floor = near
        && ground.shape(last + 1) == Some(Shape::Mixed)
        && ground.is(last + 2, &["floor", "fl", "flr"])
        && ground.after(last + 1) == " ";
    if floor {
        return last + 2;
    }
    // "N.", "SW" behind the street
    if gap == " " && ground.word(last + 1).is_some_and(Word::is_capital) && DIRECTIONS.contains(&ground.str(last + 1)) {
        return last + 1;
    }
    if near && gap.trim_end().ends_with('#') && numbered(last + 1) { last + 1 } else { last }
}
