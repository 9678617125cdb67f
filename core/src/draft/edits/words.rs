//! The edit checks in sentences, for the section "Edit checks". Neither "allowed" nor "paid" is ever said of what a table
//! does not hold. No day is named, since a date of service identifies the patient: several are counted, `date 1`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    super::{
        said::{Answer, Said, numbers, sentences},
        source::Cited,
    },
    AddOnCheck, Edits, PairCheck, UnitCheck,
    add_on::AddOnFact,
    pair::PairFact,
    units::UnitFact,
};
use crate::{catalog::Dataset, domain::code::Code};

/// Parents of an add-on code that are named; lists of hundreds are common.
const NAMED_PARENTS: usize = 8;
/// Pairs named in one sentence.
const NAMED_PAIRS: usize = 12;

/// What the template sees: `edits.found`, `edits.silent`, `edits.unchecked`, each a list of sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EditWords {
    /// What the tables say.
    pub found: Vec<String>,
    /// What they do not say.
    pub silent: Vec<String>,
    /// Tables of which no edition for the day is loaded.
    pub unchecked: Vec<String>,
    /// Procedures that were not checked because there are too many.
    pub left_out: usize,
}

impl EditWords {
    /// The checks in sentences.
    #[must_use]
    pub fn of(edits: &Edits) -> Self {
        let mut words = Self { left_out: edits.left_out, ..Self::default() };
        let mut not_loaded = BTreeSet::new();
        let mut silent_pairs: Vec<(&PairCheck, Vec<&Cited>)> = Vec::new();
        for pair in &edits.pairs {
            let between = format!("{} with {}", pair.one, pair.other);
            words.found.extend(sentences(&between, &pair.answers, |edit| Some(say_edit(edit))));
            not_loaded.extend(missing(&pair.answers));
            let silent = silent(&pair.answers);
            if !silent.is_empty() {
                silent_pairs.push((pair, silent));
            }
        }
        for check in &edits.units {
            let about = match check.asked {
                Some(1) => format!("{}, 1 unit asked about", check.code),
                Some(asked) => format!("{}, {asked} units asked about", check.code),
                None => check.code.to_string(),
            };
            words.found.extend(sentences(&about, &check.answers, |limit| Some(say_limit(check, *limit))));
            not_loaded.extend(missing(&check.answers));
            let silent = silent(&check.answers);
            if check.asked.is_some() && !silent.is_empty() {
                words.silent.push(format!(
                    "No unit limit is published for {} {}. CMS keeps some limits to itself, so this is no freedom to bill any \
                     number.",
                    check.code,
                    numbers(&silent)
                ));
            }
        }
        for check in &edits.add_ons {
            words.found.extend(sentences(check.code.as_str(), &check.answers, |fact| Some(say_parents(check, fact))));
        }
        words.silent.splice(..0, say_silent(&silent_pairs));
        words.unchecked = not_loaded.into_iter().map(|table: Dataset| table.title().to_owned()).collect();
        words
    }

    /// Whether there is anything to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.silent.is_empty() && self.unchecked.is_empty()
    }
}

fn say_edit(edit: &PairFact) -> String {
    let PairFact { paid, denied, indicator, reason, .. } = edit;
    let rule = match indicator {
        0 => format!(
            "{denied} is denied beside {paid} on the same day, and no modifier changes that (modifier indicator 0)"
        ),
        1 => format!(
            "{denied} is denied beside {paid} on the same day, unless the record shows that they were separate and an \
             NCCI-associated modifier says so (modifier indicator 1)"
        ),
        _ => "an edit was withdrawn and does not apply (modifier indicator 9)".to_owned(),
    };
    match reason {
        Some(reason) => format!("{rule}; CMS's reason: {reason}"),
        None => rule,
    }
}

fn say_limit(check: &UnitCheck, limit: UnitFact) -> String {
    let UnitFact { most, mai } = limit;
    let units = if most == 1 { "unit" } else { "units" };
    let applied = match mai {
        1 => "on a claim line (MAI 1)",
        2 => "a day, an absolute limit (MAI 2)",
        _ => "a day, more only on appeal with proof of need (MAI 3)",
    };
    let over = if check.is_over(limit) { ": what was asked about is over the limit" } else { "" };
    format!("at most {most} {units} {applied}{over}")
}

fn say_parents(check: &AddOnCheck, fact: &AddOnFact) -> String {
    let mut named: Vec<&str> = fact.parents.iter().take(NAMED_PARENTS).map(Code::as_str).collect();
    let more = format!("{} more", fact.parents.len().saturating_sub(NAMED_PARENTS));
    if fact.parents.len() > NAMED_PARENTS {
        named.push(&more);
    }
    let may = if fact.others { "; contractors may accept others" } else { "" };
    let list = if named.is_empty() { "no listed code".to_owned() } else { named.join(", ") };
    let present: Vec<&str> = check.present.iter().map(Code::as_str).collect();
    let here = if present.is_empty() {
        "none of its listed parents is among your codes".to_owned()
    } else {
        format!("among your codes is its parent {}", present.join(", "))
    };
    format!("an add-on code that is never billed alone; {here} (listed: {list}{may})")
}

fn silent<T>(answers: &[Answer<T>]) -> Vec<&Cited> {
    let mut sources: Vec<&Cited> = Vec::new();
    for answer in answers {
        if let Said::NotInTable { source } = &answer.said
            && !sources.contains(&source)
        {
            sources.push(source);
        }
    }
    sources
}

fn missing<T>(answers: &[Answer<T>]) -> impl Iterator<Item = Dataset> {
    answers.iter().filter(|answer| matches!(answer.said, Said::NotLoaded { .. })).map(|answer| answer.table)
}

/// Pairs of which the same tables say nothing share a sentence.
fn say_silent(pairs: &[(&PairCheck, Vec<&Cited>)]) -> Vec<String> {
    let mut groups: Vec<(&[&Cited], Vec<String>)> = Vec::new();
    for (pair, sources) in pairs {
        let name = format!("{} with {}", pair.one, pair.other);
        match groups.iter_mut().find(|(known, _)| *known == sources.as_slice()) {
            Some((_, names)) => names.push(name),
            None => groups.push((sources, vec![name])),
        }
    }
    groups
        .into_iter()
        .map(|(sources, names)| {
            let more = names.len().saturating_sub(NAMED_PAIRS);
            let mut list = names.into_iter().take(NAMED_PAIRS).collect::<Vec<_>>().join(", ");
            if more > 0 {
                list.push_str(&format!(" and {more} more pairs"));
            }
            format!(
                "Not in the edit table: {list} {}. That a pair is not in the table does not say that it may be billed \
                 together.",
                numbers(sources)
            )
        })
        .collect()
}
