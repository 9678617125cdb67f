//! What must hold in a table, whoever published it. Asserted before a release goes live, and again by `codes verify`
//! on what is loaded.
//!
//! | file | table |
//! |---|---|
//! | [`ptp`] | NCCI edits: one active row a pair and day, and never in both orders |

pub mod ptp;

/// A table breaks one of its rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {what}")]
pub struct Violation {
    /// The code, or pair of codes, at which it does.
    pub key: String,
    /// The rule.
    pub what: &'static str,
}
