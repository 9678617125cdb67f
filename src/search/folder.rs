//! Where an index lies, and how one takes the place of another.
//!
//! Beside `cases.db` lies `cases.db.search`, with one folder for the state of the catalogue that was searched last. A
//! new one is filled under a name of its own and takes its place whole; one that a killed process left half-filled is
//! swept by the next that fills. A process that has an older one open keeps reading it: its files live until it ends.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use caseconsult_core::{
    catalog::{Dataset, Edition},
    domain::digest::Digest,
};
use caseconsult_search::{Index, Making};

/// Rises when an index made of the same catalogue would be another one.
const FORM: u32 = 3;

/// What an index is made from, as a name for its folder.
pub(super) fn state(live: &[Edition]) -> String {
    let mut ids: Vec<String> =
        live.iter().filter(|edition| is_worded(edition.dataset)).map(|edition| edition.id.to_string()).collect();
    ids.sort_unstable();
    let named = format!("{FORM} {} {}", env!("CARGO_PKG_VERSION"), ids.join(" "));
    Digest::of(named.as_bytes()).as_str().chars().take(24).collect()
}

/// Whether wordings are taken from a table.
pub(super) const fn is_worded(dataset: Dataset) -> bool {
    matches!(
        dataset,
        Dataset::Codes(_)
            | Dataset::Icd10CmTabular
            | Dataset::Icd10CmIndex
            | Dataset::Icd10CmExternalCauses
            | Dataset::Icd10CmNeoplasms
            | Dataset::Icd10CmDrugs
            | Dataset::Brands
    )
}

/// The folder for the indexes of a database; none where that is no file.
pub(super) fn beside(database_url: &str) -> Option<PathBuf> {
    let path = database_url.strip_prefix("sqlite:")?;
    let path =
        path.trim_start_matches("//").split('?').next().filter(|path| !path.is_empty() && *path != ":memory:")?;
    Some(PathBuf::from(format!("{path}.search")))
}

/// The index of a state, when it is there and whole.
pub(super) fn open(kept: &Path, state: &str) -> Option<Index> {
    let folder = kept.join(state);
    folder.is_dir().then(|| Index::open(&folder).ok()).flatten()
}

/// Makes the index of a state and puts it into its place; every other one is removed.
pub(super) fn fill(kept: &Path, state: &str, making: Making) -> anyhow::Result<Index> {
    let place = kept.join(state);
    let half = kept.join(format!("{state}.{}", std::process::id()));
    let cannot = || format!("cannot write the search index into {}", kept.display());
    fs::create_dir_all(&half).with_context(cannot)?;
    drop(making.in_folder(&half)?);
    if place.exists() {
        // Unreadable, or filled by another process in the meantime: either way the same would stand there.
        fs::remove_dir_all(&place).with_context(cannot)?;
    }
    if fs::rename(&half, &place).is_err() {
        // Another process was faster.
        fs::remove_dir_all(&half).with_context(cannot)?;
    }
    sweep(kept, state);
    Ok(Index::open(&place)?)
}

/// Removes the indexes of other states. What cannot be removed now is removed the next time.
fn sweep(kept: &Path, state: &str) {
    for entry in fs::read_dir(kept).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy() != state {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use caseconsult_core::catalog::starter;

    use super::*;

    #[test]
    fn an_index_lies_beside_its_database_and_only_beside_a_file() {
        assert_eq!(beside("sqlite:a/b.db?mode=rwc"), Some(PathBuf::from("a/b.db.search")));
        assert_eq!(beside("sqlite:///a/b.db"), Some(PathBuf::from("/a/b.db.search")));
        assert_eq!(beside("sqlite::memory:"), None);
        assert_eq!(beside("postgres://u@h/d"), None);
    }

    #[test]
    fn another_edition_is_another_state() {
        let editions: Vec<Edition> = starter().editions().into_iter().cloned().collect();
        assert_eq!(state(&editions), state(&editions.iter().rev().cloned().collect::<Vec<_>>()));
        assert_ne!(state(&editions), state(&editions[1..]));
    }
}
