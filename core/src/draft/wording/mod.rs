//! Wording by a model, where an operator has asked for it: the model may phrase sections 1, 2, 4 and 8 of a reply and
//! decides nothing. It is given the statements that the rules have made, with identifiers masked; what it gives back is
//! taken sentence by sentence, and whatever a sentence says beyond its statements costs it its place.
//!
//! ```text
//! Facts ─ Statements::of ─► statements ─ request::body ─► (workers ask the model) ─ taken::take ─► Wording ─ worded() ─► draft
//! ```
//!
//! Nothing of the answer reaches a recipient, a subject, a code table, a source or a state: there is no field for it. Called
//! by the draft worker; the rule-written draft is made first, is kept, and stands whenever anything here refuses.
//!
//! | file | holds |
//! |---|---|
//! | [`section`] | the sections that may be phrased |
//! | [`statements`] | what the rules have said, numbered: all that a sentence may rest on |
//! | [`request`] | statements → the body of a chat completion with its JSON schema |
//! | [`taken`] | the model's answer → the sentences that are kept |
//! | `content` | whether a sentence says more, or less, than its statements |
//! | `lexicon` | words that decide something, words that limit, and their stems |
//! | [`objection`] | why a sentence was dropped |
//! | [`refusal`] | why the whole answer was |
//! | [`written`] | what was kept, as it is stored with the facts and put into the reply |
//! | [`worded`](mod@worded) | the reply with it, when the guard has nothing new against it |

mod content;
mod lexicon;
pub mod objection;
pub mod refusal;
pub mod request;
pub mod section;
pub mod statements;
pub mod taken;
pub mod worded;
pub mod written;

#[cfg(test)]
mod tests;

pub use objection::Objection;
pub use refusal::Refusal;
pub use section::Section;
pub use statements::{Statement, Statements};
pub use taken::{Taken, take};
pub use worded::{Worded, worded};
pub use written::Wording;
