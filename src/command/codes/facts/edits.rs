//! `codes edits`: what is said of several codes together.

use std::io::Write;

use anyhow::bail;
use caseconsult_core::{
    catalog::{
        Dataset,
        answer::{Subject, pair::PairEdit},
        layout::ncci_ptp::ModifierIndicator,
        procedure_code::ProcedureCode,
    },
    domain::code::{Code, CodeSystem},
};
use caseconsult_store::{Db, catalogue};
use serde_json::{Value, json};

use super::{
    Asked, coverage, excludes,
    told::{answer, extend, say},
};

/// What is said of every two of these codes: the NCCI edits of procedures, the excludes1 notes of diagnoses
/// ([`super::excludes`]), and what coverage lists say of a procedure with a diagnosis ([`super::coverage`]). JSON: one line a pair and setting, with `codes`,
/// `setting`, `on`, `answer` (`edit`, `not_in_table`, `not_loaded`), `edition`, and for an edit `column_1` (paid),
/// `column_2` (denied), `modifier_indicator` (0, 1, 9), `effective`, `deleted`, `rationale`, `from_later_edition`.
///
/// # Errors
/// When something is no code of these systems, the database cannot be read, or nothing can be written.
pub async fn edits(
    db: &Db,
    out: &mut (dyn Write + Send),
    codes: &[String],
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let Named { procedures, diagnoses } = named(db, codes).await?;
    if procedures.len() + diagnoses.len() < 2 {
        bail!("name two codes or more: edits are between codes");
    }
    let settings = asked.settings();
    let tables: Vec<Dataset> = settings.iter().map(|setting| Dataset::Ptp(*setting)).collect();
    let tables: Vec<Dataset> = tables.into_iter().chain(excludes::TABLES).chain(coverage::TABLES).collect();
    let mut keys: Vec<String> = procedures.iter().map(ToString::to_string).collect();
    keys.extend(diagnoses.iter().flat_map(excludes::keys));
    keys.extend(coverage::keys());
    keys.sort_unstable();
    keys.dedup();
    let desk = catalogue::desk(db, &tables, &keys, &[asked.on]).await?;
    for (one, other) in pairs(&procedures) {
        for setting in &settings {
            let told = desk.pair(*setting, *one, *other, asked.on)?;
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
    for (one, other) in pairs(&diagnoses) {
        excludes::tell(&desk, out, (one, other), asked, as_json)?;
    }
    for procedure in &procedures {
        for diagnosis in &diagnoses {
            coverage::tell_pair(&desk, out, (*procedure, diagnosis), asked, as_json)?;
        }
    }
    Ok(())
}

/// The codes that were named, each once, in order.
struct Named {
    procedures: Vec<ProcedureCode>,
    diagnoses: Vec<Code>,
}

/// A letter and four digits may be a HCPCS Level II code or a diagnosis without its dot: it is taken for the one that the
/// catalogue knows, and for the procedure where it knows both or none.
async fn named(db: &Db, texts: &[String]) -> anyhow::Result<Named> {
    let subjects: Vec<Subject> = texts.iter().map(|text| Subject::read(text)).collect();
    let codes: Vec<(CodeSystem, Code)> = subjects.iter().flat_map(|subject| subject.codes().iter().cloned()).collect();
    let shelf = catalogue::shelf(db, &codes).await?;
    let mut named = Named { procedures: Vec::new(), diagnoses: Vec::new() };
    for subject in &subjects {
        let known = |system, code: &Code| shelf.knows(system, code);
        match (subject.procedure, subject.diagnosis()) {
            (Some(procedure), Some(diagnosis))
                if known(CodeSystem::Icd10Cm, diagnosis) && !known(procedure.system(), &procedure.code()) =>
            {
                named.diagnoses.push(diagnosis.clone());
            }
            (Some(procedure), _) => named.procedures.push(procedure),
            (None, Some(diagnosis)) => named.diagnoses.push(diagnosis.clone()),
            (None, None) => bail!("{:?} is no CPT, HCPCS Level II or ICD-10-CM code", subject.text),
        }
    }
    named.procedures.sort_unstable();
    named.procedures.dedup();
    named.diagnoses.sort_unstable();
    named.diagnoses.dedup();
    Ok(named)
}

fn pairs<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    all.iter().enumerate().flat_map(|(n, one)| all.iter().skip(n + 1).map(move |other| (one, other)))
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
