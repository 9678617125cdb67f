//! A place of service.

use serde::{Deserialize, Serialize};

use super::super::sheet::json_body;

/// What two digits stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// CMS's name.
    pub name: String,
    /// CMS's description, or empty.
    pub description: String,
    /// False when they stand for nothing yet.
    pub assigned: bool,
}

json_body!(Place);
