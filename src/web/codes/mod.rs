//! Codes on pages: what is known of one on a date of service, codes from words, and the labels in lists. Nothing of a case
//! is shown here, and no case is changed.
//!
//! | file | holds |
//! |---|---|
//! | [`page`] | `/codes/{system}/{code}`: standing, history, tables, edits with others |
//! | [`search`] | `/codes`: codes from words |
//! | [`seen`] | the codes that a case mentions, as small labels |

pub(super) mod page;
pub(super) mod search;
pub(super) mod seen;

use jiff::civil::Date;

use super::failure::Failure;

/// The date of service that a page was asked for; an empty field is none.
fn day(text: Option<&str>, today: Date) -> Result<Date, Failure> {
    match text.map(str::trim) {
        None | Some("") => Ok(today),
        Some(text) => text.parse().map_err(|_| Failure::Malformed),
    }
}
