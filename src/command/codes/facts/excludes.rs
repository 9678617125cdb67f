//! Which diagnoses an excludes1 note sets against each other. It is told as a reason to check, never as a prohibition.

use std::io::Write;

use caseconsult_core::{
    catalog::{
        Dataset,
        answer::{
            Desk,
            excludes::{Conflict, Excludes1},
        },
        fact::tabular,
        notes::Reference,
    },
    domain::code::Code,
};
use serde_json::{Value, json};

use super::{
    Asked,
    told::{answer, extend, say},
};

/// The tables that are asked.
pub(super) const TABLES: [Dataset; 1] = [Dataset::Icd10CmTabular];

/// The keys under which they say something of a diagnosis.
pub(super) fn keys(code: &Code) -> Vec<String> {
    tabular::keys(code)
}

/// Tells of two diagnoses. JSON: one line, with `codes`, `on`, `answer` (`excludes1`, `not_in_table`, `not_loaded`),
/// `edition`, `conflicts` (each with `bound`, `other`, `at`, `note`, `reference`, `form`, `certain`) and `prose`, the
/// notes without a code, which a person has to read (each with `bound`, `at`, `note`).
///
/// # Errors
/// When a sheet cannot be read, or nothing can be written.
pub(super) fn tell(
    desk: &Desk,
    out: &mut (dyn Write + Send),
    (one, other): (&Code, &Code),
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let told = desk.excludes1(one, other, asked.on)?;
    if as_json {
        let mut line = answer(&told, "excludes1", excludes_json);
        extend(&mut line, json!({ "codes": [one, other], "on": asked.on }));
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "{one} with {other}, excludes1: {}", say(&told, say_excludes))?;
    }
    Ok(())
}

fn say_excludes(found: &Excludes1) -> String {
    let mut words = if found.conflicts.is_empty() {
        "no note points from the one to the other".to_owned()
    } else {
        "check: by the guidelines both may stand only where the conditions are unrelated".to_owned()
    };
    for conflict in &found.conflicts {
        let sure = if conflict.certain { "" } else { ", where its words fit, which a person has to decide" };
        words.push_str(&format!(
            "\n  at {}: {:?} points to {}{sure}",
            conflict.at.words(),
            conflict.note,
            conflict.other
        ));
    }
    for prose in &found.prose {
        words.push_str(&format!("\n  to be read by a person, at {}: {:?}", prose.at.words(), prose.note));
    }
    words.push_str("\n ");
    words
}

fn excludes_json(found: &Excludes1) -> Value {
    let prose: Vec<Value> = found
        .prose
        .iter()
        .map(|prose| json!({ "bound": prose.bound, "at": prose.at.words(), "note": prose.note }))
        .collect();
    json!({ "conflicts": found.conflicts.iter().map(conflict_json).collect::<Vec<_>>(), "prose": prose })
}

fn conflict_json(conflict: &Conflict) -> Value {
    let form = match conflict.reference {
        Reference::Exact(_) => "exact",
        Reference::Stem(_) => "stem",
        Reference::Range { .. } => "range",
    };
    json!({
        "bound": conflict.bound,
        "other": conflict.other,
        "at": conflict.at.words(),
        "note": conflict.note,
        "reference": conflict.reference.to_string(),
        "form": form,
        "certain": conflict.certain,
    })
}
