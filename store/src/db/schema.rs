//! Bringing a database up to date, and saying which version it has.
//!
//! Two sets of migrations live in one database: ours, numbered below 10,000, and those of apalis, numbered by
//! date. On SQLite they share one history table, on PostgreSQL apalis has its own, so each set is told to ignore
//! versions that it does not know. apalis's `setup()` is never called on SQLite: it would turn off fsync.

use std::{ops::Deref, pin::Pin};

use sqlx::{
    Acquire, Connection,
    migrate::{Migrate, Migrator},
};

use super::{
    both::{On, both},
    connection::Db,
    postgres, sqlite,
};
use crate::StoreError;

/// Ours are below, apalis's above.
const FIRST_FOREIGN_VERSION: i64 = 10_000;

impl Db {
    /// Applies our migrations and apalis's, all or none on SQLite. Any number of processes may do so at once:
    /// one works, the others wait and find it done.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for a database of a later program; [`StoreError::Migration`].
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => {
                let mut tx = write.begin_with(sqlite::BEGIN_DURABLE).await?;
                self.refuse_newer().await?;
                run(&for_sqlite(), &mut *tx).await?;
                let mut theirs = apalis_sqlite::SqliteStorage::migrations();
                run(theirs.set_ignore_missing(true), &mut *tx).await?;
                tx.commit().await?;
                let mut conn = write.acquire().await?;
                sqlite::advise_planner(&mut conn).await
            }
            Self::Postgres { pool, .. } => {
                // Not a pooled connection: should we fail half-way, the lock ends with the connection.
                let mut conn = pool.acquire().await?.detach();
                sqlx::query("SELECT pg_advisory_lock($1)").bind(postgres::lock::MIGRATE).execute(&mut conn).await?;
                self.refuse_newer().await?;
                run(&for_postgres(), &mut conn).await?;
                let mut theirs = apalis_postgres::PostgresStorage::<()>::migrations();
                run(theirs.set_ignore_missing(true), &mut conn).await?;
                postgres::advise_planner(&mut conn).await?;
                Ok(conn.close().await?)
            }
        }
    }

    /// The schema's version as (found, known); found is 0 in an empty database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schema(&self) -> Result<(i64, i64), StoreError> {
        const FOUND: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE version < $1";
        let (table, known) = match self.reader() {
            On::Sqlite(_) => ("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'", for_sqlite()),
            On::Postgres(_) => {
                ("SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')", for_postgres())
            }
        };
        let known = known.iter().map(|migration| migration.version).max().unwrap_or(0);
        let found: Option<i64> = both!(self.reader(), pool => {
            if sqlx::query_scalar::<_, i64>(table).fetch_one(pool).await? == 0 {
                None
            } else {
                sqlx::query_scalar(FOUND).bind(FIRST_FOREIGN_VERSION).fetch_one(pool).await?
            }
        });
        Ok((found.unwrap_or(0), known))
    }

    async fn refuse_newer(&self) -> Result<(), StoreError> {
        let (found, known) = self.schema().await?;
        if found > known { Err(StoreError::Newer { found, known }) } else { Ok(()) }
    }
}

fn for_sqlite() -> Migrator {
    let mut ours = sqlx::migrate!("../migrations/sqlite");
    ours.set_ignore_missing(true);
    ours
}

fn for_postgres() -> Migrator {
    let mut ours = sqlx::migrate!("../migrations/postgres");
    ours.set_ignore_missing(true);
    ours
}

/// Boxed, because the compiler cannot see otherwise that a migration on a borrowed connection may be awaited in a
/// spawned task ("implementation of `Acquire` is not general enough").
fn run<'a, A>(migrations: &'a Migrator, conn: A) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>>
where
    A: Acquire<'a> + Send + 'a,
    A::Connection: Send,
    <A::Connection as Deref>::Target: Migrate,
{
    Box::pin(async move { migrations.run(conn).await.map_err(|error| StoreError::Migration(error.to_string())) })
}
