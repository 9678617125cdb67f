//! `codes show`: what is known of one code.

use std::io::Write;

use caseconsult_core::catalog::{Dataset, answer::Subject};
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
    let subject = Subject::read(text);
    let shelf = catalogue::shelf(db, subject.codes()).await?;
    // Of several systems, those that know the code; of none, all, so that the search is told.
    let mut named: Vec<_> = subject.codes().iter().filter(|(system, code)| shelf.knows(*system, code)).collect();
    if named.is_empty() {
        named = subject.codes().iter().collect();
    }
    let mut telling = Telling::default();
    let lines: Vec<Value> = named
        .iter()
        .map(|(system, code)| standing::tell(*system, code, &shelf.standing(*system, code, asked.on), &mut telling))
        .collect();
    telling.field("code", json!(subject.text));
    telling.field("on", json!(asked.on));
    telling.field("systems", json!(lines));
    let mut tables: Vec<Dataset> = Vec::new();
    if subject.procedure.is_some() {
        tables.extend(units::tables(asked));
    }
    let desk = catalogue::desk(db, &tables, &subject.keys(), asked.on).await?;
    if let Some(code) = subject.procedure {
        units::tell(&desk, code, asked, &mut telling)?;
    }
    Ok(telling.write(out, as_json)?)
}
