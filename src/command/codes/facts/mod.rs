//! `codes show` and `codes edits`: what the catalogue says of a code, and of codes together, on a date of service.
//!
//! A table that says nothing is told as such, with the edition that was looked into; a table that is not loaded for the
//! day too. Neither is ever told as "allowed".
//!
//! | file | tells |
//! |---|---|
//! | `show` | everything of one code, put together from |
//! | `standing` | … whether it was in force, and |
//! | `units` | … unit limits and add-on edits |
//! | `edits` | which codes are edited against each other |
//! | `told` | the answer of a table, in words and in JSON |

mod edits;
mod show;
mod standing;
mod told;
mod units;

use caseconsult_core::catalog::Setting;
use jiff::civil::Date;

pub use edits::edits;
pub use show::show;

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The date of service.
    pub on: Date,
    /// Whose claims; both settings when not known.
    pub setting: Option<Setting>,
}

impl Asked {
    fn settings(self) -> Vec<Setting> {
        self.setting.map_or_else(|| Setting::ALL.to_vec(), |setting| vec![setting])
    }
}
