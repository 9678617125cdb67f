//! One identifier in a text: where it is, what it is, how sure that is, and why.

use serde::Serialize;

use super::kind::Identifier;
use crate::domain::span::Span;

/// How sure it is that a span identifies somebody. Both are masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It looks like one, and nothing near it says so.
    Likely,
    /// Its form or a word beside it says so.
    Certain,
}

/// Why a name after a greeting is one.
pub(super) const GREETED: &str = "a greeting before it";
/// Why a name below a farewell is one.
pub(super) const SIGNED: &str = "a signature";

/// One identifier in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What it is.
    pub identifier: Identifier,
    /// Where, in bytes of the text.
    pub span: Span,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why, in words. Repeats nothing of the text.
    pub reason: &'static str,
    /// A date of service: private, and needed to look codes up.
    pub needed: bool,
}

impl Found {
    /// Whether it is the name in a greeting or a signature: of whoever writes or is written to.
    #[must_use]
    pub fn is_salutation(&self) -> bool {
        self.identifier == Identifier::Name && (self.reason == GREETED || self.reason == SIGNED)
    }
}
