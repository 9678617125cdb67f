//! The connection to either database. STUB: to be written.
use crate::StoreError;

/// SQLite or PostgreSQL.
#[derive(Clone, Debug)]
pub enum Db {
    /// write: one connection; read: a small pool
    Sqlite {
        /** The one writer. */
        write: sqlx::SqlitePool,
        /** Readers. */
        read: sqlx::SqlitePool,
    },
    /// PostgreSQL
    Postgres(sqlx::PgPool),
}
/// A write transaction (`BEGIN IMMEDIATE` on SQLite).
#[derive(Debug)]
pub enum Tx {
    /// .
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// .
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}
/// How many connections, etc.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// `sqlite:PATH` | `sqlite::memory:` is refused | `postgres://…`
    pub url: String,
    /// upper bound of pooled connections on PostgreSQL (default 16)
    pub max_connections: u32,
}
impl Db {
    /// Opens without migrating. `sqlite:` creates the file (mode 0600) when missing.
    pub async fn open(_settings: &DbSettings) -> Result<Self, StoreError> {
        unimplemented!()
    }
    /// Ours, and apalis's beside them. Refuses a newer schema.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// Schema version found (0 when empty) and known.
    pub async fn schema(&self) -> Result<(i64, i64), StoreError> {
        unimplemented!()
    }
    /// `SELECT 1` under a time limit.
    pub async fn ping(&self) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// A write transaction.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        unimplemented!()
    }
}
impl Tx {
    /// Commits.
    pub async fn commit(self) -> Result<(), StoreError> {
        unimplemented!()
    }
}
