//! Cases: one consultation each, and the truth about what is owed to whom.
//!
//! | file | holds |
//! |---|---|
//! | [`row`] | a case and a message as rows |
//! | [`lists`] | looking: one case, lists, counts, its mails and participants |
//! | `transition` | what an event makes of a case, a follow-up that had to wait included |
//! | [`advance`](mod@advance) | the one way in which a case's state is written |
//! | `together` | the same for many cases at once |
//! | [`claim`](mod@claim) | a reviewer's hold on a case |
//! | [`lease`](mod@lease) | a worker's hold on a step of a case, and giving it back for later |

pub mod advance;
pub mod claim;
pub mod lease;
pub mod lists;
pub mod row;
pub(crate) mod together;
mod transition;

pub use advance::{advance, advance_now};
pub use claim::{claim, follow_up_read, renew_claim};
pub use lease::{Lease, lease, lease_ready, renew_lease, retry_at};
pub use lists::{Filter, counts, find, get, list, messages, messages_of_each, participants};
pub use row::{Case, Message};
