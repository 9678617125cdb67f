//! Published files → editions. Called by `codes import` and `codes editions`.
//!
//! A release becomes one edition for each table in it. Its rows are stored unseen and switched on together when the
//! last one is in, so an import that fails or is killed changes nothing that anybody reads; running it again completes
//! it. A release that was imported before, byte by byte, changes nothing.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Dataset, Edition, Entry, Sheet,
        change::Changes,
        import::{ImportError, Reading, Report, Row},
        release::Said,
    },
    domain::ids::EditionId,
};
use caseconsult_store::{
    Clock, Db,
    catalogue::{self, Import},
};
use jiff::civil::Date;
use tokio::{sync::mpsc, task};

use super::{
    files::{self, Whole},
    licence,
};
use crate::command::progress::Progress;

/// Rows, and bytes of sheets, that go to the store at once.
const BATCH: usize = 5000;
const BATCH_BYTES: usize = 4 << 20;
/// Batches that may wait for the store before the reader does.
const WAITING: usize = 4;

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
    /// The live editions in whose place it came, and what it changed.
    pub replaced: Vec<Replaced>,
}

/// An edition that was posted again.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// The earlier one, which is gone.
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
    let said = Said { effective: options.effective, dataset: options.kind };
    let mut pieces = Vec::new();
    let mut failure = None;
    for file in files {
        let path = file.clone();
        match task::spawn_blocking(move || files::pieces(&path, said)).await? {
            Ok(found) => pieces.extend(found),
            // The files before it are still taken in.
            Err(error) => {
                failure = Some(error.context(file.display().to_string()));
                break;
            }
        }
    }
    let mut reports = Vec::new();
    for whole in files::wholes(pieces, options.parts)? {
        let name = whole.name();
        let report = import_whole(db, clock, whole, options, progress).await;
        progress.end();
        reports.push(report.with_context(|| name)?);
    }
    match failure {
        Some(error) => Err(error),
        None => Ok(reports),
    }
}

/// The editions that are live.
///
/// # Errors
/// When the database cannot be read.
pub async fn editions(db: &Db) -> anyhow::Result<Vec<Edition>> {
    Ok(catalogue::editions(db).await?)
}

async fn import_whole(
    db: &Db,
    clock: &Clock,
    whole: Whole,
    options: &ImportOptions,
    progress: &dyn Progress,
) -> anyhow::Result<ImportReport> {
    let Some(first) = whole.pieces.first() else { bail!("no file") };
    let name = whole.name();
    licence::check(db, clock, first.release.terms(), options.accepted_by.as_deref(), options.dry_run).await?;
    progress.begin(&name, whole.bytes());
    let wanted: Vec<Edition> = first
        .release
        .datasets
        .iter()
        .map(|dataset| first.release.edition(*dataset, EditionId::new(clock.id()), &name, whole.sha256(), clock.now()))
        .collect();
    if options.dry_run {
        let report = fill(None, whole, &wanted, progress).await?;
        let live = wanted.into_iter().map(|edition| counted(edition, &report)).collect();
        return Ok(ImportReport { files: name, live, report, replaced: Vec::new() });
    }
    let tables = wanted.len();
    let mut imports = Vec::new();
    for edition in wanted {
        imports.extend(catalogue::begin_import(db, clock, edition).await?);
    }
    let unchanged = |files| ImportReport { files, live: Vec::new(), report: Report::default(), replaced: Vec::new() };
    if imports.is_empty() {
        return Ok(unchanged(name));
    }
    let editions: Vec<Edition> = imports.iter().map(|import| import.edition.clone()).collect();
    let report = match fill(Some(db), whole, &editions, progress).await {
        // All that it holds is live already, and of its other tables it holds nothing.
        Err(error) if imports.len() < tables && matches!(error.downcast_ref(), Some(ImportError::Empty)) => {
            return Ok(unchanged(name));
        }
        report => report?,
    };
    let mut live: Vec<Edition> = editions.into_iter().map(|edition| counted(edition, &report)).collect();
    // A list that holds no modifier says nothing of modifiers. Unseen, its edition goes the way of a failed import.
    if report.total() > 0 {
        live.retain(|edition| edition.rows > 0);
        imports.retain(|import| live.iter().any(|edition| edition.id == import.edition.id));
    }
    let switch: Vec<(Import, u64, u64)> =
        imports.into_iter().zip(&live).map(|(import, edition)| (import, edition.rows, edition.rejected)).collect();
    let replaced = replaced(db, &live).await?;
    catalogue::go_live_together(db, clock, &switch).await?;
    Ok(ImportReport { files: name, live, report, replaced })
}

