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
//! | [`fee`] | what does the fee schedule pay, and how? |
//! | [`grouper`] | what does an MS-DRG weigh, and does a diagnosis raise it? |
//! | [`crosswalk`] | what is a diagnosis in the other revision of the ICD? |

pub mod code;
pub mod crosswalk;
pub mod desk;
pub mod fee;
pub mod grouper;
pub mod pair;
pub mod subject;
mod told;

pub use desk::{Desk, needed, of_the_day};
pub use subject::Subject;
pub use told::{Timeliness, Told};
