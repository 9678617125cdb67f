//! What every outgoing text passes, whoever wrote it: while a reviewer types, at approval, and before it is sent.
//!
//! | file | holds |
//! |---|---|
//! | [`finding`] | what the guard reports: rule, severity, place, remedy; and overrides with their reasons |
//! | [`check`](mod@check) | the one function: final text → findings |
//! | [`named`] | the codes that a text names, for the caller to look up and for the rules to judge |
//! | `seen` | a text as its reader sees it, without characters that hide something |
//! | `passages` | a text as rows and sentences, and what each of them says |
//! | `uses` | which codes a text presents as ones to be used |
//! | `codes` | G1, G2, G3, G8: codes against the catalogue on the date of service |
//! | `edits` | G4 to G7: pairs, units and add-on codes against the edit tables |
//! | `diagnoses` | G9: two diagnoses against excludes1 notes |
//! | `claims` | G12, G14: each rule with a source that exists and says it; whose rules they are |
//! | `wording` | G10, G11, G13: licensed texts, identifiers, promises; and what a reviewer left undone |

pub mod check;
mod claims;
mod codes;
mod diagnoses;
mod edits;
pub mod finding;
pub mod named;
mod passages;
mod seen;
mod uses;
mod wording;

pub use check::{GuardInput, check};
pub(crate) use codes::days_in;
pub use finding::{Finding, Override, Rule, Severity, blocking};
pub use named::codes_in;

#[cfg(test)]
mod adversary;
#[cfg(test)]
mod bulk;
