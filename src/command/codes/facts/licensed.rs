//! What the operator's licensed CPT files say of a code: descriptors for patients and clinicians, and its history.

use caseconsult_core::{
    catalog::{
        Dataset,
        answer::Desk,
        fact::cpt_words::{CptHistory, CptWords},
        layout::cpt_history::Change,
        sheet::Unreadable,
    },
    domain::code::Code,
};
use serde_json::json;

use super::{Asked, told::Telling};

/// The tables that are asked.
pub(super) const TABLES: [Dataset; 3] = [Dataset::CptConsumer, Dataset::CptClinician, Dataset::CptHistory];

/// Tells of a CPT code. JSON: `consumer` and `clinician` (`descriptors` with `text`, which names its source) and
/// `history` (`changes`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: &Code, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    for (table, field) in [(Dataset::CptConsumer, "consumer"), (Dataset::CptClinician, "clinician")] {
        let told = desk.descriptors(table, code, asked.on)?;
        let words = |words: &CptWords| {
            let texts = words.descriptors.iter().map(|descriptor| descriptor.text.text.as_str());
            format!("{} [licensed text]", texts.collect::<Vec<_>>().join("; "))
        };
        let json =
            telling.table(table, &told, words, "descriptors", |words| json!({ "descriptors": words.descriptors }));
        telling.field(field, json);
    }
    let told = desk.cpt_history(code, asked.on)?;
    let history = telling.table(
        Dataset::CptHistory,
        &told,
        say_history,
        "history",
        |history| json!({ "changes": history.changes }),
    );
    telling.field("history", history);
    Ok(())
}

fn say_history(history: &CptHistory) -> String {
    let changes = history.changes.iter().map(|change| {
        let what = match &change.change {
            Change::Added => "added",
            Change::Deleted => "deleted",
            Change::Revised => "revised",
            Change::Other(word) => word,
        };
        let instead = match change.instruction.text.as_str() {
            "" => String::new(),
            text => format!(" ({text}) [licensed text]"),
        };
        format!("{what} as of {}{instead}", change.day)
    });
    changes.collect::<Vec<_>>().join("; ")
}
