//! The medically unlikely edit of one code in one setting and quarter.

use serde::{Deserialize, Serialize};

use super::super::{
    layout::ncci_mue::{AdjudicationIndicator, Row},
    sheet::json_body,
};

/// How many units are paid at most. 0 is a limit like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLimit {
    /// Units of service, by line or by day as the indicator says.
    pub units: u32,
    /// What the limit is applied to (MAI).
    pub adjudication: AdjudicationIndicator,
    /// CMS's reason.
    pub rationale: String,
}

json_body!(UnitLimit);

impl From<Row> for UnitLimit {
    fn from(row: Row) -> Self {
        Self { units: row.units, adjudication: row.adjudication, rationale: row.rationale }
    }
}
