//! What a diagnosis is in the other revision of the ICD.

use caseconsult_core::{
    catalog::{
        Dataset,
        answer::Desk,
        fact::equivalent::{Equivalent, Equivalents},
        sheet::Unreadable,
    },
    domain::code::Code,
};
use serde_json::json;

use super::{Asked, told::Telling};

/// Tells the equivalents of a diagnosis, in each direction that it can be asked in. JSON: `equivalents`, an answer a
/// table, with `codes` (each with `target`, `approximate` and, in a combination, `part`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(
    desk: &Desk,
    directions: &[(Dataset, &Code)],
    asked: Asked,
    telling: &mut Telling,
) -> Result<(), Unreadable> {
    let mut answers = Vec::new();
    for (table, code) in directions {
        let told = desk.equivalents(*table, code, asked.on)?;
        let words = |Equivalents(all): &Equivalents| all.iter().map(say_one).collect::<Vec<_>>().join("; ");
        answers.push(telling.table(*table, &told, words, "equivalents", |Equivalents(all)| json!({ "codes": all })));
    }
    if !answers.is_empty() {
        telling.field("equivalents", answers.into());
    }
    Ok(())
}

fn say_one(equivalent: &Equivalent) -> String {
    let Some(target) = &equivalent.target else { return "no equivalent".to_owned() };
    let meaning = if equivalent.approximate { "approximately" } else { "identical in meaning" };
    match equivalent.part {
        Some(part) => format!(
            "{target}, {meaning}, only in combination {} as part {}: of each part one code is needed",
            part.scenario, part.choice
        ),
        None => format!("{target}, {meaning}"),
    }
}
