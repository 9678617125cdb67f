//! How many units of a procedure are paid, and what an add-on code is added to (NCCI).

use caseconsult_core::catalog::{
    Dataset,
    answer::Desk,
    fact::add_on::AddOnPrimary,
    layout::{ncci_add_on::AddOnType, ncci_mue::AdjudicationIndicator},
    procedure_code::ProcedureCode,
    sheet::Unreadable,
};
use serde_json::json;

use super::{Asked, told::Telling};

/// The tables that are asked.
pub(super) fn tables(asked: Asked) -> Vec<Dataset> {
    limits(asked).into_iter().chain([Dataset::AddOn]).collect()
}

fn limits(asked: Asked) -> Vec<Dataset> {
    let mut limits: Vec<Dataset> = asked.settings().into_iter().map(Dataset::Mue).collect();
    if asked.setting.is_none() {
        limits.push(Dataset::MueSupplier);
    }
    limits
}

/// Tells of a procedure. JSON: `units` (each with `table`, `answer`, `units`, `mai`, `rationale`) and `add_on`.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: ProcedureCode, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let mut units = Vec::new();
    for table in limits(asked) {
        let told = desk.units(table, code, asked.on)?;
        units.push(telling.table(
            table,
            &told,
            |limit| format!("at most {} units {}", limit.units, adjudication(limit.adjudication)),
            "limit",
            |limit| json!({ "units": limit.units, "mai": limit.adjudication.digit(), "rationale": limit.rationale }),
        ));
    }
    telling.field("units", json!(units));
    let told = desk.add_on(code, asked.on)?;
    let words = |primaries: &Vec<AddOnPrimary>| {
        let codes: Vec<String> = primaries.iter().filter_map(|primary| Some(primary.code?.to_string())).collect();
        let closed = primaries.iter().all(|primary| primary.kind == AddOnType::Closed);
        let list = if closed { "only to" } else { "to codes that the contractor accepts, among them" };
        format!("is added {list} {}", if codes.is_empty() { "no listed code".to_owned() } else { codes.join(", ") })
    };
    let add_on = telling.table(Dataset::AddOn, &told, words, "add_on", |primaries| json!({ "primaries": primaries }));
    telling.field("add_on", add_on);
    Ok(())
}

const fn adjudication(indicator: AdjudicationIndicator) -> &'static str {
    match indicator {
        AdjudicationIndicator::Line => "a claim line (MAI 1)",
        AdjudicationIndicator::DayByPolicy => "a day, by policy (MAI 2)",
        AdjudicationIndicator::DayByClinicalData => "a day, more on appeal where necessary (MAI 3)",
    }
}
