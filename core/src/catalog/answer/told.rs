//! The answer of a table: that nothing is said is a value of its own, and never "allowed".

use super::super::edition::Edition;

/// How well an edition fits the day that was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// It was published for that day.
    OfTheDay,
    /// It was published later and gives the history of its rows.
    History,
}

/// What a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told<'a, T> {
    /// This.
    Said {
        /// What.
        value: T,
        /// By which edition.
        edition: &'a Edition,
        /// How well it fits the day.
        timeliness: Timeliness,
    },
    /// Nothing, though an edition for the day was looked into.
    NotInTable {
        /// Which.
        edition: &'a Edition,
    },
    /// No edition answers for the day; these are loaded for other days.
    NotLoaded {
        /// Oldest first.
        loaded: Vec<&'a Edition>,
    },
}

impl<'a, T> Told<'a, T> {
    /// The same of what is derived from the value; where nothing can be, the table does not say it.
    pub fn filter_map<U>(self, derive: impl FnOnce(T) -> Option<U>) -> Told<'a, U> {
        match self {
            Self::Said { value, edition, timeliness } => match derive(value) {
                Some(value) => Told::Said { value, edition, timeliness },
                None => Told::NotInTable { edition },
            },
            Self::NotInTable { edition } => Told::NotInTable { edition },
            Self::NotLoaded { loaded } => Told::NotLoaded { loaded },
        }
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Told<'a, U> {
        match self {
            Self::Said { value, edition, timeliness } => Told::Said { value: change(value), edition, timeliness },
            Self::NotInTable { edition } => Told::NotInTable { edition },
            Self::NotLoaded { loaded } => Told::NotLoaded { loaded },
        }
    }

    /// What was said.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Said { value, .. } => Some(value),
            Self::NotInTable { .. } | Self::NotLoaded { .. } => None,
        }
    }
}
