//! What the variables of a text stand for in a case. Everything comes from the facts, so that a text that is inserted
//! says what the draft beside it says; nothing is read from a mail here.

use std::collections::BTreeMap;

use super::{condition::Met, wording::Variable};
use crate::draft::{code_line::CodeLine, facts::Facts, kind::Kind, question::plain};

/// The values at hand; what a case does not tell is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<Variable, String>);

impl Values {
    /// Of a whole case, for a snippet.
    #[must_use]
    pub fn of_case(facts: &Facts) -> Self {
        let main = facts.stated.payers.iter().find(|payer| Some(payer.kind) == facts.stated.payer);
        let lines = facts.lines.iter().collect();
        let met = Met { lines, payer: main.or(facts.stated.payers.first()) };
        let mut values = Self::of_rule(facts, &met);
        if facts.date.known() {
            let days: Vec<String> = facts.date.days.iter().map(ToString::to_string).collect();
            values.set(Variable::DateOfService, listed(&days));
        }
        values
    }

    /// Of what a rule's condition found in a case. The date of service is not among them: a draft never prints it.
    pub(super) fn of_rule(facts: &Facts, met: &Met<'_>) -> Self {
        let codes: Vec<String> = met.lines.iter().map(|line| plain(line.code.as_str())).collect();
        let mut values = Self::default();
        values.set(Variable::Code, codes.first().cloned().unwrap_or_default());
        values.set(Variable::Codes, listed(&codes));
        values.set(Variable::Modifiers, listed(&each(&met.lines, |line| line.modifiers.concat())));
        values.set(Variable::Units, listed(&each(&met.lines, |line| line.units.clone())));
        values.set(Variable::Payer, met.payer.map_or_else(String::new, |payer| plain(&payer.name)));
        let kinds = facts.kinds.iter().map(|asked| asked.kind).filter(|kind| *kind != Kind::K0);
        values.set(Variable::Kind, kinds.map(Kind::words).collect::<Vec<_>>().join("; "));
        values.set(Variable::Case, facts.case.to_string());
        let editions = facts.sources.iter().filter(|source| source.dataset().is_some());
        values.set(Variable::Editions, editions.map(|source| source.name.clone()).collect::<Vec<_>>().join("; "));
        if facts.date.known() {
            let mut years: Vec<String> = facts.date.days.iter().map(|day| day.year().to_string()).collect();
            years.dedup();
            values.set(Variable::YearOfService, listed(&years));
        }
        values
    }

    /// The value, when there is one.
    #[must_use]
    pub fn get(&self, variable: Variable) -> Option<&str> {
        self.0.get(&variable).map(String::as_str)
    }

    fn set(&mut self, variable: Variable, value: String) {
        if !value.is_empty() {
            self.0.insert(variable, value);
        }
    }

    #[cfg(test)]
    pub(super) fn from_pairs<const N: usize>(pairs: [(Variable, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(variable, value)| (variable, value.to_owned())).collect())
    }
}

/// What all lines have of something, each once, in words.
fn each<T: ToString>(lines: &[&CodeLine], of: impl Fn(&CodeLine) -> Vec<T>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in lines.iter().flat_map(|line| of(line)).map(|one| one.to_string()) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// `20610, 99213 and E11.9`.
fn listed(texts: &[String]) -> String {
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}
