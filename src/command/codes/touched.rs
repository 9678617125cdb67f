//! Which open cases a change of the catalogue touches: those whose mails speak of all the codes in it. Cases that are
//! sent, ignored or closed are not open. Called by [`super::diff`].

use std::collections::{BTreeSet, HashMap};

use anyhow::Context as _;
use caseconsult_core::{
    catalog::{Dataset, change::Change},
    domain::{case::CaseState, code::Code, ids::CaseId, tag::CaseTag},
    extract::Reading,
};
use caseconsult_store::{
    Db,
    cases::{self, Filter},
    readings,
};

/// Cases whose readings are held at a time.
const CASES: usize = 200;
const SETTLED: [&str; 3] = ["sent", "ignored", "closed"];

/// The open cases, by the codes that they speak of.
#[derive(Debug, Default)]
pub(super) struct OpenCases {
    tags: Vec<CaseTag>,
    by_code: HashMap<String, BTreeSet<usize>>,
    ranges: Vec<(Code, Code, usize)>,
    touched: BTreeSet<usize>,
}

impl OpenCases {
    /// Reads what the open cases mention. For a code list, mentions of other systems are passed over.
    pub(super) async fn load(db: &Db, table: Dataset) -> anyhow::Result<Self> {
        let states = CaseState::NAMES.into_iter().filter(|state| !SETTLED.contains(state)).collect();
        let open = cases::list(db, &Filter { states, ..Filter::default() }).await?;
        let mut found = Self::default();
        for cases in open.chunks(CASES) {
            let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
            let mut read = readings::of_each(db, &ids).await?;
            for case in cases {
                let at = found.tags.len();
                found.tags.push(case.tag.clone());
                for stored in read.remove(&case.id).unwrap_or_default() {
                    let reading: Reading = serde_json::from_str(&stored.reading)
                        .with_context(|| format!("what was read out of case {} cannot be read back", case.tag))?;
                    found.add(at, reading, table);
                }
            }
        }
        Ok(found)
    }

    fn add(&mut self, at: usize, reading: Reading, table: Dataset) {
        let wanted =
            reading.mentions.into_iter().filter(|mention| table.system().is_none_or(|of| of == mention.system));
        for mention in wanted {
            match mention.code.ends(mention.system) {
                Some((first, last)) => self.ranges.push((first, last, at)),
                None => drop(self.by_code.entry(mention.code.to_string()).or_default().insert(at)),
            }
        }
    }

    /// Marks the cases that speak of all the codes of a change.
    pub(super) fn touch(&mut self, change: &Change) {
        let mut cases: Option<BTreeSet<usize>> = None;
        for code in &change.codes {
            let speaking = self.speaking_of(code);
            let both = cases.map_or_else(|| speaking.clone(), |cases| cases.intersection(&speaking).copied().collect());
            if both.is_empty() {
                return;
            }
            cases = Some(both);
        }
        self.touched.extend(cases.unwrap_or_default());
    }

    fn speaking_of(&self, text: &str) -> BTreeSet<usize> {
        let exact = self.by_code.get(text).into_iter().flatten().copied();
        let within = self.ranges.iter().filter(|(first, last, _)| {
            first.as_str().len() == text.len() && (first.as_str()..=last.as_str()).contains(&text)
        });
        exact.chain(within.map(|(_, _, at)| *at)).collect()
    }

    /// The tags of the cases that were touched, oldest first.
    pub(super) fn touched(&self) -> Vec<String> {
        self.touched.iter().filter_map(|at| self.tags.get(*at)).map(ToString::to_string).collect()
    }
}
