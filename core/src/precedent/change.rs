//! What is different now from what an earlier reply went by: its editions, its codes on this case's date of service, and
//! what the edit tables say of them on that day.
//!
//! A reply that nothing has changed for may still be wrong for this case; that is the reviewer's to judge. Where a table
//! cannot be asked, that is said, since silence would read as "nothing changed".

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    catalog::{
        Dataset, Edition, Shelf, Standing, TextSource,
        answer::{Desk, Told},
        procedure_code::ProcedureCode,
        sheet::Unreadable,
    },
    domain::code::{Code, CodeSystem},
    draft::{
        Facts,
        code_line::CodeLine,
        edits::{PairCheck, UnitCheck},
        said::Said,
        source::EditionSource,
    },
};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// For the date of service of the earlier case another edition binds now: its table was published again.
    Republished {
        /// What the reply went by.
        was: String,
        /// What binds now, and the day it was imported.
        now: String,
        /// When that was imported.
        imported: Date,
    },
    /// The edition that the reply went by was taken out.
    Withdrawn {
        /// Which.
        was: String,
    },
    /// This case's date of service falls under another edition.
    OtherEdition {
        /// What the reply went by.
        was: String,
        /// What binds on this case's day.
        now: String,
    },
    /// No edition of the table answers for this case's date of service.
    NoEdition {
        /// The table.
        table: String,
    },
    /// A code that was in force for the earlier case is not on this case's day.
    Code {
        /// The code.
        code: Code,
        /// What it is then.
        is: String,
    },
    /// The published title of a code is another one.
    Retitled {
        /// The code.
        code: Code,
    },
    /// The edit of a pair is another one.
    Pair {
        /// The codes.
        pair: [Code; 2],
        /// The table.
        table: String,
        /// What the reply went by.
        was: String,
        /// What the table says on this case's day.
        now: String,
    },
    /// The limit of a code is another one.
    Units {
        /// The code.
        code: Code,
        /// The table.
        table: String,
        /// What the reply went by.
        was: String,
        /// What the table says on this case's day.
        now: String,
    },
}

/// The case that is at hand.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Its date of service.
    pub on: Date,
    /// All live editions of code lists, with the entries of the earlier cases' codes.
    pub shelf: &'a Shelf,
    /// The edit tables of that day, under the earlier cases' codes.
    pub desk: &'a Desk,
    /// All live editions of other tables.
    pub editions: &'a [Edition],
}

/// Everything that is different from what these facts say; `advised` are codes that only the reply named.
#[must_use]
pub fn changes(earlier: &Facts, advised: &[(CodeSystem, Code)], now: &Now<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for source in &earlier.sources {
        // A house rule has no editions: its last day is told where it is cited.
        if let Some(cited) = source.edition() {
            changes.extend(edition(&source.name, cited, &earlier.date.days, now));
        }
    }
    for line in earlier.lines.iter().filter(|line| line.range.is_none()) {
        changes.extend(code_line(line, now));
    }
    let told = |code: &Code| earlier.lines.iter().any(|line| line.code == *code);
    for (system, code) in advised.iter().filter(|(_, code)| !told(code)) {
        changes.extend(standing(*system, code, now).map(|is| Change::Code { code: code.clone(), is }));
    }
    earlier.edits.pairs.iter().for_each(|check| changes.extend(pair(check, now)));
    earlier.edits.units.iter().for_each(|check| changes.extend(units(check, now)));
    let mut once: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        if !once.contains(&change) {
            once.push(change);
        }
    }
    once
}

/// The edition of the source's table that binds on a day. Of a code list each publisher's own is meant: an operator's list
/// stands beside the published one.
fn binding<'a>(source: &EditionSource, day: Date, now: &'a Now<'_>) -> Option<&'a Edition> {
    let is_list = matches!(source.dataset, Dataset::Codes(_));
    let listed: Vec<&Edition> = if is_list { now.shelf.editions() } else { now.editions.iter().collect() };
    let fitting = listed.into_iter().filter(|edition| {
        edition.dataset == source.dataset
            && edition.effective.holds(day)
            && (!is_list || edition.publisher == source.publisher)
    });
    fitting.max_by_key(|edition| (edition.effective.from, edition.id))
}

fn edition(name: &str, source: &EditionSource, days: &[Date], now: &Now<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    // An edition of a later day may have told the history of its rows; then no day of the case lies within it.
    let day = days.iter().copied().find(|day| source.effective.holds(*day));
    let mut bound = source.edition;
    if let Some(day) = day {
        match binding(source, day, now) {
            Some(edition) if edition.id != source.edition => {
                bound = edition.id;
                changes.push(Change::Republished {
                    was: name.to_owned(),
                    now: edition.name.clone(),
                    imported: edition.imported_at.date(),
                });
            }
            Some(_) => {}
            None => changes.push(Change::Withdrawn { was: name.to_owned() }),
        }
    }
    match binding(source, now.on, now) {
        Some(edition) if edition.id != source.edition && edition.id != bound => {
            changes.push(Change::OtherEdition { was: name.to_owned(), now: edition.name.clone() });
        }
        Some(_) => {}
        None => changes.push(Change::NoEdition { table: source.dataset.title().to_owned() }),
    }
    changes
}

