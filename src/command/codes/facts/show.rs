//! `codes show`: what is known of one code.

use std::io::Write;

use caseconsult_core::{
    catalog::{Dataset, answer::Subject},
    domain::code::CodeSystem,
};
use caseconsult_store::{Db, catalogue};
use serde_json::{Value, json};

use super::{
    Asked, anesthesia, coverage, crosswalk, diagnosis, fee, grouper, licensed, standing, told::Telling, units,
};

/// What is known of one code. JSON: one line, with `code`, `on`, `systems` (each with `system`, `standing`, `title`,
/// `source`, `edition`, and for a header `billable_below`: the `first` of them with `code` and `title`, and their `count`), and for each table that is asked the field that its module names.
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
    Ok(known(db, text, asked).await?.write(out, as_json)?)
}

/// The same, for whoever shows it otherwise: the pages.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(db: &Db, text: &str, asked: Asked) -> anyhow::Result<Telling> {
    let subject = Subject::read(text);
    let mut shelf = catalogue::shelf(db, subject.codes()).await?;
    catalogue::add_children(db, &mut shelf, &[asked.on]).await?;
    // Of several systems, those that know the code; of none, all, so that the search is told.
    let mut named: Vec<_> = subject.codes().iter().filter(|(system, code)| shelf.knows(*system, code)).collect();
    let known_to_nobody = named.is_empty();
    if known_to_nobody {
        named = subject.codes().iter().collect();
    }
    let mut telling = Telling::default();
    let lines: Vec<Value> =
        named.iter().map(|(system, code)| standing::tell(&shelf, *system, code, asked.on, &mut telling)).collect();
    telling.field("code", json!(subject.text));
    telling.field("on", json!(asked.on));
    telling.field("systems", json!(lines));
    let mut tables: Vec<Dataset> = Vec::new();
    if subject.procedure.is_some() {
        tables.extend(units::tables(asked));
        tables.extend(fee::tables());
        tables.extend(anesthesia::TABLES);
    }
    // A letter and four digits are asked about as a diagnosis only where they are known to be one.
    let may_be = |system| subject.procedure.is_none() || named.iter().any(|(known, _)| *known == system);
    let diagnosis = subject.diagnosis().filter(|_| may_be(CodeSystem::Icd10Cm));
    if diagnosis.is_some() {
        tables.extend(grouper::COMPLICATIONS);
        tables.push(Dataset::GemBackward);
    }
    let old = subject.in_system(CodeSystem::Icd9Cm).filter(|_| may_be(CodeSystem::Icd9Cm));
    tables.extend(old.map(|_| Dataset::GemForward));
    let drg = subject.in_system(CodeSystem::MsDrg);
    tables.extend(drg.map(|_| Dataset::DrgWeights));
    let mut keys = subject.keys();
    keys.extend(fee::keys(asked));
    if let Some(code) = diagnosis {
        tables.extend(diagnosis::tables());
        keys.extend(diagnosis::keys(code));
    }
    let cpt = subject.in_system(CodeSystem::Cpt);
    if cpt.is_some() {
        tables.extend(licensed::TABLES);
    }
    let listed: Option<String> = subject.procedure.map(|code| code.to_string());
    let listed = listed.or_else(|| diagnosis.map(ToString::to_string));
    if listed.is_some() {
        tables.extend(coverage::TABLES);
        keys.extend(coverage::keys());
    }
    let place = Some(&subject.text).filter(|text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let brand = Some(&subject.text).filter(|_| known_to_nobody && subject.procedure.is_none() && diagnosis.is_none());
    for (table, key) in [(Dataset::PlaceOfService, place), (Dataset::Brands, brand)] {
        if let Some(key) = key {
            tables.push(table);
            keys.push(key.clone());
        }
    }
    let desk = catalogue::desk(db, &tables, &keys, &[asked.on]).await?;
    if let Some(code) = cpt {
        licensed::tell(&desk, code, asked, &mut telling)?;
    }
    if let Some(code) = diagnosis {
        diagnosis::tell(&desk, code, asked, &mut telling)?;
    }
    if let Some(code) = &listed {
        coverage::tell(&desk, code, asked, &mut telling)?;
    }
    if let Some(code) = place {
        coverage::tell_place(&desk, code, asked, &mut telling)?;
    }
    if let Some(name) = brand {
        coverage::tell_brand(&desk, name, asked, &mut telling)?;
    }
    if let Some(code) = subject.procedure {
        units::tell(&desk, code, asked, &mut telling)?;
        fee::tell(&desk, code, asked, &mut telling)?;
        anesthesia::tell(&desk, code, asked, &mut telling)?;
    }
    if let Some(drg) = drg {
        grouper::tell_drg(&desk, drg, asked, &mut telling)?;
    }
    if let Some(code) = diagnosis {
        grouper::tell_diagnosis(&desk, code, asked, &mut telling)?;
    }
    let directions = [diagnosis.map(|code| (Dataset::GemBackward, code)), old.map(|code| (Dataset::GemForward, code))];
    crosswalk::tell(&desk, &directions.into_iter().flatten().collect::<Vec<_>>(), asked, &mut telling)?;
    Ok(telling)
}
