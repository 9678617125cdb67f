//! What anesthesia is paid by: a code's base units, and a locality's conversion factor.

use serde::{Deserialize, Serialize};

use super::super::{
    decimal::Factor,
    layout::anesthesia::{FactorRow, UnitsRow},
    sheet::json_body,
};

/// The base units of an anesthesia code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseUnits {
    /// How many.
    pub units: u32,
}

json_body!(BaseUnits);

impl From<UnitsRow> for BaseUnits {
    fn from(row: UnitsRow) -> Self {
        Self { units: row.units }
    }
}

/// Dollars for a unit of anesthesia in a locality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnesthesiaFactor {
    /// As CMS names the locality.
    pub name: String,
    /// For whoever is no qualifying APM participant.
    pub factor: Factor,
    /// For qualifying APM participants, where the year has a factor of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifying: Option<Factor>,
}

json_body!(AnesthesiaFactor);

impl From<FactorRow> for AnesthesiaFactor {
    fn from(row: FactorRow) -> Self {
        Self { name: row.name, factor: row.factor, qualifying: row.qualifying }
    }
}