/// What will be said otherwise once these are live. Asked before the switch, which takes the earlier ones out.
async fn replaced(db: &Db, live: &[Edition]) -> anyhow::Result<Vec<Replaced>> {
    let mut replaced = Vec::new();
    for edition in live {
        for earlier in catalogue::replaced_by(db, edition).await? {
            let mut changes = Changes::default();
            catalogue::each_change(db, &earlier, edition, &mut |change| changes.add(change)).await?;
            replaced.push(Replaced { edition: earlier, changes });
        }
    }
    Ok(replaced)
}

fn counted(edition: Edition, report: &Report) -> Edition {
    let rows = report.rows.get(&edition.dataset).copied().unwrap_or_default();
    Edition { rows, rejected: report.rejected, ..edition }
}

/// Rows on their way to the store.
#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    sheets: Vec<Sheet>,
    bytes: usize,
}

impl Batch {
    fn add(&mut self, row: Row) {
        match row {
            Row::Entry(entry) => self.entries.push(entry),
            Row::Sheet(sheet) => {
                self.bytes += sheet.body.len();
                self.sheets.push(sheet);
            }
        }
    }

    fn len(&self) -> usize {
        self.entries.len() + self.sheets.len()
    }

    fn is_full(&self) -> bool {
        self.len() >= BATCH || self.bytes >= BATCH_BYTES
    }
}

/// Reads on a thread of its own, and stores what comes from there; without a store, only reads. The thread ends when
/// nobody takes its rows.
async fn fill(db: Option<&Db>, whole: Whole, editions: &[Edition], progress: &dyn Progress) -> anyhow::Result<Report> {
    let (rows_in, mut rows_out) = mpsc::channel::<Batch>(WAITING);
    let bytes_read = Arc::new(AtomicU64::new(0));
    let reading = {
        let (editions, bytes_read) = (editions.to_vec(), Arc::clone(&bytes_read));
        task::spawn_blocking(move || read_batches(&whole, &editions, &bytes_read, &rows_in))
    };
    let mut stored = 0;
    while let Some(batch) = rows_out.recv().await {
        stored += batch.len() as u64;
        if let Some(db) = db {
            catalogue::add_rows(db, &batch.entries).await?;
            catalogue::add_sheets(db, &batch.sheets).await?;
        }
        progress.advance(bytes_read.load(Ordering::Relaxed), stored);
    }
    reading.await?
}

fn read_batches(
    whole: &Whole,
    editions: &[Edition],
    bytes_read: &Arc<AtomicU64>,
    rows_in: &mpsc::Sender<Batch>,
) -> anyhow::Result<Report> {
    let mut batch = Batch::default();
    let mut take = |row| {
        batch.add(row);
        if !batch.is_full() {
            return ControlFlow::Continue(());
        }
        match rows_in.blocking_send(std::mem::take(&mut batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let Some(first) = whole.pieces.first() else { bail!("no file") };
    let mut reading = Reading::new(first.release.layout, editions, &mut take);
    for piece in &whole.pieces {
        let inner = File::open(&piece.path).with_context(|| piece.name.clone())?;
        let reader = Counted { inner, count: Arc::clone(bytes_read) };
        match reading.file(&piece.release, reader) {
            // Of one file alone, the caller gives the name.
            read if whole.pieces.len() == 1 => read?,
            read => read.with_context(|| piece.name.clone())?,
        }
    }
    let report = reading.finish()?;
    if batch.len() > 0 {
        rows_in.blocking_send(batch).map_err(|_| ImportError::Stopped)?;
    }
    Ok(report)
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
