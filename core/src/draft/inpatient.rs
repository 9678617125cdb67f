//! What the inpatient tables say of the codes of a case: the weight of a group, whether a diagnosis raises one, and
//! whether it needs a present-on-admission indicator. Called by `facts` for questions about inpatient stays.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    code_line::CodeLine,
    kind::Kind,
    said::{Answer, Said},
    source::Sources,
};
use crate::{
    catalog::{Dataset, answer::Desk, fact::drg_weight::DrgWeight},
    domain::code::{Code, CodeSystem},
};

/// Codes that are looked up.
const MOST: usize = 20;

/// The inpatient facts of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inpatient {
    /// MS-DRGs with their weights.
    pub groups: Vec<GroupCheck>,
    /// Diagnoses on the lists of complications or of exemptions.
    pub diagnoses: Vec<StayCheck>,
}

/// An MS-DRG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCheck {
    /// Its number.
    pub group: Code,
    /// What the table of weights says on each day.
    pub answers: Vec<Answer<DrgWeight>>,
}

/// A diagnosis of a stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayCheck {
    /// The diagnosis.
    pub code: Code,
    /// The lists that name it on the first day.
    pub answers: Vec<Answer<ListFact>>,
}

/// A list that names a diagnosis, or is loaded and does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListFact {
    /// A major complication or comorbidity.
    Mcc,
    /// A complication or comorbidity.
    Cc,
    /// Exempt from the present-on-admission indicator.
    PoaExempt,
}

impl Inpatient {
    pub(super) fn all(lines: &[CodeLine], kinds: &[Kind], desk: &Desk, days: &[Date], sources: &mut Sources) -> Self {
        let of_system = |system| lines.iter().filter(move |line| line.system == system && line.range.is_none());
        let groups = of_system(CodeSystem::MsDrg).take(MOST).map(|line| {
            let answers = days.iter().map(|day| Answer {
                table: Dataset::DrgWeights,
                day: *day,
                said: Said::of(desk.drg_weight(&line.code, *day), sources, |weight| weight),
            });
            GroupCheck { group: line.code.clone(), answers: answers.collect() }
        });
        let groups = groups.collect();
        let is_stay = kinds.contains(&Kind::K14);
        let asked = of_system(CodeSystem::Icd10Cm).filter(|_| is_stay).take(MOST);
        let diagnoses = asked.map(|line| StayCheck::of(&line.code, desk, days, sources)).collect();
        Self { groups, diagnoses }
    }
}

impl StayCheck {
    fn of(code: &Code, desk: &Desk, days: &[Date], sources: &mut Sources) -> Self {
        let mut answers = Vec::new();
        for day in days.iter().take(1) {
            for (table, fact) in [(Dataset::Mcc, ListFact::Mcc), (Dataset::Cc, ListFact::Cc)] {
                let said = Said::of(desk.complication(table, code, *day), sources, |_| fact);
                answers.push(Answer { table, day: *day, said });
            }
            let said = Said::of(desk.poa_exempt(code, *day), sources, |_| ListFact::PoaExempt);
            answers.push(Answer { table: Dataset::PoaExempt, day: *day, said });
        }
        Self { code: code.clone(), answers }
    }
}
