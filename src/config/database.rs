//! `[database]`: where cases are kept.

use caseconsult_store::db::DbSettings;
use serde::Deserialize;

/// SQLite in a file by default; PostgreSQL when several machines share the work.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://user:password@host/name`.
    pub url: String,
    /// The most connections of one process to PostgreSQL.
    pub max_connections: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: "sqlite:caseconsult-data/caseconsult.db".to_owned(), max_connections: 16 }
    }
}

impl Database {
    /// As the store takes them.
    #[must_use]
    pub fn settings(&self) -> DbSettings {
        DbSettings { url: self.url.clone(), max_connections: self.max_connections }
    }
}
