//! An add-on code and the codes to which it may be added (NCCI add-on edits).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{
    said::{Answer, Said},
    source::Sources,
};
use crate::{
    catalog::{
        Dataset, answer::Desk, fact::add_on::AddOnPrimary, layout::ncci_add_on::AddOnType,
        procedure_code::ProcedureCode,
    },
    domain::code::Code,
};

/// An add-on code of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddOnCheck {
    /// The add-on code.
    pub code: Code,
    /// Its parents among the codes of the case, on any of the days.
    pub present: Vec<Code>,
    /// What the table says on each day.
    pub answers: Vec<Answer<AddOnFact>>,
}

/// The parents of an add-on code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddOnFact {
    /// The listed ones.
    pub parents: Vec<Code>,
    /// Whether contractors may accept others.
    pub others: bool,
}

impl AddOnCheck {
    /// None when the table does not list the code as an add-on, or is not loaded: then nothing tells what it is.
    pub(super) fn of(
        desk: &Desk,
        code: ProcedureCode,
        case: &[ProcedureCode],
        days: &[Date],
        sources: &mut Sources,
    ) -> Option<Self> {
        let of_day = |day: &Date| desk.add_on(code, *day).ok().and_then(|told| told.value().cloned());
        let listed: Vec<AddOnPrimary> = days.iter().filter_map(of_day).flatten().collect();
        if listed.is_empty() {
            return None;
        }
        let is_parent = |one: &&ProcedureCode| listed.iter().any(|primary| primary.code == Some(**one));
        let present = case.iter().filter(|one| **one != code).filter(is_parent).map(|one| one.code()).collect();
        let answers = days.iter().map(|day| {
            let said = Said::of(desk.add_on(code, *day), sources, |primaries| AddOnFact::of(&primaries));
            Answer { table: Dataset::AddOn, day: *day, said }
        });
        Some(Self { code: code.code(), present, answers: answers.collect() })
    }
}

impl AddOnFact {
    fn of(primaries: &[AddOnPrimary]) -> Self {
        let others = primaries.iter().any(|one| one.kind != AddOnType::Closed || one.code.is_none());
        let mut parents: Vec<Code> = primaries.iter().filter_map(|one| Some(one.code?.code())).collect();
        parents.sort();
        parents.dedup();
        Self { parents, others }
    }
}
