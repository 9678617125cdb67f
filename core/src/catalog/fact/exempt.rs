//! A diagnosis that is exempt from the present-on-admission indicator.

use serde::{Deserialize, Serialize};

use super::super::sheet::json_body;

/// That a code has this sheet says that it is exempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoaExempt {
    /// The title on the list.
    pub title: String,
}

json_body!(PoaExempt);
