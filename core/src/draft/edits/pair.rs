//! Two procedures against each other (NCCI PTP edits), in both settings and in either order.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{
    said::{Answer, Said},
    source::Sources,
};
use crate::{
    catalog::{
        Dataset, Setting,
        answer::{Desk, pair::PairEdit},
        procedure_code::ProcedureCode,
    },
    domain::code::Code,
};

/// A pair of the case's procedures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairCheck {
    /// The one that stands first in the codes table.
    pub one: Code,
    /// The other.
    pub other: Code,
    /// What each setting's table says on each day.
    pub answers: Vec<Answer<PairFact>>,
}

/// The edit that binds a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairFact {
    /// The code that is paid when both are billed.
    pub paid: Code,
    /// The code that is denied then.
    pub denied: Code,
    /// The modifier indicator: 0 none bypasses it, 1 one may, 9 the edit was withdrawn.
    pub indicator: u8,
    /// Its first day; none when the file does not tell.
    pub since: Option<Date>,
    /// CMS's reason, when it is one of the known ones.
    pub reason: Option<String>,
}

impl PairCheck {
    pub(super) fn of(
        desk: &Desk,
        one: ProcedureCode,
        other: ProcedureCode,
        days: &[Date],
        sources: &mut Sources,
    ) -> Self {
        let mut answers = Vec::new();
        for setting in Setting::ALL {
            for day in days {
                let said = Said::of(desk.pair(setting, one, other, *day), sources, PairFact::of);
                answers.push(Answer { table: Dataset::Ptp(setting), day: *day, said });
            }
        }
        Self { one: one.code(), other: other.code(), answers }
    }

    /// Whether some table knows an edit of the pair.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.answers.iter().any(|answer| answer.said.value().is_some())
    }
}

impl PairFact {
    fn of(edit: PairEdit) -> Self {
        Self {
            paid: edit.column_1.code(),
            denied: edit.edit.column_2.code(),
            indicator: edit.edit.indicator.digit(),
            since: edit.edit.effective,
            reason: edit.edit.rationale.and_then(|reason| reason.label()).map(str::to_owned),
        }
    }
}
