//! When a rule holds. What is named under different keys has to hold together; of a list one is enough. Judged on the
//! facts of a case alone, so that what a rule meets is what the reviewer sees.

use super::pattern::CodePattern;
use crate::{
    catalog::Interval,
    domain::code::{CodeSystem, Modifier},
    draft::{code_line::CodeLine, facts::Facts, kind::Kind},
    extract::said::payer::{Payer, PayerKind},
};

/// A condition; what is empty is not asked for. A rule's has something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Kinds of question.
    pub kinds: Vec<Kind>,
    /// Systems of the code.
    pub systems: Vec<CodeSystem>,
    /// The code.
    pub codes: Vec<CodePattern>,
    /// A second code of the same case.
    pub with_codes: Vec<CodePattern>,
    /// Modifiers at the code.
    pub modifiers: Vec<Modifier>,
    /// Who pays.
    pub payers: Vec<PayerIs>,
    /// The date of service.
    pub service: Option<Interval>,
}

/// A payer as a rule names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayerIs {
    /// Any payer of this kind.
    Kind(PayerKind),
    /// The one of this name, as the program reads it: `UnitedHealthcare` for "UHC".
    Named(String),
}

impl PayerIs {
    fn is(&self, payer: &Payer) -> bool {
        match self {
            Self::Kind(kind) => payer.kind == *kind,
            Self::Named(name) => payer.name == *name,
        }
    }
}

/// What met a condition.
#[derive(Clone, Debug)]
pub struct Met<'a> {
    /// The codes: those that meet it, then their partners; all of the case when none is asked for.
    pub lines: Vec<&'a CodeLine>,
    /// The payer: the one that meets it, else the first that is named.
    pub payer: Option<&'a Payer>,
}

impl Condition {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What of this case meets it; none when it does not hold.
    #[must_use]
    pub fn met<'a>(&self, facts: &'a Facts) -> Option<Met<'a>> {
        let kind = self.kinds.is_empty() || facts.kinds.iter().any(|asked| self.kinds.contains(&asked.kind));
        let day = |interval: Interval| facts.date.days.iter().any(|day| interval.holds(*day));
        if !kind || !self.service.is_none_or(day) {
            return None;
        }
        let payers = &facts.stated.payers;
        let payer = match self.payers.as_slice() {
            [] => payers.first(),
            wanted => Some(payers.iter().find(|payer| wanted.iter().any(|one| one.is(payer)))?),
        };
        Some(Met { lines: self.lines(facts)?, payer })
    }

    fn lines<'a>(&self, facts: &'a Facts) -> Option<Vec<&'a CodeLine>> {
        let all = || facts.lines.iter();
        let asks_for_codes = !(self.systems.is_empty() && self.codes.is_empty() && self.modifiers.is_empty());
        let first: Vec<&CodeLine> =
            if asks_for_codes { all().filter(|line| self.fits(line, facts)).collect() } else { all().collect() };
        if self.with_codes.is_empty() {
            return (!first.is_empty() || !asks_for_codes).then_some(first);
        }
        let partner = |line: &CodeLine| self.with_codes.iter().any(|pattern| pattern.covers(&line.code));
        let second: Vec<&CodeLine> = all().filter(|line| partner(line)).collect();
        let is_paired = first.iter().any(|one| second.iter().any(|other| !std::ptr::eq(*one, *other)));
        let mut lines = first;
        for line in second {
            if !lines.iter().any(|known| std::ptr::eq(*known, line)) {
                lines.push(line);
            }
        }
        is_paired.then_some(lines)
    }

    /// Whether a code is of the system, among the codes, and with a modifier that is asked for. A modifier that the mail
    /// names by itself counts for every code.
    fn fits(&self, line: &CodeLine, facts: &Facts) -> bool {
        let alone = |modifier: &Modifier| {
            let mut lines = facts.lines.iter().filter(|line| line.system == CodeSystem::Modifier);
            lines.any(|line| line.code.as_str() == modifier.as_str())
        };
        let with = |modifier: &Modifier| line.modifiers.iter().flatten().any(|at| at == modifier) || alone(modifier);
        let is_alone = line.system == CodeSystem::Modifier && !self.systems.contains(&CodeSystem::Modifier);
        (self.systems.is_empty() || self.systems.contains(&line.system))
            && (self.codes.is_empty() || self.codes.iter().any(|pattern| pattern.covers(&line.code)))
            && (self.modifiers.is_empty() || self.modifiers.iter().any(with) && !is_alone)
    }

    /// Why no case can ever meet it; none when one can.
    #[must_use]
    pub fn never_holds(&self) -> Option<String> {
        const WITH_MODIFIERS: [CodeSystem; 3] = [CodeSystem::Cpt, CodeSystem::Hcpcs, CodeSystem::Modifier];
        let systems = if self.systems.is_empty() { &CodeSystem::ALL[..] } else { &self.systems };
        let titles = || systems.iter().map(|system| system.title()).collect::<Vec<_>>().join(" or ");
        let possible = |pattern: &&CodePattern| systems.iter().any(|system| pattern.can_be(*system));
        if let Some(pattern) = self.codes.iter().find(|pattern| !possible(pattern)) {
            let of = if self.systems.is_empty() { "any system".to_owned() } else { titles() };
            return Some(format!("no code of {of} looks like {pattern}"));
        }
        let any_system = |pattern: &&CodePattern| CodeSystem::ALL.iter().any(|system| pattern.can_be(*system));
        if let Some(pattern) = self.with_codes.iter().find(|pattern| !any_system(pattern)) {
            return Some(format!("no code of any system looks like {pattern}"));
        }
        if !self.modifiers.is_empty() && !systems.iter().any(|system| WITH_MODIFIERS.contains(system)) {
            return Some(format!("codes of {} have no modifiers", titles()));
        }
        None
    }
}
