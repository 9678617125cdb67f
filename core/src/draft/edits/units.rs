//! The units of a procedure against its limits (NCCI MUE). A limit that is not published is no freedom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{
    code_line::CodeLine,
    said::{Answer, Said},
    source::Sources,
};
use crate::{
    catalog::{Dataset, Setting, answer::Desk, procedure_code::ProcedureCode},
    domain::code::Code,
};

/// A procedure and its limits of units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCheck {
    /// The procedure.
    pub code: Code,
    /// The most units that were asked about; none when no number was written.
    pub asked: Option<u32>,
    /// What each table says on each day.
    pub answers: Vec<Answer<UnitFact>>,
}

/// A limit of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFact {
    /// How many are paid at most.
    pub most: u32,
    /// The adjudication indicator: 1 by claim line, 2 by day and absolute, 3 by day with appeal.
    pub mai: u8,
}

impl UnitCheck {
    /// None when no table lists the code and no units were asked about.
    pub(super) fn of(
        desk: &Desk,
        code: ProcedureCode,
        line: &CodeLine,
        days: &[Date],
        sources: &mut Sources,
    ) -> Option<Self> {
        let asked = line.units.iter().copied().max();
        let mut answers = Vec::new();
        for table in limits(code) {
            for day in days {
                let said = Said::of(desk.units(table, code, *day), sources, |limit| UnitFact {
                    most: limit.units,
                    mai: limit.adjudication.digit(),
                });
                answers.push(Answer { table, day: *day, said });
            }
        }
        let speaks = |answer: &Answer<UnitFact>| answer.said.value().is_some();
        (asked.is_some() || answers.iter().any(speaks)).then(|| Self { code: code.code(), asked, answers })
    }

    /// Whether more units were asked about than this limit pays.
    #[must_use]
    pub fn is_over(&self, limit: UnitFact) -> bool {
        self.asked.is_some_and(|asked| asked > limit.most)
    }
}

/// Suppliers bill HCPCS Level II codes alone.
fn limits(code: ProcedureCode) -> Vec<Dataset> {
    let supplied = code.as_str().starts_with(|first: char| first.is_ascii_alphabetic());
    let both = Setting::ALL.into_iter().map(Dataset::Mue);
    both.chain(supplied.then_some(Dataset::MueSupplier)).collect()
}
