//! Connections to a SQLite file whose statements run on the thread that asks. Called by look-ups in the catalogue alone.
//!
//! sqlx gives each connection a thread of its own; handing a statement over and its rows back takes many times longer
//! than the statement, when all it does is to find some rows by their keys. Whatever reads more than that goes through
//! the pool of readers.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// Connections that are kept when nobody uses them.
const KEPT: usize = 4;
/// Statements that a connection keeps prepared: one for each number of keys.
const STATEMENTS: usize = 128;
/// KiB of pages that a connection keeps: the inner pages of the catalogue's indexes.
const PAGES_KIB: i64 = 8 << 10;

/// Readers of one file; opened when they are needed.
#[derive(Debug)]
pub struct BlockingReaders {
    path: PathBuf,
    patience: Duration,
    /// None once they are closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

impl BlockingReaders {
    /// For the file at `path`; `patience` is how long a statement waits for a lock, which a reader of a write-ahead log
    /// hardly ever does.
    pub(crate) const fn new(path: PathBuf, patience: Duration) -> Self {
        Self { path, patience, idle: Mutex::new(Some(Vec::new())) }
    }

    /// Lends a connection.
    ///
    /// # Errors
    /// What `read` says, or that no connection could be opened.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        let idle = match self.idle().as_mut() {
            Some(idle) => idle.pop(),
            None => return Err(StoreError::Sql(sqlx::Error::PoolClosed)),
        };
        let connection = idle.map_or_else(|| self.open(), Ok)?;
        // One that failed is not lent again.
        let value = read(&connection)?;
        if let Some(idle) = self.idle().as_mut().filter(|idle| idle.len() < KEPT) {
            idle.push(connection);
        }
        Ok(value)
    }

    /// Closes them: the last connection to a file writes its log back.
    pub(crate) fn close(&self) {
        *self.idle() = None;
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        // Whoever panicked here left whole connections behind.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.patience)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", -PAGES_KIB)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}
