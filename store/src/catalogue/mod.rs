//! Editions of code sets, and what they say of codes.
//!
//! | file | holds |
//! |---|---|
//! | `row` | an edition and an entry as rows |
//! | [`import`] | filling editions unseen, and the one switch that makes them live |
//! | [`change`] | what differs between two editions |
//! | [`licence`] | who accepted which terms |
//! | [`sheets`](mod@sheets) | what editions say under a key |
//! | [`shelf`](mod@shelf) | the live editions, over the built-in catalogue |

pub mod change;
pub mod import;
pub mod licence;
mod row;
pub mod sheets;
pub mod shelf;

pub use change::{each_change, replaced_by};
pub use import::{Import, add_rows, add_sheets, begin_import, go_live, go_live_together, remove_edition};
pub use sheets::{desk, desk_of, each_sheet, sheets};
pub use shelf::{count_codes, each_entry, editions, shelf, shelf_of};
