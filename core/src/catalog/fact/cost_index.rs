//! The geographic practice cost indices of one locality.

use serde::{Deserialize, Serialize};

use super::super::{decimal::Index, layout::pfs_gpci::Row, sheet::json_body};

/// What a locality's costs are beside the nation's, which are 1.000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostIndices {
    /// Two letters.
    pub state: String,
    /// As CMS names the locality.
    pub name: String,
    /// For the physician's work, with the floor of 1.0 where the file has it.
    pub work: Index,
    /// For practice expense.
    pub practice_expense: Index,
    /// For malpractice.
    pub malpractice: Index,
}

json_body!(CostIndices);

impl From<Row> for CostIndices {
    fn from(row: Row) -> Self {
        let Row { state, name, work, practice_expense, malpractice, .. } = row;
        Self { state, name, work, practice_expense, malpractice }
    }
}
