//! What the physician fee schedule says of one code, alone and with each modifier: its relative values, and the
//! indicators that decide how it is paid beside others.
//!
//! The short descriptions of the file are not kept: those of CPT are the AMA's, and Level II has its own list.

use serde::{Deserialize, Serialize};

use super::super::{
    decimal::{Decimal, Factor, Rvu},
    layout::{
        pfs_indicator::{
            AssistantAtSurgery, Bilateral, CoSurgeons, ComponentIndicator, GlobalDays, MultipleProcedure, StatusCode,
            Supervision, TeamSurgery,
        },
        pfs_relative_value::Row,
    },
    procedure_code::ProcedureCode,
    sheet::json_body,
};
use crate::domain::code::Modifier;

/// All rows of a code, that without a modifier first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelativeValues(pub Vec<RelativeValue>);

json_body!(RelativeValues);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelativeValue {
    /// None for the service as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
    /// How Medicare treats it.
    pub status: StatusCode,
    /// The values are for information, and not used for Medicare payment.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not_used_for_payment: bool,
    /// The physician's work.
    pub work: Rvu,
    /// Malpractice.
    pub malpractice: Rvu,
    /// Outside of facilities.
    pub non_facility: Expense,
    /// In facilities.
    pub facility: Expense,
    /// Dollars for a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion_factor: Option<Factor>,
    /// How it is paid beside others.
    pub policy: Policy,
}

/// What depends on where the service is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expense {
    /// Practice expense.
    pub expense: Rvu,
    /// The sum of work, practice expense and malpractice, as CMS prints it.
    pub total: Rvu,
    /// Rarely or never performed there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rarely: bool,
}

/// The payment policy indicators; none where the file leaves one open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Professional and technical component.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentIndicator>,
    /// The global package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global_days: Option<GlobalDays>,
    /// The parts of a package before, in and after the operation, of 1.00; none where there is no package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<[Decimal<2>; 3]>,
    /// A second procedure on the same day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_procedure: Option<MultipleProcedure>,
    /// Both sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bilateral: Option<Bilateral>,
    /// An assistant at surgery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant: Option<AssistantAtSurgery>,
    /// Two surgeons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_surgeons: Option<CoSurgeons>,
    /// A team of surgeons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamSurgery>,
    /// The base code of its endoscopic family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endoscopic_base: Option<ProcedureCode>,
    /// Supervision of a diagnostic test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Supervision>,
    /// Of a family of diagnostic imaging, in which a second one is paid less.
    #[serde(skip_serializing_if = "is_false")]
    pub imaging_family: bool,
}

impl From<Row> for RelativeValue {
    fn from(row: Row) -> Self {
        let package = match (row.pre_operative, row.intra_operative, row.post_operative) {
            (Some(pre), Some(intra), Some(post)) if [pre, intra, post] != [Decimal::default(); 3] => {
                Some([pre, intra, post])
            }
            _ => None,
        };
        Self {
            modifier: row.modifier,
            status: row.status,
            not_used_for_payment: row.not_used_for_payment,
            work: row.work,
            malpractice: row.malpractice,
            non_facility: Expense {
                expense: row.non_facility_expense,
                total: row.non_facility_total,
                rarely: row.non_facility_na,
            },
            facility: Expense { expense: row.facility_expense, total: row.facility_total, rarely: row.facility_na },
            conversion_factor: row.conversion_factor,
            policy: Policy {
                component: row.component,
                global_days: row.global_days,
                package,
                multiple_procedure: row.multiple_procedure,
                bilateral: row.bilateral,
                assistant: row.assistant,
                co_surgeons: row.co_surgeons,
                team: row.team,
                endoscopic_base: row.endoscopic_base,
                supervision: row.supervision,
                imaging_family: row.imaging_family,
            },
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field on by reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
