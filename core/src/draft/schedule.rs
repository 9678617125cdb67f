//! What the physician fee schedule says of the procedures of a case: the global package, and the indicators for two
//! sides, assistants, second surgeons, teams, components and second procedures. Amounts only where somebody asks for
//! them. Called by `facts`; told by `answer` and by the section "Edit checks".

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    code_line::CodeLine,
    edits::{MOST_PROCEDURES, procedure},
    kind::Kind,
    said::{self, Answer, Said},
    source::{Cited, Sources},
};
use crate::{
    catalog::{
        Dataset,
        answer::{
            Desk,
            fee::{Amount, Site, amount},
        },
        decimal::{Dollars, Rvu},
        fact::relative_value::{Policy, RelativeValues},
        layout::pfs_indicator::{GlobalDays, StatusCode},
        procedure_code::ProcedureCode,
    },
    domain::code::Code,
};

/// A procedure of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleCheck {
    /// The procedure.
    pub code: Code,
    /// What the schedule says on each day.
    pub answers: Vec<Answer<ScheduleFact>>,
}

/// A procedure as a whole, without a modifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleFact {
    /// How Medicare treats it.
    pub status: StatusCode,
    /// The payment policy indicators.
    pub policy: Policy,
    /// Its values; none when nobody asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueFact>,
}

/// Relative values, and the amounts for the nation: before anything that depends on the claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueFact {
    /// The physician's work.
    pub work: Rvu,
    /// Of all parts together: outside of facilities, and in them.
    pub total: [Rvu; 2],
    /// The amounts, likewise; none where the schedule pays none there.
    pub dollars: [Option<Dollars>; 2],
}

impl ScheduleCheck {
    /// Of these lines, the procedures; with their values when `priced`. Nothing for kinds of question that no indicator
    /// answers.
    pub(super) fn all(
        lines: &[CodeLine],
        kinds: &[Kind],
        desk: &Desk,
        days: &[Date],
        priced: bool,
        sources: &mut Sources,
    ) -> Vec<Self> {
        let answers = |kind: &Kind| matches!(kind, Kind::K2 | Kind::K3 | Kind::K4 | Kind::K5 | Kind::K7 | Kind::K10);
        if !priced && !kinds.iter().any(answers) {
            return Vec::new();
        }
        let whole = lines.iter().filter(|line| line.range.is_none());
        let codes = whole.filter_map(|line| procedure(line.system, &line.code)).take(MOST_PROCEDURES);
        codes.map(|code| Self::of(code, desk, days, priced, sources)).collect()
    }

    fn of(code: ProcedureCode, desk: &Desk, days: &[Date], priced: bool, sources: &mut Sources) -> Self {
        let table = Dataset::RelativeValues;
        let answers = days.iter().map(|day| {
            let told = desk.relative_values(table, code, *day);
            // Rows with a modifier alone say nothing of the service as a whole.
            let told = told.map(|told| told.filter_map(|values| ScheduleFact::of(&values, priced)));
            Answer { table, day: *day, said: Said::of(told, sources, |fact| fact) }
        });
        Self { code: code.code(), answers: answers.collect() }
    }

    /// What is said on the first day, with its source.
    #[must_use]
    pub fn fact(&self) -> Option<(&ScheduleFact, &Cited)> {
        said::first(&self.answers)
    }

    /// The global package on the first day.
    #[must_use]
    pub fn package(&self) -> Option<(GlobalDays, &Cited)> {
        self.fact().and_then(|(fact, source)| Some((fact.policy.global_days?, source)))
    }
}

impl ScheduleFact {
    /// None when the schedule has only rows with a modifier.
    fn of(RelativeValues(rows): &RelativeValues, priced: bool) -> Option<Self> {
        let row = rows.iter().find(|row| row.modifier.is_none())?;
        let dollars = |site| match amount(row, site, None) {
            Amount::Dollars(dollars) => Some(dollars),
            _ => None,
        };
        let value = priced.then(|| ValueFact {
            work: row.work,
            total: [row.non_facility.total, row.facility.total],
            dollars: [dollars(Site::NonFacility), dollars(Site::Facility)],
        });
        Some(Self { status: row.status, policy: row.policy.clone(), value })
    }
}

/// The indicators that these kinds of question hang on, in sentences; and whether the schedule is missing for them.
pub(super) fn words(checks: &[ScheduleCheck], kinds: &[Kind]) -> (Vec<String>, bool) {
    let asks = |of: &[Kind]| kinds.iter().any(|kind| of.contains(kind));
    let lines = checks.iter().flat_map(|check| {
        said::sentences(check.code.as_str(), &check.answers, |fact| {
            let policy = &fact.policy;
            let told = |wanted: bool, name: &str, found: Option<(&str, &str)>| {
                found.filter(|_| wanted).map(|(digit, meaning)| format!("{name} {digit} ({})", lower(meaning)))
            };
            let mut parts: Vec<String> = [
                told(
                    asks(&[Kind::K2, Kind::K3, Kind::K7]),
                    "global days",
                    policy.global_days.map(|it| (it.as_str(), it.meaning())),
                ),
                told(asks(&[Kind::K3]), "bilateral indicator", policy.bilateral.map(|it| (it.as_str(), it.meaning()))),
                told(
                    asks(&[Kind::K3]),
                    "multiple procedure indicator",
                    policy.multiple_procedure.map(|it| (it.as_str(), it.meaning())),
                ),
                told(asks(&[Kind::K3]), "PC/TC indicator", policy.component.map(|it| (it.as_str(), it.meaning()))),
                told(asks(&[Kind::K10]), "assistant indicator", policy.assistant.map(|it| (it.as_str(), it.meaning()))),
                told(
                    asks(&[Kind::K10]),
                    "co-surgeon indicator",
                    policy.co_surgeons.map(|it| (it.as_str(), it.meaning())),
                ),
                told(asks(&[Kind::K10]), "team indicator", policy.team.map(|it| (it.as_str(), it.meaning()))),
            ]
            .into_iter()
            .flatten()
            .collect();
            parts.extend(fact.value.as_ref().map(ValueFact::words));
            (!parts.is_empty()).then(|| parts.join("; "))
        })
    });
    (lines.collect(), !checks.is_empty() && checks.iter().all(|check| said::is_not_loaded(&check.answers)))
}

impl ValueFact {
    /// `work 0.79, in all 1.82 outside of facilities and 1.28 in them; national amounts $58.87 and $41.40`.
    fn words(&self) -> String {
        let dollars = |at: usize| {
            self.dollars.get(at).copied().flatten().map_or_else(|| "none".to_owned(), |amount| format!("${amount}"))
        };
        let [outside, inside] = self.total;
        format!(
            "relative values: work {}, in all {outside} outside of facilities and {inside} in them; national amounts before anything that depends on the claim: {} and {}",
            self.work,
            dollars(0),
            dollars(1)
        )
    }
}

/// A meaning in the middle of a sentence.
pub(super) fn lower(meaning: &str) -> String {
    let mut chars = meaning.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// How many days after the procedure its package covers; none where the idea does not apply.
#[must_use]
pub const fn days_after(package: GlobalDays) -> Option<i64> {
    match package {
        GlobalDays::SameDay => Some(0),
        GlobalDays::TenDays => Some(10),
        GlobalDays::NinetyDays => Some(90),
        _ => None,
    }
}
