//! Takes mails out of an IMAP mailbox without losing one.
//!
//! The server's flags are decoration; the database is the truth; the set of (UIDVALIDITY, UID) is the cursor. A mail
//! is accepted by the commit and by nothing else. Marks and moves follow the commit, and are done again when they
//! failed. Whatever the server does in between, each UID ends in one state of the ledger.
//!
//! ```text
//! run ── visit (one connection) ── look ── search, compare with the ledger
//!                │                   ├── fetch by ranges ─► commit (the next range overlaps)
//!                │                   ├── fetch alone what broke a connection before
//!                └── wait            └── mark or move; raise the floor
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`run`](mod@run) | for ever, or until the mailbox is drained; back-off between connections |
//! | `visit` | one connection: looks and waits |
//! | `look` | one comparison of the mailbox with the ledger, and what follows from it |
//! | `fetch` | the mails, in ranges that shrink when one of them breaks the connection |
//! | `blame` | whether a mail or the server is at fault |
//! | `commit` | the task that hands batches to the ledger |
//! | `marks` | flags and moves after the commit |
//! | `wait` | IDLE, or NOOP now and then |

mod blame;
mod commit;
mod fetch;
mod look;
mod marks;
pub mod run;

mod visit;
mod wait;

pub use crate::summary::Summary;
pub use run::{PollError, once, run};
