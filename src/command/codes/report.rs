//! What `codes import` and `codes editions` tell a person or a script.

use std::io::{self, Write};

use caseconsult_core::catalog::{
    Dataset, Edition, calendar,
    change::{Change, Changes, What},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::release::{Compared, ImportReport};

/// Tells a person what became of the releases.
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_reports(out: &mut dyn Write, reports: &[ImportReport], dry_run: bool) -> io::Result<()> {
    for ImportReport { files, live, report, replaced, followed } in reports {
        if live.is_empty() {
            let what = if dry_run { "it would change nothing" } else { "nothing changed" };
            writeln!(out, "{files}: imported before, {what}")?;
        }
        for edition in live {
            let what = if dry_run { "could go live" } else { "is live" };
            let rows = rows_title(edition.dataset);
            writeln!(out, "{files}: {} {what} {}, {rows}: {}", edition.name, edition.effective, edition.rows)?;
        }
        for Compared { edition, changes } in replaced {
            let what = if dry_run { "would be" } else { "is" };
            let (name, at) = (&edition.name, edition.imported_at);
            writeln!(out, "{files}: {name} of {at} {what} replaced; {}", counts(changes))?;
            first_of(out, changes)?;
        }
        for Compared { edition, changes } in followed {
            writeln!(out, "{files}: against {}, which stays; {}", edition.name, counts(changes))?;
            first_of(out, changes)?;
        }
        for remark in &report.remarks {
            writeln!(out, "{files}: {remark}")?;
        }
        if report.rejected > 0 {
            writeln!(out, "{files}: refused lines: {}, the first:", report.rejected)?;
            for rejected in &report.first_rejected {
                writeln!(out, "  {rejected}")?;
            }
        }
    }
    Ok(())
}

fn first_of(out: &mut dyn Write, changes: &Changes) -> io::Result<()> {
    changes.first.iter().try_for_each(|change| writeln!(out, "  {}", change_line(change)))
}

/// The same for a script: one line of JSON a release, with `files`, `editions`, `rejected`, `first_rejected` (each with
/// `line` and `reason`), `remarks`, `replaced` and `followed` (each with `edition`, `dataset`, `imported_at`, `added`,
/// `removed`, `retitled`, `changed` and the `first` of them; the latter in a dry run alone). `editions` is empty when
/// nothing changed.
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_reports_json(out: &mut dyn Write, reports: &[ImportReport], today: Date) -> io::Result<()> {
    for ImportReport { files, live, report, replaced, followed } in reports {
        let refused = report
            .first_rejected
            .iter()
            .map(|rejected| json!({ "line": rejected.line, "reason": rejected.reason.to_string() }));
        let line = json!({
            "files": files,
            "editions": live.iter().map(|edition| edition_json(edition, today)).collect::<Vec<_>>(),
            "rejected": report.rejected,
            "first_rejected": refused.collect::<Vec<_>>(),
            "remarks": report.remarks,
            "replaced": replaced.iter().map(compared_json).collect::<Vec<_>>(),
            "followed": followed.iter().map(compared_json).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn compared_json(compared: &Compared) -> Value {
    let Compared { edition, changes } = compared;
    let mut line = json!(changes);
    if let Some(fields) = line.as_object_mut() {
        fields.insert("edition".to_owned(), json!(edition.id));
        fields.insert("dataset".to_owned(), json!(edition.dataset));
        fields.insert("imported_at".to_owned(), json!(edition.imported_at.to_string()));
    }
    line
}

/// How many of each, in words.
pub(super) fn counts(changes: &Changes) -> String {
    let Changes { added, removed, retitled, changed, .. } = changes;
    format!("added: {added}, removed: {removed}, retitled: {retitled}, changed: {changed}")
}

/// One difference, in words.
pub(super) fn change_line(change: &Change) -> String {
    match &change.what {
        What::Added => format!("added     {}", change.key),
        What::Removed => format!("removed   {}", change.key),
        What::Retitled { before, after } => format!("retitled  {}: {before} -> {after}", change.key),
        What::Changed { before, after } => format!("changed   {}: {before} -> {after}", change.key),
    }
}

/// Lists editions for a person, with those first that a newer release should have replaced by `today`.
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_editions(out: &mut dyn Write, editions: &[Edition], today: Date) -> io::Result<()> {
    if editions.is_empty() {
        return writeln!(out, "nothing is imported yet: the built-in starter catalogue answers");
    }
    for edition in editions {
        let Edition { name, publisher, effective, rows, rejected, file_name, sha256, imported_at, .. } = edition;
        let title = rows_title(edition.dataset);
        writeln!(out, "{name} ({publisher}), {effective}; {title}: {rows}, refused lines: {rejected}")?;
        writeln!(out, "    {file_name}, sha-256 {sha256}, imported {imported_at}")?;
        if let Some(due) = overdue(edition, editions, today) {
            writeln!(out, "    out of date: the next release took effect on {due}")?;
        }
    }
    Ok(())
}

/// The same for a script: one line of JSON an edition, with `id`, `dataset`, `name`, `publisher`, `effective_from`,
/// `effective_to`, `rows`, `rejected`, `file_name`, `sha256`, `imported_at`, and `next_due` (null without a calendar).
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_editions_json(out: &mut dyn Write, editions: &[Edition], today: Date) -> io::Result<()> {
    for edition in editions {
        writeln!(out, "{}", edition_json(edition, today))?;
    }
    Ok(())
}

fn edition_json(edition: &Edition, today: Date) -> Value {
    let due = calendar::next_due(edition.dataset, edition.effective.from);
    json!({
        "id": edition.id,
        "dataset": edition.dataset,
        "name": edition.name,
        "publisher": edition.publisher,
        "effective_from": edition.effective.from,
        "effective_to": edition.effective.to,
        "rows": edition.rows,
        "rejected": edition.rejected,
        "file_name": edition.file_name,
        "sha256": edition.sha256,
        "imported_at": edition.imported_at.to_string(),
        "next_due": due,
        "out_of_date": due.is_some_and(|due| due <= today),
    })
}

/// The day since when a newer release of the table should have been imported; none when one was.
fn overdue(edition: &Edition, all: &[Edition], today: Date) -> Option<Date> {
    let newest = all
        .iter()
        .filter(|other| other.dataset == edition.dataset)
        .max_by_key(|other| other.effective.from)
        .is_none_or(|newest| newest.id == edition.id);
    calendar::next_due(edition.dataset, edition.effective.from).filter(|due| newest && *due <= today)
}

fn rows_title(dataset: Dataset) -> &'static str {
    if dataset.system().is_some() { "codes" } else { "rows" }
}
