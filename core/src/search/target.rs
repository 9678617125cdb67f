//! The codes that rows point at, in the order of their systems and codes, so that the codes below a header stand
//! right behind it.

use std::ops::Range;

use jiff::civil::Date;

use super::span::Days;
use crate::domain::code::{Code, CodeSystem};

/// A code that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its system.
    pub system: CodeSystem,
    /// The code.
    pub code: Code,
    /// The words of its titles, by their numbers in the lexicon.
    pub words: Vec<u32>,
    /// When it answers.
    pub days: Vec<Days>,
}

impl Target {
    /// Whether it is in force on the day, and then whether it is billable.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<bool> {
        self.days.iter().find(|days| days.holds(day)).map(|days| days.billable)
    }

    /// What groups codes of one subject: the first three characters.
    #[must_use]
    pub fn family(&self) -> (CodeSystem, &str) {
        (self.system, self.code.as_str().get(..3).unwrap_or(self.code.as_str()))
    }
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets(Vec<Target>);

impl Targets {
    /// Puts them in order.
    #[must_use]
    pub fn new(mut targets: Vec<Target>) -> Self {
        targets.sort_by(|one, other| (one.system, &one.code).cmp(&(other.system, &other.code)));
        targets.dedup_by(|one, other| (one.system, &one.code) == (other.system, &other.code));
        Self(targets)
    }

    /// They, in order.
    #[must_use]
    pub fn all(&self) -> &[Target] {
        &self.0
    }

    /// The one of that number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Target> {
        self.0.get(usize::try_from(number).ok()?)
    }

    /// The number of a code.
    #[must_use]
    pub fn number(&self, system: CodeSystem, code: &Code) -> Option<u32> {
        let at = self.0.binary_search_by(|target| (target.system, &target.code).cmp(&(system, code))).ok()?;
        u32::try_from(at).ok()
    }

    /// The numbers of the codes below a header.
    #[must_use]
    pub fn below(&self, number: u32) -> Range<u32> {
        let after = number.saturating_add(1);
        let Some(header) = self.get(number) else { return after..after };
        let rest = usize::try_from(after).ok().and_then(|from| self.0.get(from..)).unwrap_or_default();
        let count = rest.partition_point(|target| {
            target.system == header.system && target.code.as_str().starts_with(header.code.as_str())
        });
        after..after.saturating_add(u32::try_from(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_below_a_header_stand_behind_it() {
        let target = |system, code: &str| Target {
            system,
            code: Code::normal(system, code),
            words: Vec::new(),
            days: Vec::new(),
        };
        let cm = CodeSystem::Icd10Cm;
        let targets = Targets::new(vec![
            target(cm, "E11.9"),
            target(cm, "E11"),
            target(cm, "E12"),
            target(cm, "E11.21"),
            target(cm, "E11.2"),
            target(CodeSystem::Hcpcs, "E1100"),
        ]);
        let number = |code: &str| targets.number(cm, &Code::normal(cm, code)).expect(code);
        let below: Vec<&str> =
            targets.below(number("E11")).filter_map(|n| targets.get(n)).map(|target| target.code.as_str()).collect();
        assert_eq!(below, ["E11.2", "E11.21", "E11.9"]);
        assert!(targets.below(number("E12")).is_empty());
        assert!(targets.below(99).is_empty());
    }
}
