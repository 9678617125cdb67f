//! What only SQLite needs: opening the file, durability, and advice to its planner.

use std::{fs, io, path::Path, time::Duration};

use sqlx::{
    ConnectOptions, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::StoreError;

/// Takes the write lock at once, so that no transaction fails half-way for want of it. In WAL mode `NORMAL`
/// leaves the fsync to the next checkpoint.
pub(crate) const BEGIN: &str = "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE";

/// The same, with an fsync of the write-ahead log at commit.
pub(crate) const BEGIN_DURABLE: &str = "PRAGMA synchronous = FULL; BEGIN IMMEDIATE";

/// Pages of write-ahead log before they are copied into the database file. SQLite's own 1,000 are one batch of mails:
/// each commit would then copy the log and sync both files. A page that many batches touch is copied once this way.
const CHECKPOINT_AFTER: &str = "8000";

/// How long a statement waits for another process's write lock, and a task for a connection.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Opens or makes the file: one writer, four readers.
pub(crate) async fn open(path: &str) -> Result<(SqlitePool, SqlitePool), StoreError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(':') {
        return Err(StoreError::BadUrl(
            "sqlite: needs the path of a file; a database in memory would lose mail".into(),
        ));
    }
    if path.contains('?') {
        return Err(StoreError::BadUrl("sqlite: takes a path alone, without options after a question mark".into()));
    }
    let unreachable = |cause: String| StoreError::Unreachable { url: format!("sqlite:{path}"), cause };
    make(Path::new(path)).map_err(|error| unreachable(error.to_string()))?;

    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Normal)
        .statement_cache_capacity(256)
        .disable_statement_logging();
    // No ping before use: the file does not go away. No limits of age: a connection's caches are worth keeping.
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(PATIENCE * 2)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let writer = options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("wal_autocheckpoint", CHECKPOINT_AFTER)
        .pragma("journal_size_limit", "67108864");
    let write = pool().max_connections(1).connect_with(writer).await.map_err(|error| unreachable(error.to_string()))?;
    let readers = options.pragma("query_only", "ON");
    let read = pool().max_connections(4).min_connections(0).connect_lazy_with(readers);
    Ok((write, read))
}

/// Makes an empty file that only its owner may read: it will hold patients' mail. SQLite gives the same mode to
/// the `-wal` and `-shm` files beside it.
fn make(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(|_| ()),
    }
}

/// Statistics that make the planner use apalis's indexes, whatever the table holds.
///
/// Without any, SQLite 3 takes a fresh queue's partial indexes for small and reads all finished and pending jobs
/// at each fetch and each end of a job (3 jobs a second at a million rows); with those of a moment when the queue
/// was empty, likewise. So the queue's are fixed ones: a long queue in which each key is nearly unique.
const PINNED: [(&str, &str); 10] = [
    ("sqlite_autoindex_Jobs_1", "1000000 1"),
    ("idx_jobs_idempotency_key", "1000000 330000 1"),
    ("idx_jobs_pending", "100000 33000 33000 100 1"),
    ("idx_jobs_failed", "1000 330 330 10 1"),
    ("idx_jobs_claimable", "500000 250000 250000"),
    ("idx_jobs_job_type_status_run_at", "1000000 330000 110000 100"),
    ("idx_jobs_status_run_at", "1000000 250000 100"),
    ("idx_jobs_completed_done_at", "800000 400000 100 100"),
    ("idx_jobs_running", "1000 10"),
    ("LIdx", "1000000 250000"),
];

/// Lets SQLite renew its statistics where it sees a need, and puts the queue's own back in their place.
pub(crate) async fn advise_planner(conn: &mut SqliteConnection) -> Result<(), StoreError> {
    // The first makes the table of statistics, should there be none yet.
    sqlx::raw_sql("ANALYZE Workers; PRAGMA optimize = 0x10002").execute(&mut *conn).await?;
    let stands: Vec<(String, String)> =
        sqlx::query_as("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'Jobs' ORDER BY idx")
            .fetch_all(&mut *conn)
            .await?;
    let mut pinned = PINNED;
    pinned.sort_unstable();
    if stands.iter().map(|(idx, stat)| (idx.as_str(), stat.as_str())).eq(pinned) {
        return Ok(());
    }
    sqlx::raw_sql("DELETE FROM sqlite_stat1 WHERE tbl = 'Jobs'").execute(&mut *conn).await?;
    for (idx, stat) in PINNED {
        sqlx::query("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('Jobs', $1, $2)")
            .bind(idx)
            .bind(stat)
            .execute(&mut *conn)
            .await?;
    }
    // Makes this connection read them; others do when they connect.
    sqlx::raw_sql("ANALYZE sqlite_schema").execute(conn).await?;
    Ok(())
}
