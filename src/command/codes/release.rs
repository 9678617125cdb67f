//! Published files → editions. Called by `codes import` and `codes editions`.
//!
//! A file becomes one edition for each code set in it. Its rows are stored unseen and switched on together when the
//! last one is in, so an import that fails or is killed changes nothing that anybody reads; running it again completes
//! it. A file that was imported before, byte by byte, changes nothing.

use std::{
    fs,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Edition, Entry,
        import::{self, ImportError, Report},
        release::{self, Release},
        release_zip,
    },
    domain::{digest::Digest, ids::EditionId},
};
use caseconsult_store::{
    Clock, Db,
    catalogue::{self, Import},
};
use jiff::civil::Date;
use tokio::{sync::mpsc, task};

use crate::command::progress::Progress;

/// Rows that go to the store at once.
const BATCH: usize = 2000;
/// Batches that may wait for the store before the reader does.
const WAITING: usize = 4;

/// What the operator says beyond the files.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// The first day for which the files answer, where it goes before what their names say.
    pub effective: Option<Date>,
}

/// What became of one file.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The file.
    pub file: PathBuf,
    /// Its editions that went live now. Empty when the same bytes had been imported before.
    pub live: Vec<Edition>,
    /// What reading it came to.
    pub report: Report,
}

/// Takes the files in, one after the other.
///
/// # Errors
/// Names the file and what is wrong with it. The files before it stay imported; nothing of it is live.
pub async fn import(
    db: &Db,
    clock: &Clock,
    files: &[PathBuf],
    options: &ImportOptions,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<ImportReport>> {
    let mut reports = Vec::with_capacity(files.len());
    for file in files {
        let report = import_file(db, clock, file, options, progress).await;
        progress.end();
        reports.push(report.with_context(|| file.display().to_string())?);
    }
    Ok(reports)
}

/// The editions that are live.
///
/// # Errors
/// When the database cannot be read.
pub async fn editions(db: &Db) -> anyhow::Result<Vec<Edition>> {
    Ok(catalogue::editions(db).await?)
}

async fn import_file(
    db: &Db,
    clock: &Clock,
    file: &Path,
    options: &ImportOptions,
    progress: &dyn Progress,
) -> anyhow::Result<ImportReport> {
    let opened = {
        let (file, effective) = (file.to_owned(), options.effective);
        task::spawn_blocking(move || Opened::open(&file, effective)).await??
    };
    progress.begin(&opened.name, opened.bytes.len() as u64);
    let mut imports = Vec::new();
    for dataset in opened.release.datasets() {
        let id = EditionId::new(clock.id());
        let edition = opened.release.edition(*dataset, id, &opened.name, opened.sha256.clone(), clock.now());
        imports.extend(catalogue::begin_import(db, clock, edition).await?);
    }
    if imports.is_empty() {
        return Ok(ImportReport { file: file.to_owned(), live: Vec::new(), report: Report::default() });
    }
    let report = fill(db, opened, &imports, progress).await?;
    let counted = imports.into_iter().map(|import| {
        let rows = report.rows.get(&import.edition.dataset).copied().unwrap_or_default();
        (import, rows, report.rejected)
    });
    let counted: Vec<(Import, u64, u64)> = counted.collect();
    catalogue::go_live_together(db, clock, &counted).await?;
    let live =
        counted.into_iter().map(|(import, rows, rejected)| Edition { rows, rejected, ..import.edition }).collect();
    Ok(ImportReport { file: file.to_owned(), live, report })
}

/// A file in memory, and what it is.
struct Opened {
    name: String,
    bytes: Vec<u8>,
    sha256: Digest,
    release: Release,
}

impl Opened {
    fn open(file: &Path, effective: Option<Date>) -> anyhow::Result<Self> {
        if fs::metadata(file)?.len() > release_zip::LARGEST {
            bail!("larger than {} MB, which no published code set is", release_zip::LARGEST >> 20);
        }
        let bytes = fs::read(file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let release = release::plan(&name, Cursor::new(&bytes), effective)?;
        Ok(Self { sha256: Digest::of(&bytes), name, bytes, release })
    }
}

/// Reads on a thread of its own, and stores what comes from there. The thread ends when nobody takes its rows.
async fn fill(db: &Db, opened: Opened, imports: &[Import], progress: &dyn Progress) -> anyhow::Result<Report> {
    let editions: Vec<Edition> = imports.iter().map(|import| import.edition.clone()).collect();
    let (rows_in, mut rows_out) = mpsc::channel::<Vec<Entry>>(WAITING);
    let bytes_read = Arc::new(AtomicU64::new(0));
    let reader = Counted { inner: Cursor::new(opened.bytes), count: Arc::clone(&bytes_read) };
    let reading = task::spawn_blocking(move || read_batches(&opened.release, reader, &editions, &rows_in));
    let mut stored = 0;
    while let Some(rows) = rows_out.recv().await {
        stored += rows.len() as u64;
        for import in imports {
            let its: Vec<Entry> = rows.iter().filter(|entry| entry.edition == import.edition.id).cloned().collect();
            if !its.is_empty() {
                catalogue::add_rows(db, import, &its).await?;
            }
        }
        progress.advance(bytes_read.load(Ordering::Relaxed), stored);
    }
    Ok(reading.await??)
}

fn read_batches<R: Read + Seek>(
    release: &Release,
    reader: R,
    editions: &[Edition],
    rows_in: &mpsc::Sender<Vec<Entry>>,
) -> Result<Report, ImportError> {
    let mut batch = Vec::with_capacity(BATCH);
    let report = import::read(release, reader, editions, &mut |entry| {
        batch.push(entry);
        if batch.len() < BATCH {
            return ControlFlow::Continue(());
        }
        match rows_in.blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    rows_in.blocking_send(batch).map_err(|_| ImportError::Stopped)?;
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

/// Tells a person what became of the files.
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_reports(out: &mut dyn Write, reports: &[ImportReport]) -> io::Result<()> {
    for ImportReport { file, live, report } in reports {
        let file = file.display();
        if live.is_empty() {
            writeln!(out, "{file}: imported before, nothing changed")?;
        }
        for edition in live {
            writeln!(out, "{file}: {} is live {}, codes: {}", edition.name, edition.effective, edition.rows)?;
        }
        if report.rejected > 0 {
            writeln!(out, "{file}: refused lines: {}, the first:", report.rejected)?;
            for rejected in &report.first_rejected {
                writeln!(out, "  {rejected}")?;
            }
        }
    }
    Ok(())
}

/// Lists editions for a person.
///
/// # Errors
/// When nothing can be written to `out`.
pub fn print_editions(out: &mut dyn Write, editions: &[Edition]) -> io::Result<()> {
    if editions.is_empty() {
        return writeln!(out, "nothing is imported yet: the built-in starter catalogue answers");
    }
    for edition in editions {
        let Edition { name, publisher, effective, rows, rejected, file_name, sha256, imported_at, .. } = edition;
        writeln!(out, "{name} ({publisher}), {effective}; codes: {rows}, refused lines: {rejected}")?;
        writeln!(out, "    {file_name}, sha-256 {sha256}, imported {imported_at}")?;
    }
    Ok(())
}
