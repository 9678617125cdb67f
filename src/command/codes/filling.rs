//! The rows of a release on their way: read on a thread of its own, taken by whoever wants them. Called by
//! [`super::release`] for an import and for a dry run.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context as _, bail};
use caseconsult_core::catalog::{
    Edition, Entry, Sheet,
    import::{ImportError, Reading, Report, Row},
};
use caseconsult_store::{Db, catalogue};
use tokio::{sync::mpsc, task};

use super::{comparing::Comparison, files::Whole};
use crate::command::progress::Portion;

/// Rows, and bytes of sheets, that are taken at once.
const BATCH: usize = 5000;
const BATCH_BYTES: usize = 4 << 20;
/// Batches that may wait before the reader does.
const WAITING: usize = 4;

/// What takes the rows.
pub(super) enum Taker<'a> {
    /// The store, unseen until the switch.
    Store(&'a Db),
    /// A dry run.
    Comparison(&'a Db, &'a mut Comparison),
}

/// Rows that come together.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) entries: Vec<Entry>,
    pub(super) sheets: Vec<Sheet>,
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

/// Reads a release and hands its rows to the taker. The thread ends when nobody takes its rows.
///
/// # Errors
/// What is wrong with the files, or with the database.
pub(super) async fn fill(
    mut taker: Taker<'_>,
    whole: Whole,
    editions: &[Edition],
    progress: &Portion<'_>,
) -> anyhow::Result<Report> {
    let (rows_in, mut rows_out) = mpsc::channel::<Batch>(WAITING);
    let bytes_read = Arc::new(AtomicU64::new(0));
    let reading = {
        let (editions, bytes_read) = (editions.to_vec(), Arc::clone(&bytes_read));
        task::spawn_blocking(move || read_batches(&whole, &editions, &bytes_read, &rows_in))
    };
    while let Some(batch) = rows_out.recv().await {
        match &mut taker {
            Taker::Store(db) => {
                catalogue::add_rows(db, &batch.entries).await?;
                catalogue::add_sheets(db, &batch.sheets).await?;
            }
            Taker::Comparison(db, comparison) => comparison.take(db, &batch).await?,
        }
        progress.advance(bytes_read.load(Ordering::Relaxed), batch.len() as u64);
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
