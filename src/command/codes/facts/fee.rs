//! What the physician fee schedule says of a procedure: relative values, indicators in words, and amounts.

use caseconsult_core::catalog::{
    Dataset,
    answer::{
        Desk, Told,
        fee::{Amount, Site, amount},
    },
    fact::{
        cost_index::CostIndices,
        fee_amount::FeeAmount,
        relative_value::{Policy, RelativeValue, RelativeValues},
    },
    procedure_code::ProcedureCode,
    sheet::Unreadable,
};
use serde_json::{Value, json};

use super::{
    Asked,
    told::{Telling, extend},
};

const VALUES: [Dataset; 2] = [Dataset::RelativeValues, Dataset::RelativeValuesQp];
const AMOUNTS: [Dataset; 2] = [Dataset::FeeAmounts, Dataset::FeeAmountsQp];

/// The tables that are asked.
pub(super) fn tables() -> Vec<Dataset> {
    [VALUES.as_slice(), AMOUNTS.as_slice(), &[Dataset::Gpci]].concat()
}

/// The keys besides the code.
pub(super) fn keys(asked: Asked) -> Option<String> {
    asked.locality.map(|locality| locality.to_string())
}

/// Tells of a procedure. JSON: `relative_values` and `fee_amounts`, of each a table: `values` (a line a modifier: the
/// published values, `policy` and `meaning` of its indicators, and `amounts` for the nation and the locality) and
/// `amounts`.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: ProcedureCode, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let indices = asked.locality.map(|locality| desk.cost_indices(locality, asked.on)).transpose()?;
    if let (Some(locality), Some(told)) = (asked.locality, &indices) {
        let words = |indices: &CostIndices| {
            let CostIndices { state, name, work, practice_expense, malpractice } = indices;
            format!(
                "{locality} is {name} {state}: work {work}, practice expense {practice_expense}, malpractice {malpractice}"
            )
        };
        let json = telling.table(Dataset::Gpci, told, words, "indices", |indices| json!(indices));
        telling.field("locality", json);
    }
    let here = indices.as_ref().and_then(Told::value);
    let mut values = Vec::new();
    for table in VALUES {
        let told = desk.relative_values(table, code, asked.on)?;
        let words = |RelativeValues(values): &RelativeValues| {
            let lines: Vec<String> = values.iter().map(|value| say_value(value, here)).collect();
            lines.join("\n  ")
        };
        let json = |RelativeValues(values): &RelativeValues| {
            let lines: Vec<Value> = values.iter().map(|value| value_json(value, here)).collect();
            json!({ "values": lines })
        };
        values.push(telling.table(table, &told, words, "values", json));
    }
    telling.field("relative_values", values.into());
    let mut amounts = Vec::new();
    for table in AMOUNTS {
        let told = desk.fee_amounts(table, code, asked.locality, asked.on)?;
        let json = |amounts: &Vec<FeeAmount>| json!({ "amounts": amounts.iter().map(amount_json).collect::<Vec<_>>() });
        amounts.push(telling.table(table, &told, |amounts| say_amounts(amounts), "amounts", json));
    }
    telling.field("fee_amounts", amounts.into());
    Ok(())
}

fn name(value: &RelativeValue) -> String {
    value.modifier.map_or_else(|| "without modifier".to_owned(), |modifier| format!("with modifier {modifier}"))
}

fn say_value(value: &RelativeValue, here: Option<&CostIndices>) -> String {
    let RelativeValue { work, malpractice, non_facility, facility, .. } = value;
    let factor = value.conversion_factor.map_or_else(|| "not given".to_owned(), |factor| factor.to_string());
    let amounts = |indices| {
        let [outside, inside] =
            [Site::NonFacility, Site::Facility].map(|site| say_amount(amount(value, site, indices)));
        if outside == inside { outside } else { format!("{outside} outside of facilities, {inside} in them") }
    };
    let locality = here.map(|indices| format!("; in {}: {}", indices.name, amounts(Some(indices)))).unwrap_or_default();
    let indicators: Vec<String> =
        meanings(&value.policy).into_iter().map(|(name, code, words)| format!("{name} {code}: {words}")).collect();
    format!(
        "{}: status {}: {}; work {work}, practice expense {} outside of facilities and {} in them, malpractice {malpractice}, \
         in all {} and {}; conversion factor {factor}; for the nation: {}{locality}; {}",
        name(value),
        value.status.as_str(),
        value.status.meaning(),
        non_facility.expense,
        facility.expense,
        non_facility.total,
        facility.total,
        amounts(None),
        indicators.join("; "),
    )
}

