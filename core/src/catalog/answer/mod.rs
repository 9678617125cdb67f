//! What the tables say of a code or a pair on a date of service, as typed values. Used by `codes show`, `codes edits`,
//! drafts and pages.
//!
//! | file | the question |
//! |---|---|
//! | `told` | said, not in the table, or no edition for the day |
//! | [`subject`] | which code is meant by what somebody typed? |
//! | [`desk`] | the sheets at hand, and which edition answers for a day |
//! | [`pair`] | are these two codes edited against each other? |
//! | [`diagnosis`] | which notes bind a diagnosis, where the index leads to it, what it followed? |
//! | [`excludes`] | does an excludes1 note set two diagnoses against each other? |
//! | [`coverage`] | which coverage lists is a code on, and what do they say of a procedure with a diagnosis? |
//! | [`cpt`] | what do the operator's CPT files say of a code? |
//! | [`code`] | how many units, added to what? |
//! | [`fee`] | what does the fee schedule pay, and how? |
//! | [`anesthesia`] | what is anesthesia paid? |
//! | [`grouper`] | what does an MS-DRG weigh, and does a diagnosis raise it? |
//! | [`crosswalk`] | what is a diagnosis in the other revision of the ICD? |

pub mod anesthesia;
pub mod code;
pub mod coverage;
pub mod cpt;
pub mod crosswalk;
pub mod desk;
pub mod diagnosis;
pub mod excludes;
pub mod fee;
pub mod grouper;
pub mod pair;
pub mod subject;
mod told;

pub use desk::{Desk, needed, of_the_day};
pub use subject::Subject;
pub use told::{Timeliness, Told};
