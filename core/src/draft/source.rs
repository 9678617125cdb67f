//! The editions that a reply cites, numbered in the order in which they are first needed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    catalog::{Dataset, Edition, Interval},
    domain::ids::EditionId,
};

/// One source, as listed at the end of a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// From 1.
    pub number: usize,
    /// The edition.
    pub edition: EditionId,
    /// The table: of a code list, the name of its system.
    pub dataset: Dataset,
    /// As people say it.
    pub name: String,
    /// Who publishes it.
    pub publisher: String,
    /// The dates of service it answers for.
    pub effective: Interval,
    /// The day it was imported, UTC.
    pub imported: Date,
    /// The first twelve digits of the SHA-256 of its file.
    pub digest: String,
    /// How many codes it holds.
    pub codes: u64,
    /// Whether it is a selection, as the built-in catalogue is: a code missing from it may well be in force.
    pub selection: bool,
}

/// A source as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Its number in the list.
    pub number: usize,
    /// Its name.
    pub name: String,
}

/// The list as it grows.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) list: Vec<Source>,
}

impl Sources {
    /// The number of this edition, giving it one at its first use.
    pub(super) fn cite(&mut self, edition: &Edition) -> Cited {
        if let Some(source) = self.list.iter().find(|source| source.edition == edition.id) {
            return Cited { number: source.number, name: source.name.clone() };
        }
        let number = self.list.len() + 1;
        self.list.push(Source {
            number,
            edition: edition.id,
            dataset: edition.dataset,
            name: edition.name.clone(),
            publisher: edition.publisher.clone(),
            effective: edition.effective,
            imported: edition.imported_at.date(),
            digest: edition.sha256.as_str().chars().take(12).collect(),
            codes: edition.rows,
            selection: edition.publisher == "caseconsult",
        });
        Cited { number, name: edition.name.clone() }
    }
}
