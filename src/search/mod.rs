//! The search index of a database: made from the catalogue, kept beside it.
//!
//! An index belongs to one state of the catalogue, named by the editions that are live. Whoever searches opens the
//! index of the state of that moment, so a search switches with the edition; where there is none yet it is made first,
//! in seconds. Nothing here is kept that the catalogue could not make again. Called by `codes search` and the pages.
//!
//! | file | holds |
//! |---|---|
//! | `gather` | the catalogue's codes and wordings |
//! | `held` | the index of a process that goes on searching |
//! | `folder` | where an index lies, and how one takes the place of another |

mod folder;
mod gather;
mod held;

use caseconsult_core::catalog::Edition;
use caseconsult_search::Index;
use caseconsult_store::{Db, catalogue};
use tokio::task;

pub use held::Held;

/// The index of the catalogue as it now is. Beside a SQLite file it is kept for the next time; with PostgreSQL, which
/// lies on another machine, it is made in memory.
///
/// # Errors
/// When the catalogue cannot be read, or the index cannot be made.
pub async fn index(db: &Db, database_url: &str) -> anyhow::Result<Index> {
    let live = catalogue::editions(db).await?;
    let state = folder::state(&live);
    made_or_kept(db, database_url, &live, &state).await
}

async fn made_or_kept(db: &Db, database_url: &str, live: &[Edition], state: &str) -> anyhow::Result<Index> {
    let kept = folder::beside(database_url);
    if let Some(kept) = &kept
        && let Some(index) = folder::open(kept, state)
    {
        return Ok(index);
    }
    let making = gather::gather(db, live).await?;
    let state = state.to_owned();
    task::spawn_blocking(move || match kept {
        Some(kept) => folder::fill(&kept, &state, making),
        None => Ok(making.in_memory()?),
    })
    .await?
}
