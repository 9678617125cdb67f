//! Pairs of like questions. The form is described in `tests/kinds/README.md`.

use std::{fs, path::Path};

use caseconsult_core::{draft::kind::Kind, extract::Reading};

use crate::mails;

/// An earlier question with the gist of its answer, and a later one that asks the same.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    /// The folder that it lies in.
    pub(super) half: String,
    pub(super) kinds: Vec<Kind>,
    pub(super) answer: String,
    earlier: String,
    later: String,
}

impl Pair {
    /// The earlier question as the program reads it.
    pub(super) fn earlier(&self) -> Reading {
        mails::read(&self.name, "", &self.earlier)
    }

    /// The later one.
    pub(super) fn later(&self) -> Reading {
        mails::read(&self.name, "", &self.later)
    }
}

/// The pairs of a file. An error names the pair, and quotes nothing of it.
pub(super) fn read(file: &Path) -> Vec<Pair> {
    let half = file.parent().and_then(Path::file_name).unwrap().to_string_lossy().into_owned();
    let content = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let pieces = content.split("=== ").skip(1);
    pieces.map(|piece| pair(&half, piece).unwrap_or_else(|name| panic!("{half}: {name} has no such form"))).collect()
}

fn pair(half: &str, piece: &str) -> Result<Pair, String> {
    let (name, rest) = piece.split_once('\n').ok_or(piece)?;
    let wrong = || name.to_owned();
    let (head, rest) = rest.split_once("--- earlier\n").ok_or_else(wrong)?;
    let (earlier, rest) = rest.split_once("--- answer\n").ok_or_else(wrong)?;
    let (answer, later) = rest.split_once("--- later\n").ok_or_else(wrong)?;
    let kinds = head.trim().strip_prefix("# kind: ").ok_or_else(wrong)?;
    let kinds: Option<Vec<Kind>> = kinds.split(", ").map(Kind::read).collect();
    Ok(Pair {
        name: name.to_owned(),
        half: half.to_owned(),
        kinds: kinds.ok_or_else(wrong)?,
        answer: answer.trim().to_owned(),
        earlier: earlier.trim().to_owned(),
        later: later.trim().to_owned(),
    })
}
