//! Takes mails from files: `.eml`, folders of them, Maildirs, and mbox files.
//!
//! | module | what it does |
//! |---|---|
//! | [`run`] | all files through the door of the ledger, with progress |
//! | `find` | which files there are |
//! | `mbox` | one mbox file → its mails |

mod find;
mod mbox;
pub mod run;

pub use run::{Imported, Monitor, import};
