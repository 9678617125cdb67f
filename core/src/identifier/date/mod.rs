//! Days and months, in the ways in which people write them. A year alone is no identifier, and neither is a fraction.
//!
//! | file | knows |
//! |---|---|
//! | `day` | which way of writing is tried where; weekdays and times beside a day |
//! | `number` | `3/4/1951`, `2026-01-19`, `3/14-16` |
//! | `word` | "Feb 11", "3rd of March", "May the fourth" |
//! | `feast` | "Christmas Eve" |

mod day;
mod feast;
mod number;
mod word;

pub(super) use day::find;
