//! Answered before: the replies that were sent to questions like a case's, for whoever reviews it.
//!
//! What is like what, and what has changed since, is told by `caseconsult_core::precedent`; here it is fetched and put
//! together. Nothing is written into a draft. Called by the case page, the API, `show`, and by the approval, which keeps
//! what a reply will be found by.
//!
//! | file | holds |
//! |---|---|
//! | [`held`] | the terms of all replies that were sent, in a process that goes on looking |
//! | [`terms`](mod@terms) | what a case is found by, from what the store knows of it |
//! | [`look`](mod@look) | the earlier replies for a case, with why they are shown and what has changed |

pub mod held;
pub mod look;
pub mod terms;

pub use held::Held;
pub use look::{Answered, look};
pub use terms::{of_answer, of_case, terms};