fn say_amount(amount: Amount) -> String {
    match amount {
        Amount::Dollars(dollars) => format!("${dollars}"),
        Amount::ByStatus(status) => format!("no amount (status {})", status.as_str()),
        Amount::ForInformation => "no amount (the values are for information)".to_owned(),
        Amount::RarelyThere => "no amount (rarely or never done there)".to_owned(),
        Amount::NoValues => "no amount (no values)".to_owned(),
    }
}

/// The indicators that the file gives: their names, their letters and what they mean.
fn meanings(policy: &Policy) -> Vec<(&'static str, &'static str, &'static str)> {
    let all = [
        ("global days", policy.global_days.map(|it| (it.as_str(), it.meaning()))),
        ("PC/TC", policy.component.map(|it| (it.as_str(), it.meaning()))),
        ("multiple procedures", policy.multiple_procedure.map(|it| (it.as_str(), it.meaning()))),
        ("bilateral", policy.bilateral.map(|it| (it.as_str(), it.meaning()))),
        ("assistant at surgery", policy.assistant.map(|it| (it.as_str(), it.meaning()))),
        ("co-surgeons", policy.co_surgeons.map(|it| (it.as_str(), it.meaning()))),
        ("team surgery", policy.team.map(|it| (it.as_str(), it.meaning()))),
        ("supervision", policy.supervision.map(|it| (it.as_str(), it.meaning()))),
    ];
    all.into_iter().filter_map(|(name, found)| found.map(|(code, words)| (name, code, words))).collect()
}

fn value_json(value: &RelativeValue, here: Option<&CostIndices>) -> Value {
    let mut line = json!(value);
    let mut words = json!({ "status": value.status.meaning() });
    for (name, _, meaning) in meanings(&value.policy) {
        extend(&mut words, json!({ name: meaning }));
    }
    let amounts = |indices| {
        let [outside, inside] =
            [Site::NonFacility, Site::Facility].map(|site| dollars_json(amount(value, site, indices)));
        json!({ "non_facility": outside, "facility": inside })
    };
    let here = here.map(|indices| amounts(Some(indices)));
    extend(&mut line, json!({ "meaning": words, "amounts": { "national": amounts(None), "locality": here } }));
    line
}

fn dollars_json(amount: Amount) -> Value {
    match amount {
        Amount::Dollars(dollars) => json!({ "dollars": dollars }),
        none => json!({ "none": say_amount(none) }),
    }
}

/// A few places in full; of many, the span.
fn say_amounts(amounts: &[FeeAmount]) -> String {
    const FEW: usize = 4;
    if amounts.len() <= FEW {
        let lines: Vec<String> = amounts
            .iter()
            .map(|it| {
                let modifier = it.modifier.map(|modifier| format!(" with modifier {modifier}")).unwrap_or_default();
                let cap = it
                    .capped
                    .map(|[outside, inside]| format!(", capped at ${outside} and ${inside}"))
                    .unwrap_or_default();
                format!(
                    "{}{modifier}: ${} outside of facilities, ${} in them{cap}",
                    it.locality, it.non_facility, it.facility
                )
            })
            .collect();
        return lines.join("; ");
    }
    let least = amounts.iter().map(|it| it.non_facility).min().unwrap_or_default();
    let most = amounts.iter().map(|it| it.non_facility).max().unwrap_or_default();
    format!(
        "amounts: {}, from ${least} to ${most} outside of facilities; name a locality with --locality",
        amounts.len()
    )
}

fn amount_json(it: &FeeAmount) -> Value {
    json!({
        "locality": it.locality.to_string(),
        "modifier": it.modifier,
        "non_facility": it.non_facility,
        "facility": it.facility,
        "therapy_reduced": it.reduced,
        "opps_capped": it.capped,
        "status": it.status,
        "component": it.component,
        "multiple_procedure": it.multiple_procedure,
    })
}
