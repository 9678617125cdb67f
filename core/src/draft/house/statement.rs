//! The statement of a rule that a case meets: a fact of the draft like any other, with its source. Called by
//! [`facts`](super::super::facts()).

use serde::{Deserialize, Serialize};

use super::{
    book::ValidRules,
    rule::{HouseRule, HouseRuleId, Section},
    values::Values,
};
use crate::draft::{
    facts::Facts,
    source::{Cited, Sources},
};

/// What a house rule says of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseStatement {
    /// The rule.
    pub rule: HouseRuleId,
    /// Where it stands.
    pub section: Section,
    /// The statement with the case's values, on one line.
    pub text: String,
    /// Its number in the list of sources.
    pub source: Cited,
}

impl HouseStatement {
    /// The statements of all rules that these facts meet, in the order of the files.
    pub(in super::super) fn all(facts: &Facts, rules: ValidRules<'_>, sources: &mut Sources) -> Vec<Self> {
        let met = rules.iter().filter_map(|rule| Some((rule, rule.when.met(facts)?)));
        met.map(|(rule, met)| Self::new(rule, &Values::of_rule(facts, &met), sources)).collect()
    }

    fn new(rule: &HouseRule, values: &Values, sources: &mut Sources) -> Self {
        Self {
            rule: rule.id.clone(),
            section: rule.section,
            text: rule.statement.filled(values),
            source: sources.cite_rule(rule),
        }
    }

    /// The statement with its source, `… two lines [5].`: the guard looks for the number within the sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.text.strip_suffix('.') {
            Some(words) => format!("{words} [{}].", self.source.number),
            None => format!("{} [{}]", self.text, self.source.number),
        }
    }
}
