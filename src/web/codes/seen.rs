//! The codes that a case mentions, as small labels for lists, remembered for as long as the case does not change.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use caseconsult_core::{
    domain::{code::CodeSystem, ids::CaseId, mention::Mention},
    extract::Reading,
};
use caseconsult_store::{Db, StoreError, cases::Case, readings};
use serde::Serialize;

/// Labels in one row of a list; the rest is counted.
const MOST_IN_A_ROW: usize = 6;
/// Cases remembered; beyond it all are forgotten at once, which costs one query each.
const MOST_REMEMBERED: usize = 2_000;

/// A code as a label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub(in super::super) struct Chip {
    order: CodeSystem,
    pub(in super::super) class: &'static str,
    pub(in super::super) system: &'static str,
    pub(in super::super) code: String,
}

impl Chip {
    /// The label of one mention; modifiers belong to it.
    pub(in super::super) fn of(mention: &Mention) -> Self {
        let mut code = mention.code.to_string();
        for modifier in &mention.modifiers {
            code.push('-');
            code.push_str(modifier.as_str());
        }
        Self { order: mention.system, class: class(mention.system), system: mention.system.title(), code }
    }

    /// Each label once, by system in the order of tables, then as first written.
    pub(in super::super) fn each_once<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Vec<Self> {
        let mut seen = HashSet::new();
        let mut chips: Vec<Self> = mentions.map(Self::of).filter(|chip| seen.insert(chip.clone())).collect();
        chips.sort_by_key(|chip| chip.order);
        chips
    }
}

/// The colour's name in the stylesheet. The system's name always stands beside it or in its title.
pub(in super::super) const fn class(system: CodeSystem) -> &'static str {
    match system {
        CodeSystem::Cpt => "cpt",
        CodeSystem::Hcpcs => "hcpcs",
        CodeSystem::Icd10Cm | CodeSystem::Icd9Cm => "icd",
        CodeSystem::Icd10Pcs | CodeSystem::MsDrg => "pcs",
        CodeSystem::Modifier => "modifier",
        CodeSystem::Revenue | CodeSystem::Ndc => "other",
    }
}

/// What was seen in which case at which version.
#[derive(Debug, Default)]
pub(in super::super) struct CodesSeen(Mutex<HashMap<CaseId, (i64, Vec<Chip>)>>);

impl CodesSeen {
    /// The labels for a row, and how many more there are.
    pub(in super::super) async fn of_case(&self, db: &Db, case: &Case) -> Result<(Vec<Chip>, usize), StoreError> {
        let known = {
            let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.get(&case.id).filter(|(version, _)| *version == case.version).map(|(_, chips)| chips.clone())
        };
        let chips = match known {
            Some(chips) => chips,
            None => {
                let chips = read(db, case.id).await?;
                let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if seen.len() >= MOST_REMEMBERED {
                    seen.clear();
                }
                seen.insert(case.id, (case.version, chips.clone()));
                chips
            }
        };
        let more = chips.len().saturating_sub(MOST_IN_A_ROW);
        Ok((chips.into_iter().take(MOST_IN_A_ROW).collect(), more))
    }
}

async fn read(db: &Db, case: CaseId) -> Result<Vec<Chip>, StoreError> {
    let stored = readings::of_case(db, case).await?;
    // A reading made by another version of this program may not be readable; the list is not the place to fail.
    let readings: Vec<Reading> =
        stored.iter().filter_map(|stored| serde_json::from_str(&stored.reading).ok()).collect();
    Ok(Chip::each_once(readings.iter().flat_map(|reading| &reading.mentions)))
}
