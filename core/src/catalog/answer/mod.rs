//! What the tables say of a code or a pair on a date of service, as typed values. Used by `codes show`, `codes edits`,
//! drafts and pages.
//!
//! | file | the question |
//! |---|---|
//! | `told` | said, not in the table, or no edition for the day |
//! | [`subject`] | which code is meant by what somebody typed? |
//! | [`desk`] | the sheets at hand, and which edition answers for a day |
//! | [`pair`] | are these two codes edited against each other? |
//! | [`code`] | how many units, added to what? |

pub mod code;
pub mod desk;
pub mod pair;
pub mod subject;
mod told;

pub use desk::{Desk, needed};
pub use subject::Subject;
pub use told::{Timeliness, Told};