fn code_line(line: &CodeLine, now: &Now<'_>) -> Option<Change> {
    let was_in_force = line.standings.iter().any(|standing| standing.status.is_in_force());
    if was_in_force && let Some(is) = standing(line.system, &line.code, now) {
        return Some(Change::Code { code: line.code.clone(), is });
    }
    let title = line.title.as_ref().filter(|title| title.source == TextSource::Public)?;
    match now.shelf.standing(line.system, &line.code, now.on) {
        Standing::InForce { entry, .. } if entry.title.source == TextSource::Public && entry.title != *title => {
            Some(Change::Retitled { code: line.code.clone() })
        }
        _ => None,
    }
}

/// What a code is on this case's day, when it is not in force.
fn standing(system: CodeSystem, code: &Code, now: &Now<'_>) -> Option<String> {
    Some(match now.shelf.standing(system, code, now.on) {
        Standing::InForce { .. } => return None,
        Standing::Header { .. } => "a category, not billable as written".to_owned(),
        Standing::NotYet { entry, .. } => format!("not yet in force: first day {}", entry.valid.from),
        Standing::Ended { entry, edition } => match entry.valid.to.filter(|last| *last < now.on) {
            Some(last) => format!("ended: last day {last}"),
            None => format!("ended: dropped after {}", edition.name),
        },
        Standing::Unknown { searched } if searched.is_empty() => {
            "not checked: no loaded edition covers this date".to_owned()
        }
        Standing::Unknown { searched } => {
            let names: Vec<&str> = searched.iter().map(|edition| edition.name.as_str()).collect();
            format!("not found in {}", names.join(", "))
        }
    })
}

fn pair(check: &PairCheck, now: &Now<'_>) -> Vec<Change> {
    let read = |code: &Code| ProcedureCode::read(code.as_str().as_bytes());
    let (Some(one), Some(other)) = (read(&check.one), read(&check.other)) else { return Vec::new() };
    let mut seen = Vec::new();
    let mut changes = Vec::new();
    for answer in &check.answers {
        let Dataset::Ptp(setting) = answer.table else { continue };
        if seen.contains(&setting) {
            continue;
        }
        seen.push(setting);
        let was = said(&answer.said, |fact| format!("indicator {}", fact.indicator));
        let is = told(now.desk.pair(setting, one, other, now.on), |edit| {
            format!("indicator {}", edit.edit.indicator.digit())
        });
        if let Some((was, now)) = differing(was, is) {
            let pair = [check.one.clone(), check.other.clone()];
            changes.push(Change::Pair { pair, table: answer.table.title().to_owned(), was, now });
        }
    }
    changes
}

fn units(check: &UnitCheck, now: &Now<'_>) -> Vec<Change> {
    let Some(code) = ProcedureCode::read(check.code.as_str().as_bytes()) else { return Vec::new() };
    let mut seen = Vec::new();
    let mut changes = Vec::new();
    for answer in &check.answers {
        if seen.contains(&answer.table) {
            continue;
        }
        seen.push(answer.table);
        let was = said(&answer.said, |fact| format!("{} (MAI {})", fact.most, fact.mai));
        let is = told(now.desk.units(answer.table, code, now.on), |limit| {
            format!("{} (MAI {})", limit.units, limit.adjudication.digit())
        });
        if let Some((was, now)) = differing(was, is) {
            changes.push(Change::Units { code: check.code.clone(), table: answer.table.title().to_owned(), was, now });
        }
    }
    changes
}

/// What a table said, in words; none when it could not be asked.
fn said<T>(said: &Said<T>, words: impl Fn(&T) -> String) -> Option<String> {
    match said {
        Said::Said { value, .. } => Some(words(value)),
        Said::NotInTable { .. } => Some(NOT_IN_TABLE.to_owned()),
        Said::NotLoaded { .. } => None,
    }
}

fn told<T>(told: Result<Told<'_, T>, Unreadable>, words: impl Fn(&T) -> String) -> Option<String> {
    match told.ok()? {
        Told::Said { value, .. } => Some(words(&value)),
        Told::NotInTable { .. } => Some(NOT_IN_TABLE.to_owned()),
        Told::NotLoaded { .. } => None,
    }
}

const NOT_IN_TABLE: &str = "not in the table";

fn differing(was: Option<String>, is: Option<String>) -> Option<(String, String)> {
    was.zip(is).filter(|(was, is)| was != is)
}

impl Change {
    /// Whether what the reply said may be wrong now, and not only its edition another one.
    #[must_use]
    pub const fn is_grave(&self) -> bool {
        !matches!(self, Self::OtherEdition { .. })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Republished { was, now, imported } => {
                if was == now {
                    write!(f, "{was} was published again (imported {imported}) for the same date of service")
                } else {
                    write!(f, "for its date of service {now} (imported {imported}) now binds in place of {was}")
                }
            }
            Self::Withdrawn { was } => write!(f, "{was}, which it went by, was taken out of the catalogue"),
            Self::OtherEdition { was, now } => {
                write!(f, "it went by {was}; on this case's date of service {now} binds")
            }
            Self::NoEdition { table } => {
                write!(f, "no loaded edition of {table} answers for this case's date of service")
            }
            Self::Code { code, is } => write!(f, "{code} on this case's date of service: {is}"),
            Self::Retitled { code } => write!(f, "{code} has another published title now"),
            Self::Pair { pair: [one, other], table, was, now } => {
                write!(f, "{one} with {other} in {table}: was {was}, is {now}")
            }
            Self::Units { code, table, was, now } => write!(f, "limit of {code} in {table}: was {was}, is {now}"),
        }
    }
}

#[cfg(test)]
mod tests;
