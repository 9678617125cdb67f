//! The index in which a long-running process searches: opened at the first search, and another one when the catalogue
//! has changed. Whoever still reads the former one keeps it until done. The pages are the caller.

use std::{fmt, sync::Arc, time::Duration};

use caseconsult_search::Index;
use caseconsult_store::{Db, catalogue};
use tokio::sync::Mutex;

use super::{folder, made_or_kept};

/// An index, of the state of the catalogue in which it was last asked for.
pub struct Held {
    database_url: String,
    /// Held while an index is made, so that two searches do not make the same.
    index: Mutex<Option<(String, Arc<Index>)>>,
}

impl Held {
    /// None yet; `database_url` says where one would be kept.
    #[must_use]
    pub fn beside(database_url: &str) -> Self {
        Self { database_url: database_url.to_owned(), index: Mutex::new(None) }
    }

    /// The index of the catalogue as it now is.
    ///
    /// # Errors
    /// When the catalogue cannot be read, or the index cannot be made.
    pub async fn index(&self, db: &Db) -> anyhow::Result<Arc<Index>> {
        let live = catalogue::editions(db).await?;
        let state = folder::state(&live);
        let mut held = self.index.lock().await;
        if let Some((of, index)) = held.as_ref()
            && *of == state
        {
            return Ok(index.clone());
        }
        let index = Arc::new(made_or_kept(db, &self.database_url, &live, &state).await?);
        *held = Some((state, index.clone()));
        Ok(index)
    }
}

/// So long a page waits for an index that has to be made; of the built-in catalogue one is made sooner.
const PATIENCE: Duration = Duration::from_millis(400);

impl Held {
    /// The same for a page that must not wait: none when the index is still being made, which goes on without the page.
    ///
    /// # Errors
    /// When the catalogue cannot be read, or the index cannot be made.
    pub async fn ready(self: &Arc<Self>, db: &Db) -> anyhow::Result<Option<Arc<Index>>> {
        let (held, db) = (self.clone(), db.clone());
        let making = tokio::spawn(async move { held.index(&db).await });
        match tokio::time::timeout(PATIENCE, making).await {
            Ok(made) => made?.map(Some),
            Err(_) => Ok(None),
        }
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}
