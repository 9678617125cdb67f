//! What the extractor reads in lines that billing staff would write. All lines are invented.
//!
//! A line of a table is a text and what is read in it: `99213-25 x2` is `CPT 99213 [25] x2`; several mentions are
//! parted by `; `, and an empty string means that nothing may be read.

pub(crate) mod corpus;
mod denials;
mod forms;
mod letters;
mod lists;
mod lookalikes;
mod modifiers;
mod owners;
mod properties;
mod rows;
mod said;
mod systems;
mod told;
mod units;

use super::{Known, Nothing, mentions};
use crate::{
    domain::{
        code::{Code, CodeSystem},
        mention::Mention,
    },
    mail::search_text::SearchText,
};

/// An edition that lists every diagnosis one can write.
struct EveryDiagnosis;

impl Known for EveryDiagnosis {
    fn knows(&self, system: CodeSystem, _code: &Code) -> Option<bool> {
        (system == CodeSystem::Icd10Cm).then_some(true)
    }
}

/// The mentions of a text in the short form of the tables.
fn shown(text: &str, known: &dyn Known) -> String {
    let lines: Vec<String> = mentions(&SearchText::plain(text), known).iter().map(line).collect();
    lines.join("; ")
}

fn line(mention: &Mention) -> String {
    let mut line = format!("{} {}", mention.system.as_str(), mention.code);
    if !mention.modifiers.is_empty() {
        let modifiers: Vec<&str> = mention.modifiers.iter().map(|modifier| modifier.as_str()).collect();
        line.push_str(&format!(" [{}]", modifiers.join(" ")));
    }
    if let Some(units) = mention.units {
        line.push_str(&format!(" x{units}"));
    }
    line
}

/// Reads every text of a table without any catalogue.
fn check(table: &[(&str, &str)]) {
    check_with(table, &Nothing);
}

/// Reads every text of a table where an edition lists every diagnosis.
fn check_listed(table: &[(&str, &str)]) {
    check_with(table, &EveryDiagnosis);
}

/// Shows all differences at once.
fn check_with(table: &[(&str, &str)], known: &dyn Known) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| shown(text, known) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  expected: {expected}\n  read:     {}", shown(text, known)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} lines:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// Texts in which nothing is a code.
fn check_nothing(texts: &[&str]) {
    let table: Vec<(&str, &str)> = texts.iter().map(|text| (*text, "")).collect();
    check(&table);
}
