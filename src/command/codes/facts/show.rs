//! `codes show`: what is known of one code.

use std::io::Write;

use caseconsult_core::{
    catalog::{Dataset, procedure_code::ProcedureCode},
    domain::code::{Code, CodeSystem},
};
use caseconsult_store::{Db, catalogue};
use serde_json::{Value, json};

use super::{Asked, standing, told::Telling, units};

/// What is known of one code. JSON: one line, with `code`, `on`, `systems` (each with `system`, `standing`, `title`,
/// `source`, `edition`), and for each table that is asked the field that its module names.
///
/// # Errors
/// When the database cannot be read, or nothing can be written.
pub async fn show(
    db: &Db,
    out: &mut (dyn Write + Send),
    text: &str,
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let text = text.trim().to_ascii_uppercase();
    let procedure = ProcedureCode::read(text.as_bytes());
    let systems: Vec<CodeSystem> = match procedure {
        Some(code) if code.system() == CodeSystem::Cpt => vec![CodeSystem::Cpt],
        // A letter and four digits may be a diagnosis without its dot, too.
        Some(_) => vec![CodeSystem::Hcpcs, CodeSystem::Icd10Cm],
        None => vec![CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs, CodeSystem::Modifier],
    };
    let wanted: Vec<(CodeSystem, Code)> =
        systems.iter().map(|system| (*system, Code::normal(*system, &text))).collect();
    let shelf = catalogue::shelf(db, &wanted).await?;
    // Of several systems, those that know the code; of none, all, so that the search is told.
    let known: Vec<_> = wanted.iter().filter(|(system, code)| shelf.knows(*system, code)).cloned().collect();
    let named = if known.is_empty() { wanted } else { known };
    let mut telling = Telling::default();
    let lines: Vec<Value> = named
        .iter()
        .map(|(system, code)| standing::tell(*system, code, &shelf.standing(*system, code, asked.on), &mut telling))
        .collect();
    telling.field("code", json!(text));
    telling.field("on", json!(asked.on));
    telling.field("systems", json!(lines));
    let mut tables: Vec<Dataset> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    if let Some(code) = procedure {
        tables.extend(units::tables(asked));
        keys.push(code.to_string());
    }
    let desk = catalogue::desk(db, &tables, &keys, asked.on).await?;
    if let Some(code) = procedure {
        units::tell(&desk, code, asked, &mut telling)?;
    }
    if as_json {
        writeln!(out, "{}", Value::Object(telling.fields))?;
        return Ok(());
    }
    for line in telling.lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
