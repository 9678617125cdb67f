//! A candidate before the look-alikes, and the order in which they look at it.

use super::{address, citation, denial, goods, identifier, longer, measure, money, phone, zip};
use crate::extract::{candidate::Shape, confidence::Score, ground::Ground, label::Label};

/// A candidate of which nothing is decided yet.
pub(in crate::extract) struct Suspect<'a> {
    pub(in crate::extract) ground: &'a Ground<'a>,
    /// Its first token.
    pub(in crate::extract) first: usize,
    pub(in crate::extract) shape: &'a Shape,
    pub(in crate::extract) label: Option<Label>,
}

impl Suspect<'_> {
    /// Whether it is digits (and a decimal point) alone: then it can be anything.
    pub(in crate::extract) fn is_number(&self) -> bool {
        self.shape.code.bytes().iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
    }

    /// Adds all that speaks against it.
    pub(in crate::extract) fn speak(&self, score: &mut Score) {
        let all = [
            identifier::reason(self),
            denial::reason(self),
            zip::reason(self),
            phone::reason(self),
            money::reason(self),
            address::reason(self),
            citation::reason(self),
            measure::reason(self),
            goods::reason(self),
            longer::reason(self),
        ];
        all.into_iter().flatten().for_each(|reason| score.add(reason));
    }
}
