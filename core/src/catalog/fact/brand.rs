//! The substances in a drug of one brand name (FDA).

use serde::{Deserialize, Serialize};

use super::super::sheet::json_body;

/// What a brand name stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Each once, in the file's order.
    pub substances: Vec<Substance>,
}

json_body!(Brand);

/// A substance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substance {
    /// FDA's display name.
    pub name: String,
    /// FDA's identifier.
    pub unii: String,
}
