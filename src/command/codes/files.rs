//! The files that were named, as releases to import: each table of a ZIP by itself, the parts of an NCCI release
//! together. Called by [`super::release`].

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Dataset,
        release::{self, Release, Said},
        release_zip,
    },
    domain::digest::{Digest, Running},
};

/// CMS publishes the PTP edits of a setting in this many parts.
const PARTS: u8 = 4;

/// One file of a release, or a member of one.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: Digest,
    pub(super) release: Release,
}

/// A release: a whole table, in one piece or in parts.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// Never empty; in the order of their parts.
    pub(super) pieces: Vec<Piece>,
}

impl Whole {
    /// The names of its files.
    pub(super) fn name(&self) -> String {
        self.pieces.iter().map(|piece| piece.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The digest of its file, or of the digests of its parts.
    pub(super) fn sha256(&self) -> Digest {
        match self.pieces.as_slice() {
            [only] => only.sha256.clone(),
            parts => {
                Digest::of(parts.iter().map(|part| part.sha256.as_str()).collect::<Vec<_>>().join("\n").as_bytes())
            }
        }
    }

    /// The tables that it carries.
    pub(super) fn datasets(&self) -> Vec<Dataset> {
        self.pieces.first().map(|piece| piece.release.datasets.clone()).unwrap_or_default()
    }

    /// Bytes on the disk.
    pub(super) fn bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.bytes).sum()
    }
}

/// What one file holds.
///
/// # Errors
/// When it cannot be read, or not be recognised.
pub(super) fn pieces(path: &Path, said: Said) -> anyhow::Result<Vec<Piece>> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    if bytes > release_zip::LARGEST {
        bail!("larger than {} MB, which no published table is", release_zip::LARGEST >> 20);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let releases = release::plan(&name, &mut file, said)?;
    let sha256 = digest(path)?;
    let piece = |release| Piece { path: path.to_owned(), name: name.clone(), bytes, sha256: sha256.clone(), release };
    Ok(releases.into_iter().map(piece).collect())
}

/// Puts the parts of each release together, and files that say the one thing and the other of the same codes, in the order in which the releases were first named. `parts` is how many
/// a release has, where it is not four.
///
/// # Errors
/// When a part is missing, or there twice.
pub(super) fn wholes(pieces: Vec<Piece>, parts: Option<u8>) -> anyhow::Result<Vec<Whole>> {
    let mut wholes: Vec<Whole> = Vec::new();
    let mut places: BTreeMap<(Vec<Dataset>, String), usize> = BTreeMap::new();
    for piece in pieces {
        if piece.release.part.is_none() && !piece.release.layout.joins() {
            wholes.push(Whole { pieces: vec![piece] });
            continue;
        }
        let key = (piece.release.datasets.clone(), piece.release.effective.to_string());
        let at = *places.entry(key).or_insert(wholes.len());
        match wholes.get_mut(at) {
            Some(whole) => whole.pieces.push(piece),
            None => wholes.push(Whole { pieces: vec![piece] }),
        }
    }
    for whole in &mut wholes {
        whole.pieces.sort_by_key(|piece| piece.release.part);
        check_parts(whole, parts.unwrap_or(PARTS))?;
    }
    Ok(wholes)
}

fn check_parts(whole: &Whole, wanted: u8) -> anyhow::Result<()> {
    let found: Vec<u8> = whole.pieces.iter().filter_map(|piece| piece.release.part).collect();
    if found.is_empty() || found == (1..=wanted).collect::<Vec<u8>>() {
        return Ok(());
    }
    let missing: Vec<String> =
        (1..=wanted).filter(|part| !found.contains(part)).map(|part| format!("f{part}")).collect();
    if missing.is_empty() {
        bail!("{}: a part is there twice, or there are more than {wanted}: say how many with --parts N", whole.name());
    }
    bail!(
        "{}: of the {wanted} parts of this release {} is missing, and a part of a table is never taken for the whole: name \
         all files in one command (or, where CMS published fewer, say how many with --parts N)",
        whole.name(),
        missing.join(", ")
    )
}

fn digest(path: &Path) -> anyhow::Result<Digest> {
    let mut running = Running::default();
    io::copy(&mut File::open(path)?, &mut running).context("reading stopped")?;
    Ok(running.finish())
}
