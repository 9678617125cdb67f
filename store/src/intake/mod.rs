//! How a mail gets in: the ledger of what was seen in each mailbox, and the one door through which a mail becomes
//! part of a case. Called by the pollers and by the import of files.
//!
//! | file | holds |
//! |---|---|
//! | [`mailbox`](mod@mailbox) | a mailbox in one epoch, how far it is done, and its poll lock |
//! | [`ledger`] | one row for each mail ever seen, and what became of it |
//! | [`door`] | taking in a batch: all of it in one transaction |
//! | `decision` | what becomes of one mail: a new case, a follow-up, a copy, a known mail under a new name |
//! | `known` | what the database knows about a batch |
//! | `rows` | a batch's rows, written with few statements |

mod decision;
pub mod door;
mod known;
pub mod ledger;
pub mod mailbox;
mod rows;

pub use door::{Accepted, Arrival, accept};
pub use ledger::{absent, broke, counts, known_items, known_uids, marked, unmarked};
pub use mailbox::{Mailbox, PollLock, lock, mailbox, set_floor, swept};
