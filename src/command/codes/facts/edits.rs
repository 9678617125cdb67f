//! `codes edits`: which of several codes are edited against each other.

use std::io::Write;

use anyhow::{Context as _, bail};
use caseconsult_core::catalog::{
    Dataset, answer::pair::PairEdit, layout::ncci_ptp::ModifierIndicator, procedure_code::ProcedureCode,
};
use caseconsult_store::{Db, catalogue};
use serde_json::{Value, json};

use super::{
    Asked,
    told::{answer, extend, say},
};

/// The edits of every two of these codes. JSON: one line a pair and setting, with `codes`, `setting`, `on`, `answer`
/// (`edit`, `not_in_table`, `not_loaded`), `edition`, and for an edit `column_1` (paid), `column_2` (denied),
/// `modifier_indicator` (0, 1, 9), `effective`, `deleted`, `rationale`, `from_later_edition`.
///
/// # Errors
/// When something is no procedure code, the database cannot be read, or nothing can be written.
pub async fn edits(
    db: &Db,
    out: &mut (dyn Write + Send),
    codes: &[String],
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let mut read = Vec::new();
    for text in codes {
        let code = ProcedureCode::read(text.trim().to_ascii_uppercase().as_bytes());
        read.push(code.with_context(|| format!("{text:?} is no CPT or HCPCS Level II code"))?);
    }
    read.sort_unstable();
    read.dedup();
    if read.len() < 2 {
        bail!("name two codes or more: edits are between codes");
    }
    let tables: Vec<Dataset> = asked.settings().into_iter().map(Dataset::Ptp).collect();
    let keys: Vec<String> = read.iter().map(ToString::to_string).collect();
    let desk = catalogue::desk(db, &tables, &keys, asked.on).await?;
    for (n, one) in read.iter().enumerate() {
        for other in read.iter().skip(n + 1) {
            for setting in asked.settings() {
                let told = desk.pair(setting, *one, *other, asked.on)?;
                let about = format!("{one} with {other}, {}", setting.title());
                if as_json {
                    let mut line = answer(&told, "edit", pair_json);
                    extend(&mut line, json!({ "codes": [one, other], "setting": setting.as_str(), "on": asked.on }));
                    writeln!(out, "{line}")?;
                } else {
                    writeln!(out, "{about}: {}", say(&told, say_pair))?;
                }
            }
        }
    }
    Ok(())
}

fn say_pair(pair: &PairEdit) -> String {
    let modifier = match pair.edit.indicator {
        ModifierIndicator::NotAllowed => "indicator 0, no modifier bypasses it",
        ModifierIndicator::Allowed => "indicator 1, an NCCI modifier bypasses it where the record supports it",
        ModifierIndicator::NotApplicable => "indicator 9, withdrawn",
    };
    let since = match pair.edit.effective {
        Some(day) => format!("since {day}"),
        None => "the file gives no first day".to_owned(),
    };
    let why = pair.edit.rationale.and_then(|rationale| rationale.label()).unwrap_or("another reason");
    format!("{} is paid and {} is denied: {modifier}; {since}; {why}", pair.column_1, pair.edit.column_2)
}

fn pair_json(pair: &PairEdit) -> Value {
    json!({
        "column_1": pair.column_1,
        "column_2": pair.edit.column_2,
        "modifier_indicator": pair.edit.indicator.digit(),
        "effective": pair.edit.effective,
        "deleted": pair.edit.deleted,
        "rationale": pair.edit.rationale.and_then(|rationale| rationale.label()),
    })
}
