//! What the MS-DRG tables say: the weight of a group, and whether a secondary diagnosis raises it.

use std::io::Write;

use anyhow::Context as _;
use caseconsult_core::{
    catalog::{
        Dataset,
        answer::{Desk, Subject, grouper::Beside},
        fact::{
            complication::{Exclusions, Listed},
            drg_weight::DrgWeight,
        },
        layout::{
            drg_severity::Severity,
            drg_weights::{Kind, Mdc},
        },
        sheet::Unreadable,
    },
    domain::code::Code,
};
use caseconsult_store::{Db, catalogue};
use serde_json::json;

use super::{
    Asked,
    told::{Telling, answer, extend, say},
};

/// The tables that are asked about a diagnosis.
pub(super) const COMPLICATIONS: [Dataset; 3] = [Dataset::Mcc, Dataset::Cc, Dataset::CcExclusions];

/// Tells of an MS-DRG. JSON: `drg`, with its `weight`.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell_drg(desk: &Desk, drg: &Code, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.drg_weight(drg, asked.on)?;
    let json = telling.table(Dataset::DrgWeights, &told, say_weight, "weight", |weight| json!(weight));
    telling.field("drg", json);
    Ok(())
}

/// Tells of a secondary diagnosis. JSON: `complication` (an answer a list, with `severity`) and `exclusions`.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell_diagnosis(desk: &Desk, code: &Code, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let mut lists = Vec::new();
    for table in [Dataset::Mcc, Dataset::Cc] {
        let told = desk.complication(table, code, asked.on)?;
        let words = |_: &_| {
            format!("listed: {}", say_severity(if table == Dataset::Mcc { Severity::Mcc } else { Severity::Cc }))
        };
        lists.push(telling.table(table, &told, words, "listed", |it| json!({ "severity": it.severity })));
    }
    telling.field("complication", lists.into());
    let told = desk.exclusions(code, asked.on)?;
    let json = telling.table(Dataset::CcExclusions, &told, say_exclusions, "exclusions", |it| json!(it));
    telling.field("exclusions", json);
    Ok(())
}

/// `codes cc`: whether each of these secondary diagnoses counts beside a principal one. JSON: one line a diagnosis, with
/// `secondary`, `principal`, `on`, `answer` (`beside`, `not_in_table`, `not_loaded`), `edition`, and where it is listed
/// `severity`, `counts` and `collection`.
///
/// # Errors
/// When something has not the shape of a diagnosis, the database cannot be read, or nothing can be written.
pub async fn complications(
    db: &Db,
    out: &mut (dyn Write + Send),
    secondary: &[String],
    principal: &str,
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let principal = diagnosis(principal)?;
    let secondary: Vec<Code> = secondary.iter().map(|text| diagnosis(text)).collect::<Result<_, _>>()?;
    let keys: Vec<String> = secondary.iter().chain([&principal]).map(ToString::to_string).collect();
    let desk = catalogue::desk(db, &[Dataset::CcExclusions], &keys, &[asked.on]).await?;
    for code in &secondary {
        let told = desk.beside(code, &principal, asked.on)?;
        let exclusions = desk.exclusions(code, asked.on)?;
        let listed = exclusions.value().and_then(|it| it.listed);
        let severity = listed.map(|listed| listed.severity);
        if as_json {
            let mut line = answer(&told, "beside", |beside| match beside {
                Beside::NotExcluded => json!({ "severity": severity, "counts": true, "collection": null }),
                Beside::Excluded { collection } => {
                    json!({ "severity": severity, "counts": false, "collection": collection })
                }
            });
            extend(&mut line, json!({ "secondary": code, "principal": principal, "on": asked.on }));
            writeln!(out, "{line}")?;
        } else {
            let name = severity.map_or("complication", say_severity);
            let words = say(&told, |beside| match beside {
                Beside::NotExcluded => format!("{name}, and the principal diagnosis does not exclude it"),
                Beside::Excluded { collection } => {
                    format!(
                        "{name}, but it does not count: the principal diagnosis is of collection {collection:04}, which excludes it"
                    )
                }
            });
            writeln!(out, "{code} beside principal {principal}: {words}")?;
        }
    }
    Ok(())
}

fn diagnosis(text: &str) -> anyhow::Result<Code> {
    Subject::read(text).diagnosis().cloned().with_context(|| format!("{text:?} is no ICD-10-CM diagnosis"))
}

fn say_weight(weight: &DrgWeight) -> String {
    let or_none = |number: Option<String>| number.unwrap_or_else(|| "none".to_owned());
    let kind = match weight.kind {
        Some(Kind::Surgical) => "surgical",
        Some(Kind::Medical) => "medical",
        None => "neither surgical nor medical",
    };
    let mdc = match weight.mdc {
        Mdc::Pre => "assigned before any major diagnostic category".to_owned(),
        Mdc::Category(number) => format!("major diagnostic category {number:02}"),
        Mdc::All => "in no major diagnostic category".to_owned(),
    };
    let transfer = match (weight.post_acute, weight.special_pay) {
        (_, true) => "; post-acute transfers are paid by the special rule",
        (true, false) => "; the post-acute transfer policy applies",
        (false, false) => "",
    };
    format!(
        "weight {}, {kind}, {mdc}; mean stay {} days (geometric) and {} (arithmetic){transfer}",
        or_none(weight.weight.map(|it| it.to_string())),
        or_none(weight.geometric_stay.map(|it| it.to_string())),
        or_none(weight.arithmetic_stay.map(|it| it.to_string())),
    )
}

const fn say_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Mcc => "a major complication or comorbidity (MCC)",
        Severity::Cc => "a complication or comorbidity (CC)",
    }
}

fn say_exclusions(exclusions: &Exclusions) -> String {
    let mut said = Vec::new();
    match exclusions.listed {
        Some(Listed { excluded_by: Some(by), .. }) => said.push(format!(
            "does not count beside {} principal diagnoses (collection {:04}; `codes cc` asks about one)",
            by.size, by.number
        )),
        Some(Listed { excluded_by: None, .. }) => said.push("no principal diagnosis excludes it".to_owned()),
        None => said.push("not listed as CC or MCC".to_owned()),
    }
    if !exclusions.excludes.is_empty() {
        said.push(format!(
            "as principal diagnosis it is in {} collections that exclude others",
            exclusions.excludes.len()
        ));
    }
    if exclusions.alive_only {
        said.push("counts only if the patient was discharged alive".to_owned());
    }
    for [first, last] in &exclusions.not_in {
        said.push(format!("does not count in MS-DRG {first} to {last}"));
    }
    said.join("; ")
}
