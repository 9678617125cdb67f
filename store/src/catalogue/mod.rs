//! Editions of code sets, and what they say of codes.
//!
//! | file | holds |
//! |---|---|
//! | `row` | an edition and an entry as rows |
//! | [`import`] | filling editions unseen, and the one switch that makes them live |
//! | [`shelf`](mod@shelf) | the live editions, over the built-in catalogue |

pub mod import;
mod row;
pub mod shelf;

pub use import::{Import, add_rows, begin_import, go_live, go_live_together};
pub use shelf::{editions, shelf};
