//! All changes of one step, or none.

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::both::On;
use crate::StoreError;

/// A write transaction; dropped without [`Tx::commit`], it leaves nothing. On SQLite it holds the file's one
/// write lock (`BEGIN IMMEDIATE`), so nothing slow may happen inside: no mail server, no mail parsing.
#[derive(Debug)]
pub enum Tx {
    /// On a file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a server.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Commits.
    ///
    /// # Errors
    /// When the database refuses; nothing has changed then.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Its connection, for [`both!`](super::both::both).
    pub(crate) fn connection(&mut self) -> On<&mut SqliteConnection, &mut PgConnection> {
        match self {
            Self::Sqlite(tx) => On::Sqlite(&mut **tx),
            Self::Postgres(tx) => On::Postgres(&mut **tx),
        }
    }
}
