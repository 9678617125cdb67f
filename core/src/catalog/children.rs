//! The billable codes below a header: one of them is what a claim needs in its place. Gathered by the store for the
//! headers of a shelf; told by `codes show`, code pages and drafts. It never says which of them the record supports.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

/// The billable codes that begin with a header, in its edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Children {
    /// The first of them, by code, at most [`Children::SHOWN`].
    pub first: Vec<Child>,
    /// How many there are.
    pub count: u64,
}

/// A billable code below a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// The code.
    pub code: Code,
    /// Its title.
    pub title: String,
}

impl Children {
    /// How many are named.
    pub const SHOWN: usize = 12;

    /// How many are not named.
    #[must_use]
    pub fn rest(&self) -> u64 {
        self.count.saturating_sub(self.first.len() as u64)
    }
}

impl fmt::Display for Children {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.first.iter().map(|child| child.code.as_str()).collect();
        f.write_str(&codes.join(", "))?;
        match self.rest() {
            0 => Ok(()),
            rest => write!(f, " and {rest} more"),
        }
    }
}
