//! Opening the database that a URL names.

use std::{sync::Arc, time::Duration};

use sqlx::{PgPool, SqlitePool};

use super::{blocking::BlockingReaders, both::On, both::both, postgres, sqlite, transaction::Tx};
use crate::{StoreError, catalogue::live::Remembered};

/// SQLite or PostgreSQL. Cheap to clone.
///
/// SQLite has one writer however many connections ask, so all writes of a process go through a pool of exactly
/// one connection: they wait in an orderly queue of this process instead of polling a file lock. Whatever else
/// writes to the file from this process, apalis included, should use the same `write` pool.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file.
    Sqlite {
        /// The one writer.
        write: SqlitePool,
        /// Readers, which never wait for the writer (WAL).
        read: SqlitePool,
        /// Readers for look-ups in the catalogue.
        blocking: Arc<BlockingReaders>,
        /// The catalogue's live editions, as last read.
        live: Arc<Remembered>,
    },
    /// A server.
    Postgres {
        /// All connections.
        pool: PgPool,
        /// The catalogue's live editions, as last read.
        live: Arc<Remembered>,
    },
}

/// Which database, and how many connections.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// `sqlite:PATH` or `postgres://user:password@host/name`. `sqlite::memory:` is refused: it would lose mail.
    pub url: String,
    /// The most pooled connections to PostgreSQL. SQLite has one writer and four readers.
    pub max_connections: u32,
}

impl Db {
    /// Opens without migrating. `sqlite:PATH` makes the file, readable by its owner alone, when it is missing.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`], or [`StoreError::Unreachable`] with what the system said.
    pub async fn open(settings: &DbSettings) -> Result<Self, StoreError> {
        let url = settings.url.trim();
        if let Some(path) = url.strip_prefix("sqlite:") {
            let (write, read) = sqlite::open(path).await?;
            Ok(Self::on_sqlite(write, read))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::on_postgres(postgres::open(url, settings.max_connections).await?))
        } else {
            let scheme = url.split(':').next().unwrap_or_default();
            Err(StoreError::BadUrl(format!("this one starts with {scheme:?}")))
        }
    }

    /// A file, by pools that are open.
    #[must_use]
    pub fn on_sqlite(write: SqlitePool, read: SqlitePool) -> Self {
        let path = write.connect_options().get_filename().to_path_buf();
        let blocking = Arc::new(BlockingReaders::new(path, sqlite::PATIENCE));
        Self::Sqlite { write, read, blocking, live: Arc::default() }
    }

    /// A server, by a pool that is open.
    #[must_use]
    pub fn on_postgres(pool: PgPool) -> Self {
        Self::Postgres { pool, live: Arc::default() }
    }

    /// Asks the database for an answer, within five seconds.
    ///
    /// # Errors
    /// [`StoreError::Sql`] when none came.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let asked = async { both!(self.reader(), pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ())) };
        match tokio::time::timeout(Duration::from_secs(5), asked).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(StoreError::Sql(sqlx::Error::PoolTimedOut)),
        }
    }

    /// A write transaction. A commit survives the end of the process; a power cut may undo the last moments'
    /// commits, whole and in order, which is right for steps of work that are simply done again.
    ///
    /// # Errors
    /// When no connection or lock is to be had within its time limit.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with(sqlite::BEGIN).await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A write transaction whose commit is on the disk when it returns: for what the outside world is told
    /// (a mail was taken in) or is about to see (a reply goes out).
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn begin_durable(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with(sqlite::BEGIN_DURABLE).await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin_with(postgres::BEGIN_DURABLE).await?),
        })
    }

    /// Ends all connections. A closed SQLite file is checkpointed and needs no recovery.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read, blocking, .. } => {
                blocking.close();
                read.close().await;
                write.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }

    /// For statements that only read.
    pub(crate) fn reader(&self) -> On<&SqlitePool, &PgPool> {
        match self {
            Self::Sqlite { read, .. } => On::Sqlite(read),
            Self::Postgres { pool, .. } => On::Postgres(pool),
        }
    }

    /// The catalogue's live editions, as last read.
    pub(crate) const fn remembered(&self) -> &Arc<Remembered> {
        match self {
            Self::Sqlite { live, .. } | Self::Postgres { live, .. } => live,
        }
    }

    /// For a single statement that writes.
    pub(crate) fn writer(&self) -> On<&SqlitePool, &PgPool> {
        match self {
            Self::Sqlite { write, .. } => On::Sqlite(write),
            Self::Postgres { pool, .. } => On::Postgres(pool),
        }
    }
}
