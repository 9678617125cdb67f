//! Editions of code sets, and what they say of codes.
//!
//! | file | holds |
//! |---|---|
//! | [`live`] | the live editions, remembered and never out of date |
//! | `look` | rows by their keys, and of which switch they are |
//! | `row` | an edition and an entry as rows |
//! | [`import`] | filling editions unseen, and the one switch that makes them live |
//! | [`change`] | what differs between two editions |
//! | [`against`] | … and between one and rows that are not stored |
//! | [`children`] | the billable codes below headers |
//! | [`licence`] | who accepted which terms |
//! | [`sheets`](mod@sheets) | what editions say under a key |
//! | [`shelf`](mod@shelf) | what editions say of codes, over the built-in catalogue |

pub mod against;
pub mod change;
pub mod children;
pub mod import;
pub mod licence;
pub mod live;
mod look;
mod row;
pub mod sheets;
pub mod shelf;

pub use against::Against;
pub use change::{each_change, replaced_by};
pub use children::add_children;
pub use import::{Import, add_rows, add_sheets, begin_import, go_live, go_live_together, remove_edition};
pub use live::{Live, editions};
pub use sheets::{desk, each_sheet};
pub use shelf::{count_codes, each_entry, shelf};
