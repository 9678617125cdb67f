//! A value with the words that state it.

use serde::{Deserialize, Serialize};

use crate::domain::span::Span;

/// A value, and where the text states it. In JSON the fields of both stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// Where: bytes of the searched text; code points in what is printed.
    #[serde(flatten)]
    pub span: Span,
    /// What.
    #[serde(flatten)]
    pub value: T,
}

impl<T> Stated<T> {
    /// A value stated at `span`.
    #[must_use]
    pub const fn new(span: Span, value: T) -> Self {
        Self { span, value }
    }
}

/// Whether one of these, sorted and disjoint, shares a byte with `span`.
pub(super) fn covers<T>(sorted: &[Stated<T>], span: Span) -> bool {
    let at = sorted.partition_point(|one| one.span.end <= span.start);
    sorted.get(at).is_some_and(|one| one.span.overlaps(span))
}

/// Whether one of these spans, sorted and disjoint, shares a byte with `span`.
pub(super) fn covered(sorted: &[Span], span: Span) -> bool {
    let at = sorted.partition_point(|one| one.end <= span.start);
    sorted.get(at).is_some_and(|one| one.overlaps(span))
}
