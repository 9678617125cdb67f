//! What the edit tables say of the procedures of a case (section 5 of a reply): each pair against the NCCI PTP edits,
//! the units asked about against the MUE, add-on codes against their parents. That a table says nothing is a fact of its
//! own, and never told as "allowed". The drafter makes these facts, `reply` puts them into words, and the guard judges
//! final texts by the same look-ups (`guard::edits`).
//!
//! | file | holds |
//! |---|---|
//! | [`pair`] | two codes against each other |
//! | [`units`] | one code's units against its limits |
//! | [`add_on`] | an add-on code and its parents |
//! | [`words`] | all of it in sentences |

pub mod add_on;
pub mod pair;
pub mod units;
pub mod words;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{add_on::AddOnCheck, pair::PairCheck, units::UnitCheck};
use super::{code_line::CodeLine, source::Sources};
use crate::{
    catalog::{answer::Desk, procedure_code::ProcedureCode},
    domain::code::{Code, CodeSystem},
};

/// Procedures that are checked; of more, a reply would be a list that nobody reads.
pub const MOST_PROCEDURES: usize = 60;
/// Procedures of which also the pairs without an edit are told.
const MOST_PAIRED: usize = 20;

/// The edit checks of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    /// Every two procedures, in the order of the codes table; of those after the first twenty, only pairs with an edit.
    pub pairs: Vec<PairCheck>,
    /// Every procedure that has a limit of units, or of which units were asked.
    pub units: Vec<UnitCheck>,
    /// Every procedure that is an add-on code.
    pub add_ons: Vec<AddOnCheck>,
    /// Procedures beyond [`MOST_PROCEDURES`], which were not checked.
    pub left_out: usize,
}

/// The procedure that a code is, when the edit tables can know it.
#[must_use]
pub fn procedure(system: CodeSystem, code: &Code) -> Option<ProcedureCode> {
    let is_procedure = matches!(system, CodeSystem::Cpt | CodeSystem::Hcpcs);
    is_procedure.then(|| ProcedureCode::read(code.as_str().as_bytes())).flatten()
}

impl Edits {
    /// The checks of these lines on these days. The ends of a range are not checked: nobody bills all between them.
    pub(super) fn all(lines: &[CodeLine], desk: &Desk, days: &[Date], sources: &mut Sources) -> Self {
        let whole = lines.iter().filter(|line| line.range.is_none());
        let all: Vec<(ProcedureCode, &CodeLine)> =
            whole.filter_map(|line| Some((procedure(line.system, &line.code)?, line))).collect();
        let left_out = all.len().saturating_sub(MOST_PROCEDURES);
        let checked: Vec<_> = all.into_iter().take(MOST_PROCEDURES).collect();
        let codes: Vec<ProcedureCode> = checked.iter().map(|(code, _)| *code).collect();
        let mut edits = Self { left_out, ..Self::default() };
        for (at, one) in codes.iter().enumerate() {
            for (other_at, other) in codes.iter().enumerate().skip(at + 1) {
                let pair = PairCheck::of(desk, *one, *other, days, sources);
                if pair.is_edited() || other_at < MOST_PAIRED {
                    edits.pairs.push(pair);
                }
            }
        }
        for (code, line) in checked {
            edits.units.extend(UnitCheck::of(desk, code, line, days, sources));
            edits.add_ons.extend(AddOnCheck::of(desk, code, &codes, days, sources));
        }
        edits
    }
}
