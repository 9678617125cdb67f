//! What the lists around ICD-10-CM say of a diagnosis: notes, 7th characters, index, what it followed, exemption.

use std::collections::BTreeMap;

use caseconsult_core::{
    catalog::{
        Dataset,
        answer::{Desk, diagnosis::Notes},
        fact::{
            conversion::{Conversion, Successor},
            revision::Revisions,
            tabular,
        },
        layout::{icd10_addenda::Action, icd10cm_index},
        sheet::Unreadable,
    },
    domain::code::Code,
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Asked, told::Telling};

const INDEX: [Dataset; 4] =
    [Dataset::Icd10CmIndex, Dataset::Icd10CmExternalCauses, Dataset::Icd10CmNeoplasms, Dataset::Icd10CmDrugs];

/// Lines of the index that a person is told of.
const SHOWN: usize = 6;

/// The tables that are asked.
pub(super) fn tables() -> impl Iterator<Item = Dataset> {
    let others = [Dataset::Icd10CmTabular, Dataset::Icd10CmConversion, Dataset::Icd10CmAddenda, Dataset::PoaExempt];
    others.into_iter().chain(INDEX)
}

/// The keys under which they say something of it.
pub(super) fn keys(code: &Code) -> Vec<String> {
    tabular::keys(code)
}

/// Tells of a diagnosis. JSON: `notes` (`listed`, `title`, `groups` with `at`, `kind` and `texts`, `sevenths` with
/// `character` and `meaning`, and `seventh`), `index` (each part with `terms`: `path`, `modifiers`, `codes`),
/// `conversion` (`before`, `after`), `addenda` (`revisions`) and `poa_exempt`, each with `answer` and `edition`.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: &Code, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.notes(code, asked.on)?;
    let notes = telling.table(Dataset::Icd10CmTabular, &told, |notes| say_notes(code, notes), "notes", notes_json);
    telling.field("notes", notes);
    let mut parts = Vec::new();
    for table in INDEX {
        let told = desk.index(table, code, asked.on)?;
        parts.push(telling.table(table, &told, |terms| say_terms(terms), "terms", |terms| json!({ "terms": terms })));
    }
    telling.field("index", json!(parts));
    let told = desk.conversion(code, asked.on)?;
    let conversion = telling.table(
        Dataset::Icd10CmConversion,
        &told,
        say_conversion,
        "conversion",
        |conversion| json!({ "before": conversion.before, "after": conversion.after }),
    );
    telling.field("conversion", conversion);
    let told = desk.revisions(Dataset::Icd10CmAddenda, code, asked.on)?;
    let addenda = telling.table(
        Dataset::Icd10CmAddenda,
        &told,
        say_revisions,
        "changed",
        |changed| json!({ "revisions": changed.revisions }),
    );
    telling.field("addenda", addenda);
    let told = desk.poa_exempt(code, asked.on)?;
    let exempt = telling.table(Dataset::PoaExempt, &told, |_| "exempt".to_owned(), "exempt", |_| json!({}));
    telling.field("poa_exempt", exempt);
    Ok(())
}

fn say_notes(code: &Code, notes: &Notes) -> String {
    let mut words = if notes.listed == *code {
        notes.title.clone()
    } else {
        format!("listed as {}, {}", notes.listed, notes.title)
    };
    for group in &notes.notes {
        words.push_str(&format!("\n  {} at {}: {}", group.kind.title(), group.at.words(), group.texts.join("; ")));
    }
    if let Some(seventh) = &notes.seventh {
        words.push_str(&format!("\n  7th character {}: {}", seventh.character, seventh.meaning));
    } else if !notes.sevenths.is_empty() {
        let all: Vec<String> =
            notes.sevenths.iter().map(|seventh| format!("{} {}", seventh.character, seventh.meaning)).collect();
        words.push_str(&format!("\n  takes a 7th character: {}", all.join("; ")));
    }
    words.push_str("\n ");
    words
}

fn notes_json(notes: &Notes) -> Value {
    let groups: Vec<Value> = notes
        .notes
        .iter()
        .map(|group| json!({ "at": group.at.words(), "kind": group.kind.as_str(), "texts": group.texts }))
        .collect();
    json!({
        "listed": notes.listed,
        "title": notes.title,
        "groups": groups,
        "sevenths": notes.sevenths,
        "seventh": notes.seventh,
    })
}

fn say_terms(terms: &[icd10cm_index::Row]) -> String {
    let paths: Vec<String> = terms.iter().take(SHOWN).map(|term| term.path.join(", ")).collect();
    let more = terms.len().saturating_sub(SHOWN);
    let rest = if more == 0 { String::new() } else { format!("; and {more} more") };
    format!("{}{rest}", paths.join("; "))
}

fn say_conversion(conversion: &Conversion) -> String {
    let before = conversion.before.iter().map(|row| format!("new on {}, before that {}", row.effective, row.words));
    let after = conversion.after.iter().filter(|row| row.range.is_none()).map(|row| {
        let together = if row.together { ", which stands for several together" } else { "" };
        format!("since {} there is {}{together}", row.effective, row.code)
    });
    before.chain(after).chain(say_ranges(&conversion.after)).collect::<Vec<_>>().join("; ")
}

/// The successors of ranges, those of one range and day together: there may be more than a hundred.
fn say_ranges(after: &[Successor]) -> Vec<String> {
    let mut by_range: BTreeMap<(Date, String), Vec<&str>> = BTreeMap::new();
    for row in after {
        if let Some(range) = &row.range {
            by_range.entry((row.effective, range.to_string())).or_default().push(row.code.as_str());
        }
    }
    let words = by_range.into_iter().map(|((effective, range), codes)| {
        let more = codes.len().saturating_sub(SHOWN);
        let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
        let first = codes.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
        format!("since {effective} there are for {range}: {first}{rest}")
    });
    words.collect()
}

fn say_revisions(changed: &Revisions) -> String {
    let words = changed.revisions.iter().map(|revision| {
        let form = if revision.billable { "a valid code" } else { "a header" };
        match revision.action {
            Action::Add => format!("added as {form}"),
            Action::Delete => format!("deleted as {form}"),
            Action::ReviseFrom => format!("the title was {}", revision.title),
            Action::ReviseTo => format!("the title is now {}", revision.title),
        }
    });
    words.collect::<Vec<_>>().join("; ")
}
