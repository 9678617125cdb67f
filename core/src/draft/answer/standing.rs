//! Whether codes still exist, since when not, and what follows them, as far as public tables tell.

use super::part::{Part, at};
use crate::{
    domain::code::CodeSystem,
    draft::{code_line::CodeLine, facts::Facts, said::first, status::Status},
};

/// Codes that the answer speaks of one by one.
const MOST: usize = 8;

/// K8.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    let asked = facts.lines.iter().filter(|line| line.system != CodeSystem::Modifier);
    let mut is_open = true;
    for line in asked.take(MOST) {
        is_open &= !one(facts, line, &mut part);
    }
    if is_open {
        part.open = Some("what became of the code; the loaded editions do not tell".to_owned());
    }
    part
}

/// The diagnoses among them, for whoever asks whether one is valid.
pub(super) fn diagnoses(facts: &Facts) -> Part {
    let mut part = Part::default();
    for line in facts.lines.iter().filter(|line| line.system == CodeSystem::Icd10Cm).take(MOST) {
        one(facts, line, &mut part);
    }
    part
}

/// The codes that could not stand on a claim of the date.
pub(super) fn unfit(facts: &Facts) -> Part {
    let mut part = Part::default();
    for line in facts.lines.iter().filter(|line| is_unfit(line)).take(MOST) {
        one(facts, line, &mut part);
    }
    part
}

/// Whether a code was ended, not yet in force, or a category, on the first date.
pub(in super::super) fn is_unfit(line: &CodeLine) -> bool {
    let first = line.standings.first().map(|standing| &standing.status);
    matches!(first, Some(Status::Ended { .. } | Status::NotYet { .. } | Status::Header { .. }))
}

/// Whether something is told.
fn one(facts: &Facts, line: &CodeLine, part: &mut Part) -> bool {
    let code = super::super::reply_row::name(line);
    let Some(status) = line.standings.first().map(|standing| &standing.status) else { return false };
    if line.status().is_none() {
        let days = line.standings.iter().enumerate();
        let told: Vec<String> = days.map(|(at, standing)| format!("on date {} {}", at + 1, standing.status)).collect();
        part.short.push(format!("{code} is not the same on all dates: {}.", told.join("; ")));
        return true;
    }
    match status {
        Status::InForce { source, .. } => {
            part.short.push(format!("{code} is in force on {} {}.", when(facts), at(source)));
            true
        }
        Status::Ended { source, last_day, successors } => {
            let last = last_day.map_or_else(String::new, |day| format!(", its last day being {day}"));
            let after = match successors.as_slice() {
                [] => successor(facts, line).unwrap_or_else(|| "; the successor is not in public data".to_owned()),
                some => {
                    let names: Vec<String> = some.iter().map(ToString::to_string).collect();
                    format!("; the edition refers to {}", names.join(", "))
                }
            };
            part.short.push(format!("{code} ended{last}{after} {}.", at(source)));
            part.rejected.push(format!("{code}: ended before the date of service {}.", at(source)));
            true
        }
        Status::NotYet { source, from } => {
            part.short.push(format!("{code} is not yet in force: its first day is {from} {}.", at(source)));
            true
        }
        Status::Header { source, .. } => {
            part.short.push(format!(
                "{code} is a category that needs more characters, not billable as written {}.",
                at(source)
            ));
            true
        }
        Status::NotFound { .. } | Status::NotCovered { .. } | Status::NotLoaded { .. } => false,
    }
}

/// By the conversion table of ICD-10-CM.
fn successor(facts: &Facts, line: &CodeLine) -> Option<String> {
    let check = facts.diagnoses.conversions.iter().find(|check| check.code == line.code)?;
    let (fact, source) = first(&check.answers)?;
    let names: Vec<String> = fact.after.iter().take(6).map(|(code, from)| format!("{code} from {from}")).collect();
    (!names.is_empty()).then(|| format!("; in its place came {} {}", names.join(", "), at(source)))
}

fn when(facts: &Facts) -> String {
    if facts.date.known() { "the date of service".to_owned() } else { format!("{}, the day assumed", facts.received) }
}
