//! Published files → editions. Called by `codes import` and `codes editions`.
//!
//! A release becomes one edition for each table in it. Its rows are stored unseen and switched on together when the
//! last one is in, so an import that fails or is killed changes nothing that anybody reads; running it again completes
//! it. A release that was imported before, byte by byte, changes nothing. While one release is stored the next is read,
//! and they are switched on in the order in which they were named.

use std::{collections::HashSet, path::PathBuf};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Dataset, Edition,
        change::Changes,
        import::{ImportError, Report},
        release::Said,
    },
    domain::{digest::Digest, ids::EditionId},
};
use caseconsult_store::{
    Clock, Db,
    catalogue::{self, Import},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::civil::Date;
use tokio::{sync::oneshot, task};

use super::{
    comparing::Comparison,
    files::{self, Whole},
    filling::{Taker, fill},
    licence,
};
use crate::command::progress::{Portion, Progress, Together};

/// Files that are recognised, and releases that are read, at the same time.
const AT_ONCE: usize = 2;

/// What the operator says beyond the files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The first day for which the files answer, where it goes before what their names say.
    pub effective: Option<Date>,
    /// The table that they are, where the names do not tell.
    pub kind: Option<Dataset>,
    /// How many parts an NCCI release has, where it is not four.
    pub parts: Option<u8>,
    /// Only read and report.
    pub dry_run: bool,
    /// Who accepts the terms of licensed files with this very import.
    pub accepted_by: Option<String>,
}

/// What became of one release.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// Its files.
    pub files: String,
    /// Its editions that went live now, or would have in a dry run. Empty when the same bytes had been imported before.
    pub live: Vec<Edition>,
    /// What reading it came to.
    pub report: Report,
    /// The live editions in whose place it came, or would have in a dry run, and what it says otherwise.
    pub replaced: Vec<Compared>,
    /// In a dry run, the live editions that stay and that it would come after, and what it says otherwise.
    pub followed: Vec<Compared>,
}

impl ImportReport {
    fn unchanged(files: String) -> Self {
        Self { files, live: Vec::new(), report: Report::default(), replaced: Vec::new(), followed: Vec::new() }
    }
}

/// An earlier edition.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Which.
    pub edition: Edition,
    /// What the new one says otherwise.
    pub changes: Changes,
}

