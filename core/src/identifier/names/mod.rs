//! Names of persons. No list holds them all, so three things are weighed: where a name may stand, whether a list knows
//! the word as a name, and whether any list knows it as something else.
//!
//! | file | knows |
//! |---|---|
//! | `extent` | how far a name goes |
//! | `letter` | greetings, farewells, signatures, names on a line of their own |
//! | `cue` | titles and words like "patient" and "From:" |
//! | `row` | `LAST, FIRST`; names in small letters beside a birth date; `MBEKI^SIPHO` |
//! | `weigh` | all other words with a capital letter |
//! | `again` | the words of names already found, and of names in the mail's header |

mod again;
mod cue;
mod extent;
mod letter;
mod row;
mod weigh;

use super::{ground::Ground, hits::Hits};

/// Finds names; `known` are those of the mail's header.
pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits, known: &[&str]) {
    row::find(ground, hits);
    letter::find(ground, hits);
    cue::find(ground, hits);
    weigh::find(ground, hits);
    again::find(ground, hits, known);
}
