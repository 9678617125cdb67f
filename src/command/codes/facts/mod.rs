//! `codes show` and `codes edits`: what the catalogue says of a code, and of codes together, on a date of service.
//!
//! A table that says nothing is told as such, with the edition that was looked into; a table that is not loaded for the
//! day too. Neither is ever told as "allowed".
//!
//! | file | tells |
//! |---|---|
//! | `show` | everything of one code, put together from |
//! | `standing` | … whether it was in force, |
//! | `units` | … unit limits and add-on edits, |
//! | `fee` | … what the fee schedule says, |
//! | `anesthesia` | … what anesthesia is paid, |
//! | `grouper` | … MS-DRG weights and complications, |
//! | `crosswalk` | … what it is in the other revision of the ICD, |
//! | `diagnosis` | … the notes, index and lists of a diagnosis, |
//! | `coverage` | … coverage lists, and |
//! | `licensed` | … the operator's CPT files |
//! | `excludes` | which diagnoses exclude each other |
//! | `edits` | which codes are edited against each other |
//! | `told` | the answer of a table, in words and in JSON |

mod anesthesia;
mod coverage;
mod crosswalk;
mod diagnosis;
mod edits;
mod excludes;
mod fee;
mod grouper;
mod licensed;
mod show;
mod standing;
mod told;
mod units;

use caseconsult_core::catalog::{Setting, locality::Locality};
use jiff::civil::Date;

pub use edits::edits;
pub use grouper::complications;
pub use show::{known, show};
pub use told::Telling;

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The date of service.
    pub on: Date,
    /// Whose claims; both settings when not known.
    pub setting: Option<Setting>,
    /// Where fees are paid; the nation alone when not known.
    pub locality: Option<Locality>,
    /// How long anesthesia lasted; base units alone when not known.
    pub minutes: Option<u32>,
}

impl Asked {
    /// About a day, whatever the setting and the place.
    #[must_use]
    pub const fn on(day: Date) -> Self {
        Self { on: day, setting: None, locality: None, minutes: None }
    }

    fn settings(self) -> Vec<Setting> {
        self.setting.map_or_else(|| Setting::ALL.to_vec(), |setting| vec![setting])
    }
}