/// Takes the files in, one release after the other.
///
/// # Errors
/// Names the file and what is wrong with it. The releases before it stay imported; nothing of it is live.
pub async fn import(
    db: &Db,
    clock: &Clock,
    files: &[PathBuf],
    options: &ImportOptions,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<ImportReport>> {
    let (pieces, failure) = recognised(files, options).await?;
    let mut named: HashSet<(Vec<Dataset>, Digest)> = HashSet::new();
    let wholes = files::wholes(pieces, options.parts)?;
    let bytes = wholes.iter().map(Whole::bytes).sum();
    let name = match wholes.as_slice() {
        [only] => only.name(),
        many => format!("{} tables", many.len()),
    };
    progress.begin(&name, bytes);
    let together = Together::new(progress);
    // Each is switched on after the one before it. While it waits for that it goes on being polled: a transaction that is
    // under way would otherwise keep the one writer from the switch.
    let (first, mut turn) = oneshot::channel();
    let _ = first.send(());
    let imported = stream::iter(wholes).map(|whole| {
        // Of the same bytes, named twice, the second would take the first's rows for those of an import that died.
        let again = !named.insert((whole.datasets(), whole.sha256()));
        let portion = together.portion();
        let (done, next) = oneshot::channel();
        let turn = std::mem::replace(&mut turn, next);
        async move {
            let name = whole.name();
            let filled = if again {
                Ok(Filled::nothing(name.clone()))
            } else {
                fill_whole(db, clock, whole, options, &portion).await
            };
            let filled = filled.with_context(|| name.clone())?;
            // Of the one before it, which failed, the error is told first.
            turn.await.context("a release before it was not taken in")?;
            let report = switch_on(db, clock, filled).await.with_context(|| name)?;
            let _ = done.send(());
            anyhow::Ok(report)
        }
    });
    let imported: anyhow::Result<Vec<ImportReport>> = imported.buffered(AT_ONCE).try_collect().await;
    progress.end();
    let reports = imported?;
    failure.map_or(Ok(reports), Err)
}

/// What the files are; and why one could not be told, before which the others are taken in all the same.
async fn recognised(
    files: &[PathBuf],
    options: &ImportOptions,
) -> anyhow::Result<(Vec<files::Piece>, Option<anyhow::Error>)> {
    let said = Said { effective: options.effective, dataset: options.kind };
    let found = stream::iter(files).map(|file| {
        let path = file.clone();
        async move {
            let found = task::spawn_blocking(move || files::pieces(&path, said)).await?;
            anyhow::Ok(found.with_context(|| file.display().to_string()))
        }
    });
    let mut found = std::pin::pin!(found.buffered(AT_ONCE));
    let mut pieces = Vec::new();
    while let Some(next) = found.next().await {
        match next? {
            Ok(found) => pieces.extend(found),
            Err(error) => return Ok((pieces, Some(error))),
        }
    }
    Ok((pieces, None))
}

/// The editions that are live.
///
/// # Errors
/// When the database cannot be read.
pub async fn editions(db: &Db) -> anyhow::Result<Vec<Edition>> {
    Ok(catalogue::editions(db).await?.to_vec())
}

/// A release whose rows are stored, unseen.
struct Filled {
    report: ImportReport,
    /// What is to be switched on, with its rows and the lines refused.
    switch: Vec<(Import, u64, u64)>,
}

impl Filled {
    /// Nothing that was not live before.
    fn nothing(files: String) -> Self {
        Self { report: ImportReport::unchanged(files), switch: Vec::new() }
    }
}

async fn fill_whole(
    db: &Db,
    clock: &Clock,
    whole: Whole,
    options: &ImportOptions,
    progress: &Portion<'_>,
) -> anyhow::Result<Filled> {
    let Some(first) = whole.pieces.first() else { bail!("no file") };
    let name = whole.name();
    licence::check(db, clock, first.release.terms(), options.accepted_by.as_deref(), options.dry_run).await?;
    let edition =
        |dataset| first.release.edition(dataset, EditionId::new(clock.id()), &name, whole.sha256(), clock.now());
    let wanted: Vec<Edition> = first.release.datasets.iter().map(|dataset| edition(*dataset)).collect();
    if options.dry_run {
        let report = compare(db, whole, wanted, progress).await?;
        return Ok(Filled { report, switch: Vec::new() });
    }
    let tables = wanted.len();
    let mut imports = Vec::new();
    for edition in wanted {
        imports.extend(catalogue::begin_import(db, clock, edition).await?);
    }
    if imports.is_empty() {
        return Ok(Filled::nothing(name));
    }
    let editions: Vec<Edition> = imports.iter().map(|import| import.edition.clone()).collect();
    let report = match fill(Taker::Store(db), whole, &editions, progress).await {
        // All that it holds is live already, and of its other tables it holds nothing.
        Err(error) if imports.len() < tables && matches!(error.downcast_ref(), Some(ImportError::Empty)) => {
            return Ok(Filled::nothing(name));
        }
        report => report?,
    };
    let live = filled(editions, &report);
    imports.retain(|import| live.iter().any(|edition| edition.id == import.edition.id));
    let switch = imports.into_iter().zip(&live).map(|(import, edition)| (import, edition.rows, edition.rejected));
    let switch = switch.collect();
    Ok(Filled { report: ImportReport { live, report, ..ImportReport::unchanged(name) }, switch })
}

/// Reads a release and says what it would change.
async fn compare(
    db: &Db,
    whole: Whole,
    mut wanted: Vec<Edition>,
    progress: &Portion<'_>,
) -> anyhow::Result<ImportReport> {
    let name = whole.name();
    let live = catalogue::editions(db).await?;
    let is_live =
        |edition: &Edition| live.iter().any(|one| (one.dataset, &one.sha256) == (edition.dataset, &edition.sha256));
    wanted.retain(|edition| !is_live(edition));
    if wanted.is_empty() {
        return Ok(ImportReport::unchanged(name));
    }
    let mut comparison = Comparison::of(db, &wanted).await?;
    let report = fill(Taker::Comparison(db, &mut comparison), whole, &wanted, progress).await?;
    let live = filled(wanted, &report);
    let (replaced, followed) = comparison.finish(db, &live).await?;
    Ok(ImportReport { files: name, live, report, replaced, followed })
}

/// The editions with what was counted. A list that holds no modifier says nothing of modifiers: unseen, its edition goes
/// the way of a failed import.
fn filled(editions: Vec<Edition>, report: &Report) -> Vec<Edition> {
    let mut filled: Vec<Edition> = editions.into_iter().map(|edition| counted(edition, report)).collect();
    if report.total() > 0 {
        filled.retain(|edition| edition.rows > 0);
    }
    filled
}

async fn switch_on(db: &Db, clock: &Clock, filled: Filled) -> anyhow::Result<ImportReport> {
    let Filled { mut report, switch } = filled;
    if !switch.is_empty() {
        report.replaced = replaced(db, &report.live).await?;
        catalogue::go_live_together(db, clock, &switch).await?;
    }
    Ok(report)
}

/// What will be said otherwise once these are live. Asked before the switch, which takes the earlier ones out.
async fn replaced(db: &Db, live: &[Edition]) -> anyhow::Result<Vec<Compared>> {
    let mut replaced = Vec::new();
    for edition in live {
        for earlier in catalogue::replaced_by(db, edition).await? {
            let mut changes = Changes::default();
            catalogue::each_change(db, &earlier, edition, &mut |change| changes.add(change)).await?;
            replaced.push(Compared { edition: earlier, changes });
        }
    }
    Ok(replaced)
}

fn counted(edition: Edition, report: &Report) -> Edition {
    let rows = report.rows.get(&edition.dataset).copied().unwrap_or_default();
    Edition { rows, rejected: report.rejected, ..edition }
}
