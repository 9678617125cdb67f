//! What one MS-DRG weighs, and how transfers out of it are paid. Its title stands in the list of MS-DRGs.

use serde::{Deserialize, Serialize};

use super::super::{
    decimal::{Days, Factor},
    layout::drg_weights::{Kind, Mdc, Row},
    sheet::json_body,
};

/// The weight and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrgWeight {
    /// Its major diagnostic category.
    pub mdc: Mdc,
    /// Surgical or medical; none where neither.
    pub kind: Option<Kind>,
    /// Whether the post-acute care transfer policy applies.
    pub post_acute: bool,
    /// Whether its special payment applies to transfers.
    pub special_pay: bool,
    /// The relative weight that is paid; none for those that are not paid.
    pub weight: Option<Factor>,
    /// The weight before the cap on decreases; none where the file has one column.
    pub weight_before_cap: Option<Factor>,
    /// Geometric mean length of stay.
    pub geometric_stay: Option<Days>,
    /// Arithmetic mean length of stay.
    pub arithmetic_stay: Option<Days>,
}

json_body!(DrgWeight);

impl From<&Row> for DrgWeight {
    fn from(row: &Row) -> Self {
        Self {
            mdc: row.mdc,
            kind: row.kind,
            post_acute: row.post_acute,
            special_pay: row.special_pay,
            weight: row.weight,
            weight_before_cap: row.weight_before_cap,
            geometric_stay: row.geometric_stay,
            arithmetic_stay: row.arithmetic_stay,
        }
    }
}
