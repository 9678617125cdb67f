//! The answer of a table as a fact that can be stored: the edition is cited by its number in the reply; and the same in
//! sentences. That a table says nothing is a fact of its own. Called by every look-up of a draft.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::source::{Cited, Sources};
use crate::catalog::{
    Dataset, Setting,
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

    /// The same, where the silence of the table is of no interest: its edition is cited only when it says something.
    pub(super) fn if_told<U>(
        told: Result<Told<'_, U>, Unreadable>,
        sources: &mut Sources,
        value: impl FnOnce(U) -> T,
    ) -> Option<Self> {
        let says = matches!(&told, Ok(Told::Said { .. }));
        says.then(|| Self::of(told, sources, value))
    }

    /// What was said.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Said { value, .. } => Some(value),
            Self::NotInTable { .. } | Self::NotLoaded { .. } => None,
        }
    }

    /// The edition that was looked into; none when there was none.
    #[must_use]
    pub const fn source(&self) -> Option<&Cited> {
        match self {
            Self::Said { source, .. } | Self::NotInTable { source } => Some(source),
            Self::NotLoaded { .. } => None,
        }
    }
}

/// What was said first, with its source.
pub(super) fn first<T>(answers: &[Answer<T>]) -> Option<(&T, &Cited)> {
    answers.iter().find_map(|answer| Some((answer.said.value()?, answer.said.source()?)))
}

/// Whether no edition of any of the days is at hand.
pub(super) fn is_not_loaded<T>(answers: &[Answer<T>]) -> bool {
    answers.iter().all(|answer| matches!(answer.said, Said::NotLoaded { .. }))
}

/// `20610 with 76942, practitioner and outpatient hospital: … [3] [4].` Settings and days with the same answer share a
/// sentence.
pub(super) fn sentences<T: PartialEq>(
    about: &str,
    answers: &[Answer<T>],
    say: impl Fn(&T) -> Option<String>,
) -> Vec<String> {
    let mut days: Vec<_> = answers.iter().map(|answer| answer.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut told: Vec<(&T, Vec<String>, Vec<&Cited>, bool)> = Vec::new();
    for answer in answers {
        let Said::Said { value, source, from_later } = &answer.said else { continue };
        let mut which = side(answer.table).to_owned();
        if days.len() > 1
            && let Some(at) = days.iter().position(|day| *day == answer.day)
        {
            which = format!("{which}{}date {}", if which.is_empty() { "" } else { ", " }, at + 1);
        }
        match told.iter_mut().find(|(known, _, _, later)| *known == value && later == from_later) {
            Some((_, whiches, sources, _)) => {
                whiches.push(which);
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
            None => told.push((value, vec![which], vec![source], *from_later)),
        }
    }
    told.into_iter()
        .filter_map(|(value, whiches, sources, from_later)| {
            let words = say(value)?;
            let whiches: Vec<String> = whiches.into_iter().filter(|which| !which.is_empty()).collect();
            let where_ = if whiches.is_empty() { String::new() } else { format!(" ({})", whiches.join("; ")) };
            let history = if from_later { ", by the history that a later edition gives" } else { "" };
            Some(format!("{about}{where_}: {words}{history} {}.", numbers(&sources)))
        })
        .collect()
}

const fn side(table: Dataset) -> &'static str {
    match table {
        Dataset::Ptp(setting) | Dataset::Mue(setting) => match setting {
            Setting::Practitioner => "practitioner",
            Setting::OutpatientHospital => "outpatient hospital",
        },
        Dataset::MueSupplier => "DME supplier",
        _ => "",
    }
}

/// `[3] [4]`
pub(super) fn numbers(sources: &[&Cited]) -> String {
    sources.iter().map(|source| format!("[{}]", source.number)).collect::<Vec<_>>().join(" ")
}
