//! Answered before: which replies that were sent answer a question like this one, why, and what has changed since.
//!
//! A reviewer sees them beside the draft, as a reference. Nothing here writes into a draft, and nothing of another asker's
//! mail is kept but codes, kinds and single words of its masked text. `review` makes the terms of a case, `store` keeps
//! those of an approved reply, and the case page, the API and `show` ask.
//!
//! ```text
//! readings + kinds ─ Terms::of() ─► terms ─ Index::find() ─► earlier replies, the likest first
//!                                                   └─ Shared::between() ─► why ─ changes() ─► what is different now
//! ```
//!
//! | file | holds |
//! |---|---|
//! | [`terms`] | what a case is found by: kinds, codes, refusals, words |
//! | [`concept`] | ways in which askers say the same (`concepts.txt`) |
//! | [`weight`] | what a shared term is worth |
//! | [`index`] | the terms of all replies that were sent, and the likest among them |
//! | [`shared`] | what two cases have in common, for people |
//! | [`change`] | what is different now from what an earlier reply went by |
//! | [`shown`] | an earlier reply without what may identify somebody |

pub mod change;
pub mod concept;
pub mod index;
pub mod shared;
pub mod shown;
pub mod terms;
pub mod weight;

pub use change::{Change, Now, changes};
pub use index::{Index, Likeness};
pub use shared::Shared;
pub use terms::Terms;
