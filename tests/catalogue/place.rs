//! A database, a folder for files to import into it, and a day on which it all happens.

use std::{fs, path::PathBuf};

use caseconsult::command::{
    codes::release::{self as codes, ImportOptions, ImportReport},
    progress::Silent,
};
use caseconsult_core::domain::instant::Instant;
use caseconsult_store::{Clock, Db};
use tempfile::TempDir;

pub(super) struct Place {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) folder: TempDir,
}

impl Place {
    pub(super) fn of(db: Db) -> Self {
        let clock = Clock::fixed(Instant::from_micros(1_795_305_600_000_000));
        Self { db, clock, folder: TempDir::new().unwrap() }
    }

    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file
    }

    pub(super) async fn import(&self, files: &[PathBuf], options: &ImportOptions) -> anyhow::Result<Vec<ImportReport>> {
        codes::import(&self.db, &self.clock, files, options, &Silent).await
    }

    /// The names of what is live, in the order of `codes editions`.
    pub(super) async fn live(&self) -> Vec<String> {
        codes::editions(&self.db).await.unwrap().into_iter().map(|edition| edition.name).collect()
    }
}
