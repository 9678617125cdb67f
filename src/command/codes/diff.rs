//! `codes diff`: what differs between two editions of a table, and which open cases speak of it.

use std::io::{self, Write};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Dataset, Edition, answer,
        change::{Change, Changes},
    },
    domain::ids::EditionId,
};
use caseconsult_store::{Db, catalogue};
use jiff::civil::Date;
use serde_json::json;

use super::{
    report::{change_line, counts},
    touched::OpenCases,
};

/// Tells every difference, then how many there are and the open cases that they touch. JSON: one line a difference, with
/// `key`, `codes`, `change` (`added`, `removed`, `retitled`, `changed`), `before` and `after`; then one line with
/// `before`, `after` (the editions' names), `added`, `removed`, `retitled`, `changed` and `open_cases`.
///
/// # Errors
/// When an edition is not found, the two are of different tables, the database cannot be read, or nothing can be written.
pub async fn diff(
    db: &Db,
    out: &mut (dyn Write + Send),
    before: &str,
    after: &str,
    as_json: bool,
) -> anyhow::Result<()> {
    let editions = catalogue::editions(db).await?;
    let before = named(&editions, before)?;
    let after = named(&editions, after)?;
    if before.dataset != after.dataset {
        bail!("{} and {} are editions of different tables", before.name, after.name);
    }
    let mut open = OpenCases::load(db, after.dataset).await?;
    let mut changes = Changes::default();
    let mut written = Ok(());
    let mut take = |change: Change| {
        open.touch(&change);
        if written.is_ok() {
            written = write_change(out, &change, as_json);
        }
        changes.add(change);
    };
    catalogue::each_change(db, before, after, &mut take).await?;
    written?;
    let tags = open.touched();
    if as_json {
        let Changes { added, removed, retitled, changed, .. } = changes;
        let line = json!({
            "before": before.name,
            "after": after.name,
            "added": added,
            "removed": removed,
            "retitled": retitled,
            "changed": changed,
            "open_cases": tags,
        });
        writeln!(out, "{line}")?;
        return Ok(());
    }
    writeln!(out, "{} -> {}: {}", before.name, after.name, counts(&changes))?;
    if tags.is_empty() {
        writeln!(out, "no open case speaks of any of them")?;
    } else {
        writeln!(out, "open cases that speak of them: {}", tags.join(", "))?;
    }
    Ok(())
}

fn write_change(out: &mut dyn Write, change: &Change, as_json: bool) -> io::Result<()> {
    if as_json { writeln!(out, "{}", json!(change)) } else { writeln!(out, "{}", change_line(change)) }
}

/// The edition of that id, or of a table on a day.
fn named<'a>(editions: &'a [Edition], text: &str) -> anyhow::Result<&'a Edition> {
    if let Some((table, day)) = text.split_once('@') {
        let table = Dataset::read(table)
            .with_context(|| format!("{table:?} is no table: `caseconsult codes kinds` lists them"))?;
        let day: Date = day.parse().with_context(|| format!("{day:?} is no date: YYYY-MM-DD"))?;
        return answer::of_the_day(editions, table, day)
            .with_context(|| format!("no edition of {table} is loaded for {day}: see `caseconsult codes editions`"));
    }
    let id: Option<EditionId> = text.parse().ok();
    editions
        .iter()
        .find(|edition| Some(edition.id) == id)
        .with_context(|| format!("no edition {text:?}: name one by its id or as TABLE@YYYY-MM-DD"))
}
