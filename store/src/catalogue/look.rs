//! One look into the catalogue: rows by their keys, with the generation in whose snapshot they were read. Called by
//! `shelf` and `sheets`, which compare it with that of the editions they remember.
//!
//! The statement is the same on both databases. PostgreSQL is asked through the pool; SQLite on the thread that asks,
//! unless many rows are wanted.

use std::{fmt::Write as _, sync::Arc};

use rusqlite::{Connection, params_from_iter};
use sqlx::postgres::PgRow;
use tokio::task;

use crate::{Db, StoreError, row::Column};

/// Rows that are looked for on the thread that asks; a millisecond's worth.
const FEW: usize = 500;

/// The generation, and the rows found.
pub(super) struct Seen<R> {
    pub(super) generation: i64,
    pub(super) rows: Vec<R>,
}

/// A row of either database.
pub(super) trait Found: Sized + Send + 'static {
    /// Its columns but for the first.
    const COLUMNS: &str;

    fn of_sqlite(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error>;
    fn of_postgres(row: &PgRow) -> Result<Self, sqlx::Error>;
}

/// Reads these fields, in the order of the columns after the first.
macro_rules! found {
    ($row:ty { $($at:literal $field:ident),+ $(,)? }) => {
        impl $crate::catalogue::look::Found for $row {
            const COLUMNS: &str = concat!($(", ", stringify!($field)),+);

            fn of_sqlite(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
                Ok(Self { $($field: row.get($at)?),+ })
            }

            fn of_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: sqlx::Row::try_get(row, $at)?),+ })
            }
        }
    };
}
pub(super) use found;

/// A statement that reads the generation and rows in one snapshot: a row of the generation alone, and rows without one.
pub(super) struct Statement {
    sql: String,
    texts: Vec<String>,
    wanted: usize,
}

impl Statement {
    /// All rows of a table, until conditions are pushed.
    pub(super) fn on<R: Found>(table: &str) -> Self {
        let columns = R::COLUMNS;
        let nulls = ", NULL".repeat(columns.matches(',').count());
        let sql =
            format!("SELECT generation{nulls} FROM catalogue_generation UNION ALL SELECT NULL{columns} FROM {table}");
        Self { sql, texts: Vec::new(), wanted: 1 }
    }

    /// More of the statement.
    pub(super) fn push(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self
    }

    /// A list of texts between brackets. The rows wanted are as many as there are texts, for each of an earlier list.
    pub(super) fn push_texts(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        let before = self.texts.len();
        for text in texts {
            let mark = if self.texts.len() == before { '(' } else { ',' };
            self.push_text(mark, text);
        }
        self.wanted *= self.texts.len() - before;
        self.push(")")
    }

    /// A list of rows of texts between brackets.
    pub(super) fn push_rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [String; N]>) -> Self {
        let mut before = "(VALUES ";
        let mut wanted = 0;
        for row in rows {
            self.sql.push_str(before);
            (before, wanted) = (",", wanted + 1);
            let mut mark = '(';
            for text in row {
                self.push_text(mark, text);
                mark = ',';
            }
            self.sql.push(')');
        }
        self.wanted *= wanted;
        self.push(")")
    }

    fn push_text(&mut self, mark: char, text: String) {
        self.texts.push(text);
        // Nothing can fail to be written to a text.
        let _ = write!(self.sql, "{mark}${}", self.texts.len());
    }

    /// Asks the database.
    pub(super) async fn look<R: Found>(self, db: &Db) -> Result<Seen<R>, StoreError> {
        let lines = match db {
            Db::Sqlite { blocking, .. } if self.wanted <= FEW => blocking.read(|connection| self.ask(connection))?,
            Db::Sqlite { blocking, .. } => {
                let readers = Arc::clone(blocking);
                let asking = task::spawn_blocking(move || readers.read(|connection| self.ask(connection)));
                asking.await.map_err(|_| StoreError::Sql(sqlx::Error::WorkerCrashed))??
            }
            Db::Postgres { pool, .. } => {
                let mut query = sqlx::query(sqlx::AssertSqlSafe(self.sql));
                for text in self.texts {
                    query = query.bind(text);
                }
                let mut lines = Lines::default();
                for row in query.fetch_all(pool).await? {
                    lines.add(sqlx::Row::try_get(&row, 0)?, || R::of_postgres(&row))?;
                }
                lines
            }
        };
        let generation = lines.generation.ok_or_else(|| GENERATION.damaged())?;
        Ok(Seen { generation, rows: lines.rows })
    }

    fn ask<R: Found>(&self, connection: &Connection) -> Result<Lines<R>, rusqlite::Error> {
        let mut statement = connection.prepare_cached(&self.sql)?;
        let mut rows = statement.query(params_from_iter(&self.texts))?;
        let mut lines = Lines::default();
        while let Some(row) = rows.next()? {
            lines.add(row.get(0)?, || R::of_sqlite(row))?;
        }
        Ok(lines)
    }
}

const GENERATION: Column = Column("catalogue_generation", "generation");

struct Lines<R> {
    generation: Option<i64>,
    rows: Vec<R>,
}

impl<R> Default for Lines<R> {
    fn default() -> Self {
        Self { generation: None, rows: Vec::new() }
    }
}

impl<R> Lines<R> {
    fn add<E>(&mut self, generation: Option<i64>, row: impl FnOnce() -> Result<R, E>) -> Result<(), E> {
        match generation {
            Some(_) => self.generation = generation,
            None => self.rows.push(row()?),
        }
        Ok(())
    }
}

/// The generation alone.
pub(super) async fn generation(db: &Db) -> Result<i64, StoreError> {
    const READ: &str = "SELECT generation FROM catalogue_generation";
    match db {
        Db::Sqlite { blocking, .. } => {
            blocking.read(|connection| connection.prepare_cached(READ)?.query_row((), |row| row.get(0)))
        }
        Db::Postgres { pool, .. } => Ok(sqlx::query_scalar(READ).fetch_one(pool).await?),
    }
}
