//! The answer of a table as a fact that can be stored: the edition is cited by its number in the reply.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::source::{Cited, Sources};
use crate::catalog::{
    Dataset,
    answer::{Timeliness, Told},
    sheet::Unreadable,
};

/// What a table says of something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Said<T> {
    /// This.
    Said {
        /// What.
        value: T,
        /// Where.
        source: Cited,
        /// Whether the edition is a later one than that of the day, which gives the history of its rows.
        from_later: bool,
    },
    /// Nothing, though the edition of the day was looked into. That is not a permission.
    NotInTable {
        /// Which.
        source: Cited,
    },
    /// No edition of the day is at hand.
    NotLoaded {
        /// Names of the editions that are loaded for other days.
        loaded: Vec<String>,
    },
}

/// One answer: which table, for which day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// The table.
    pub table: Dataset,
    /// The day of service. Private.
    pub day: Date,
    /// What it says.
    pub said: Said<T>,
}

impl<T> Said<T> {
    /// The answer, its source added to the list. A sheet that cannot be read counts as not loaded, since its silence says
    /// nothing: `codes verify` reports it.
    pub(super) fn of<U>(
        told: Result<Told<'_, U>, Unreadable>,
        sources: &mut Sources,
        value: impl FnOnce(U) -> T,
    ) -> Self {
        match told {
            Ok(Told::Said { value: found, edition, timeliness }) => Self::Said {
                value: value(found),
                source: sources.cite(edition),
                from_later: timeliness == Timeliness::History,
            },
            Ok(Told::NotInTable { edition }) => Self::NotInTable { source: sources.cite(edition) },
            Ok(Told::NotLoaded { loaded }) => {
                Self::NotLoaded { loaded: loaded.into_iter().map(|edition| edition.name.clone()).collect() }
            }
            Err(_) => Self::NotLoaded { loaded: Vec::new() },
        }
    }

    /// What was said.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Said { value, .. } => Some(value),
            Self::NotInTable { .. } | Self::NotLoaded { .. } => None,
        }
    }
}
