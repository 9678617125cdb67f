//! Ages of 90 and more; younger ages may be told (45 CFR 164.514(b)(2)(i)(C)).
//!
//! | file | knows |
//! |---|---|
//! | `cue` | the words that make a number an age |
//! | `number` | a number by what goes before it or follows it |
//! | `word` | "ninety-four", "in her nineties" |

mod cue;
mod number;
mod word;

pub(super) use number::{find, fits_beside, is_old, said_of};
pub(super) use word::cues;
