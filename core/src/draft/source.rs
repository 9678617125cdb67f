//! What a reply cites, numbered in the order in which it is first needed: editions of the catalogue, then house rules.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::house::rule::{HouseRule, HouseRuleId};
use crate::{
    catalog::{Dataset, Edition, Interval},
    domain::ids::EditionId,
};

/// One source, as listed at the end of a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// From 1.
    pub number: usize,
    /// As people say it: `NCCI PTP edits, practitioner 2024 Q3`, `House rule billing-07`.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What a source is. In JSON its fields stand beside those of the source; a rule has an owner, and an edition has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// A published table.
    Edition(EditionSource),
    /// A rule of this desk.
    House(HouseSource),
}

/// An edition, as a reply tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionSource {
    /// The edition.
    pub edition: EditionId,
    /// The table: of a code list, the name of its system.
    pub dataset: Dataset,
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

/// A house rule, as a reply tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseSource {
    /// The rule.
    pub rule: HouseRuleId,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which drafts may use it.
    pub until: Date,
}

impl Source {
    /// The edition; none when it is a rule of this desk.
    #[must_use]
    pub const fn edition(&self) -> Option<&EditionSource> {
        match &self.origin {
            Origin::Edition(edition) => Some(edition),
            Origin::House(_) => None,
        }
    }

    /// The house rule; none when it is an edition.
    #[must_use]
    pub const fn house(&self) -> Option<&HouseSource> {
        match &self.origin {
            Origin::Edition(_) => None,
            Origin::House(rule) => Some(rule),
        }
    }

    /// The table; a house rule is of none, and stands for none.
    #[must_use]
    pub fn dataset(&self) -> Option<Dataset> {
        self.edition().map(|edition| edition.dataset)
    }
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
        let known = |source: &&Source| source.edition().is_some_and(|known| known.edition == edition.id);
        if let Some(source) = self.list.iter().find(known) {
            return Cited { number: source.number, name: source.name.clone() };
        }
        let origin = Origin::Edition(EditionSource {
            edition: edition.id,
            dataset: edition.dataset,
            publisher: edition.publisher.clone(),
            effective: edition.effective,
            imported: edition.imported_at.date(),
            digest: edition.sha256.as_str().chars().take(12).collect(),
            codes: edition.rows,
            selection: edition.publisher == "caseconsult",
        });
        self.add(edition.name.clone(), origin)
    }

    /// The number of this house rule; no rule speaks twice in one reply.
    pub(super) fn cite_rule(&mut self, rule: &HouseRule) -> Cited {
        let origin = Origin::House(HouseSource { rule: rule.id.clone(), owner: rule.owner.clone(), until: rule.until });
        self.add(format!("House rule {}", rule.id), origin)
    }

    fn add(&mut self, name: String, origin: Origin) -> Cited {
        let number = self.list.len() + 1;
        self.list.push(Source { number, name: name.clone(), origin });
        Cited { number, name }
    }
}
