//! One line of the codes table as words, and what a code is called in a sentence. `reply` makes the table, and answers name
//! codes by it; nothing is looked up here.

use serde::Serialize;

use super::{
    code_line::CodeLine,
    question::{plain, shortened},
    status::Status,
};
use crate::{catalog::TextSource, domain::code::CodeSystem};

/// A title longer than this many characters is cut: the table stays readable at 72 columns.
const LONGEST_TITLE: usize = 240;
/// A row of the table; every cell is one line without a pipe.
#[derive(Serialize)]
pub(super) struct Row {
    code: String,
    what: String,
    modifiers: String,
    units: String,
    status: String,
}

/// `CPT 20610`, `ICD-10-CM E11.9`, `modifier 25`.
pub(super) fn name(line: &CodeLine) -> String {
    let code = plain(line.code.as_str());
    match line.system {
        CodeSystem::Modifier => format!("modifier {code}"),
        CodeSystem::Hcpcs => format!("HCPCS {code}"),
        system => format!("{system} {code}"),
    }
}

impl Row {
    pub(super) fn of(line: &CodeLine) -> Self {
        let sets: Vec<String> = line
            .modifiers
            .iter()
            .map(|set| {
                if set.is_empty() {
                    "none".to_owned()
                } else {
                    set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
                }
            })
            .collect();
        let modifiers = if sets.iter().all(|set| set == "none") { "-".to_owned() } else { sets.join(" / ") };
        let units: Vec<String> = line.units.iter().map(ToString::to_string).collect();
        Self {
            code: name(line),
            what: what(line),
            modifiers,
            units: if units.is_empty() { "-".to_owned() } else { units.join(" / ") },
            status: status(line),
        }
    }
}

/// The title with the mark of its source, after remarks on where the code comes from.
fn what(line: &CodeLine) -> String {
    let mut text = String::new();
    if let Some(range) = &line.range {
        text.push_str(&format!("end of the range {range}: "));
    }
    match &line.title {
        Some(title) => {
            text.push_str(&shortened(&plain(&title.text), LONGEST_TITLE));
            text.push_str(match title.source {
                TextSource::Public => "",
                TextSource::Plain => " (our own words)",
                TextSource::Licensed => " (licensed descriptor)",
            });
            if let Some(source) = &line.title_source {
                text.push_str(&format!(" [{}]", source.number));
            }
        }
        None => text.push_str("no description at hand"),
    }
    if line.accepted {
        text.push_str(" (not named in your mail; proposed for what you describe)");
    }
    if line.only_elsewhere()
        && let Some(place) = line.places.first()
    {
        text.push_str(&format!(" (only in the {place} text)"));
    }
    text
}

/// The status, of each day where the days differ. Days are counted and not printed.
fn status(line: &CodeLine) -> String {
    if let Some(status) = line.status() {
        return status.to_string();
    }
    if line.standings.iter().all(|standing| standing.status.is_in_force()) {
        let mut numbers: Vec<usize> = line
            .standings
            .iter()
            .filter_map(|standing| match &standing.status {
                Status::InForce { source, .. } => Some(source.number),
                _ => None,
            })
            .collect();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        return format!("in force on every date [{}]", numbers.join(", "));
    }
    let days = line.standings.iter().enumerate();
    days.map(|(at, standing)| format!("date {}: {}", at + 1, standing.status)).collect::<Vec<_>>().join("; ")
}
