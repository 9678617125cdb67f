//! What the notes of the ICD-10-CM tabular list say: which notes bind a code, and which codes they speak of.
//!
//! | file | holds |
//! |---|---|
//! | [`reference`](mod@reference) | a code, stem or range in a note, and whether a code falls under it |
//! | [`only`] | "with fifth character 1": what narrows a reference |
//! | [`reading`] | a note's text → its references, or prose |
//! | [`tree`] | the list in memory: stems, parents, the notes that bind a code, its 7th characters |
//! | [`mention`] | a note that binds one code and speaks of another: the excludes1 conflict |
//!
//! Nothing here forbids. By the guidelines, two codes of an excludes1 note may stand together when the conditions are
//! unrelated, and about one note in fifty cannot be read by a program. What is found is a reason to check.

pub mod mention;
pub mod only;
pub mod reading;
pub mod reference;
pub mod tree;

pub use mention::Mention;
pub use only::Only;
pub use reading::{Reading, read};
pub use reference::{Cited, Falls, Order, Reference};
pub use tree::Tree;
