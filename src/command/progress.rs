//! How far a long command has come: as a bar on a terminal, or not at all.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use caseconsult_workers::import::Monitor;
use indicatif::{ProgressBar, ProgressStyle};

/// What a command tells while it works. Bytes are those of the file as it lies on disk.
pub trait Progress: Send + Sync {
    /// Files of so many bytes are begun.
    fn begin(&self, file: &str, bytes: u64);
    /// So many of their bytes are read and so many rows are stored, counted from its start.
    fn advance(&self, bytes: u64, rows: u64);
    /// They are done, or given up.
    fn end(&self);
}

/// Tells nothing: for scripts, JSON output and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _file: &str, _bytes: u64) {}
    fn advance(&self, _bytes: u64, _rows: u64) {}
    fn end(&self) {}
}

/// How far several files that are read at the same time have come together.
pub struct Together<'a> {
    progress: &'a dyn Progress,
    bytes: AtomicU64,
    rows: AtomicU64,
}

impl<'a> Together<'a> {
    /// Nothing of them yet.
    #[must_use]
    pub const fn new(progress: &'a dyn Progress) -> Self {
        Self { progress, bytes: AtomicU64::new(0), rows: AtomicU64::new(0) }
    }

    /// One of them.
    #[must_use]
    pub const fn portion(&'a self) -> Portion<'a> {
        Portion { of: self, bytes: AtomicU64::new(0) }
    }
}

/// One of several files that are read at the same time.
pub struct Portion<'a> {
    of: &'a Together<'a>,
    bytes: AtomicU64,
}

impl Portion<'_> {
    /// So many of its bytes are read, counted from its start, and so many more rows are stored.
    pub fn advance(&self, bytes: u64, more_rows: u64) {
        let more = bytes.saturating_sub(self.bytes.swap(bytes, Ordering::Relaxed));
        let bytes = self.of.bytes.fetch_add(more, Ordering::Relaxed) + more;
        let rows = self.of.rows.fetch_add(more_rows, Ordering::Relaxed) + more_rows;
        self.of.progress.advance(bytes, rows);
    }
}

/// A bar on standard error with rows, rows per second and the time left. Shows nothing when that is no terminal.
#[derive(Debug, Default)]
pub struct Bar {
    now: Mutex<Option<ProgressBar>>,
}

impl Bar {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        if let Ok(mut now) = self.now.lock() {
            act(&mut now);
        }
    }
}

impl Progress for Bar {
    fn begin(&self, file: &str, bytes: u64) {
        let style = ProgressStyle::with_template("{prefix}  {bar:30} {percent:>3} %  {msg}  {eta} left");
        let bar = ProgressBar::new(bytes);
        bar.set_prefix(file.to_owned());
        if let Ok(style) = style {
            bar.set_style(style);
        }
        self.with(|now| *now = Some(bar));
    }

    fn advance(&self, bytes: u64, rows: u64) {
        self.with(|now| {
            if let Some(bar) = now {
                let per_second = u128::from(rows) * 1000 / bar.elapsed().as_millis().max(1);
                bar.set_message(format!("{rows} rows, {per_second}/s"));
                // A ZIP's directory is read besides its members, so the sum may pass the length.
                bar.set_position(bytes.min(bar.length().unwrap_or(bytes)));
            }
        });
    }

    fn end(&self) {
        self.with(|now| {
            if let Some(bar) = now.take() {
                bar.finish_and_clear();
            }
        });
    }
}

/// A bar over the bytes of an import of mails.
#[derive(Debug)]
pub struct MailBar(ProgressBar);

impl MailBar {
    /// An empty bar on standard error.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3} %  {bytes}, {bytes_per_sec}  {eta} left")
        {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// It is done.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Default for MailBar {
    fn default() -> Self {
        Self::new()
    }
}

impl Monitor for MailBar {
    fn total(&self, bytes: u64) {
        self.0.set_length(bytes);
    }

    fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    fn note(&self, text: &str) {
        // A bar that is not drawn swallows what is printed through it.
        self.0.suspend(|| eprintln!("caseconsult: {text}"));
    }
}
