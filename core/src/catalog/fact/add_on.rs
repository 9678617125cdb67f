//! The NCCI add-on edits of one add-on code.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{
    layout::ncci_add_on::{AddOnType, Primary, Row},
    procedure_code::ProcedureCode,
    sheet::json_body,
};

/// What an add-on code may be added to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddOn {
    /// Its primary codes, as listed.
    pub primaries: Vec<AddOnPrimary>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddOnPrimary {
    /// Whether the list it stands on is whole.
    pub kind: AddOnType,
    /// The code; none for codes that the contractor decides on (`CCCCC`).
    pub code: Option<ProcedureCode>,
    /// First day of the pair; none when the file does not tell.
    pub effective: Option<Date>,
    /// Last day on which the pair, the primary code and the add-on code all stood; none while they do.
    pub deleted: Option<Date>,
    /// CMS's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

json_body!(AddOn);

impl AddOn {
    /// The primaries of `day`, as far as their own dates tell.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &AddOnPrimary> {
        self.primaries.iter().filter(move |primary| {
            primary.effective.is_none_or(|first| first <= day) && primary.deleted.is_none_or(|last| day <= last)
        })
    }
}

impl From<Row> for AddOnPrimary {
    fn from(row: Row) -> Self {
        let ends = [row.deleted, row.primary_deleted, row.add_on_deleted];
        Self {
            kind: row.kind,
            code: match row.primary {
                Primary::Code(code) => Some(code),
                Primary::ContractorDefined => None,
            },
            effective: row.effective,
            deleted: ends.into_iter().flatten().min(),
            note: row.note,
        }
    }
}
