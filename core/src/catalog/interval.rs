//! Days from … to. Both ends belong to it, as CMS writes its dates: a termination date is the last day on which a
//! code may be used.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day; none when no end is known.
    pub to: Option<Date>,
}

impl Interval {
    /// Whether `day` lies in it.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{} to {to}", self.from),
            None => write!(f, "from {}", self.from),
        }
    }
}
