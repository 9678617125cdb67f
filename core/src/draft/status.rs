//! What a code was on a day, as a fact with its source, and in words. A code that no edition lists is never called
//! invalid: the editions that were searched are named.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::source::{Cited, Sources};
use crate::{
    catalog::{Children, Dataset, Interval, Shelf, Standing},
    domain::code::{Code, CodeSystem},
};

/// What a code was on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// In force and usable on a claim.
    InForce {
        /// Where that is written.
        source: Cited,
        /// The days on which the code is in force, as the source knows them.
        valid: Interval,
    },
    /// A category: a longer code is needed on a claim.
    Header {
        /// Where that is written.
        source: Cited,
        /// The days on which the category is in force.
        valid: Interval,
        /// What is billable below it, where that was gathered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<Children>,
    },
    /// Not yet in force.
    NotYet {
        /// Where that is written.
        source: Cited,
        /// The first day.
        from: Date,
    },
    /// No longer in force.
    Ended {
        /// The last edition that lists it.
        source: Cited,
        /// The last day; none when later editions dropped it without a date.
        last_day: Option<Date>,
        /// What that edition names in its place or beside it.
        successors: Vec<Successor>,
    },
    /// In none of the editions of the day.
    NotFound {
        /// The editions that were searched; never empty.
        searched: Vec<Cited>,
    },
    /// Editions of the code set are loaded, and none answers for the day.
    NotCovered {
        /// The editions that are loaded.
        loaded: Vec<Cited>,
    },
    /// No edition of the code set is loaded.
    NotLoaded {
        /// The code set.
        system: CodeSystem,
    },
}

/// A code that an edition names as the successor of an ended one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The code.
    pub code: Code,
    /// Whether it was in force on the day; unknown when the catalogue says nothing of it.
    pub in_force: Option<bool>,
}

impl Status {
    /// The status of a code on `day`, its sources added to the list.
    pub(super) fn of(shelf: &Shelf, system: CodeSystem, code: &Code, day: Date, sources: &mut Sources) -> Self {
        match shelf.standing(system, code, day) {
            Standing::InForce { entry, edition } => Self::InForce { source: sources.cite(edition), valid: entry.valid },
            Standing::Header { entry, edition } => Self::Header {
                source: sources.cite(edition),
                valid: entry.valid,
                below: shelf.children(entry).cloned(),
            },
            Standing::NotYet { entry, edition } => {
                Self::NotYet { source: sources.cite(edition), from: entry.valid.from }
            }
            Standing::Ended { entry, edition } => Self::Ended {
                source: sources.cite(edition),
                last_day: entry.valid.to.filter(|last| *last < day),
                successors: entry.see_also.iter().map(|code| Successor::of(shelf, system, code, day)).collect(),
            },
            Standing::Unknown { searched } if searched.is_empty() => {
                let loaded: Vec<Cited> = shelf
                    .editions()
                    .into_iter()
                    .filter(|edition| edition.dataset == Dataset::Codes(system) && edition.may_list(code))
                    .map(|edition| sources.cite(edition))
                    .collect();
                if loaded.is_empty() { Self::NotLoaded { system } } else { Self::NotCovered { loaded } }
            }
            Standing::Unknown { searched } => {
                Self::NotFound { searched: searched.into_iter().map(|edition| sources.cite(edition)).collect() }
            }
        }
    }

    /// Whether the code could stand on a claim of that day, as far as its own dates go.
    #[must_use]
    pub const fn is_in_force(&self) -> bool {
        matches!(self, Self::InForce { .. })
    }
}

impl Successor {
    fn of(shelf: &Shelf, system: CodeSystem, code: &Code, day: Date) -> Self {
        // HCPCS cross-references lead into CPT as well; such a number consists of digits alone.
        let digits = code.as_str().chars().take(4).all(|c| c.is_ascii_digit());
        let system = if system == CodeSystem::Hcpcs && digits { CodeSystem::Cpt } else { system };
        let in_force =
            shelf.knows(system, code).then(|| matches!(shelf.standing(system, code, day), Standing::InForce { .. }));
        Self { code: code.clone(), in_force }
    }
}

impl fmt::Display for Successor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remark = match self.in_force {
            Some(true) => "in force",
            Some(false) => "not in force on that date",
            None => "not checked",
        };
        write!(f, "{} ({remark})", self.code)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InForce { source, .. } => write!(f, "in force [{}]", source.number),
            Self::Header { source, below, .. } => {
                write!(f, "needs more characters: a category, not billable as written [{}]", source.number)?;
                below.as_ref().map_or(Ok(()), |below| write!(f, "; billable below it: {below}"))
            }
            Self::NotYet { source, from } => write!(f, "not yet in force: first day {from} [{}]", source.number),
            Self::Ended { source, last_day, successors } => {
                match last_day {
                    Some(day) => write!(f, "ended: last day {day} [{}]", source.number)?,
                    None => write!(f, "ended: dropped after {} [{}]", source.name, source.number)?,
                }
                match successors.as_slice() {
                    [] => f.write_str("; successor not in public data"),
                    some => write!(f, "; the edition refers to {}", joined(some)),
                }
            }
            Self::NotFound { searched } => write!(f, "not found in: {}", joined(searched)),
            Self::NotCovered { loaded } => {
                write!(f, "not checked: no loaded edition covers this date; loaded: {}", joined(loaded))
            }
            Self::NotLoaded { system: CodeSystem::Modifier } => {
                f.write_str("not checked: modifiers of digits are CPT's, and no list of them is loaded")
            }
            Self::NotLoaded { system } => write!(f, "not checked: no edition of {system} is loaded"),
        }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.name, self.number)
    }
}

fn joined<T: fmt::Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
