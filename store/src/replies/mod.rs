//! Approved bytes, and the tries to send them. What is sent is what was approved: the bytes are stored with their
//! SHA-256, checked before each try, and never made again.
//!
//! | file | holds |
//! |---|---|
//! | [`reply`] | a reply and a try as rows |
//! | [`approve`](mod@approve) | from a reviewer's claim to bytes that may be sent |
//! | [`send`] | the try that is committed before the mail server is spoken to, and how it ended |
//! | `bounced` | what a delivery report proves about a reply that was sent |
//! | [`sent_copy`] | the copy for the Sent folder, which changes nothing about the case |

pub mod approve;
pub(crate) mod bounced;
pub mod reply;
pub mod send;
pub mod sent_copy;

pub use approve::{NewReply, approve};
pub use reply::{Attempt, Reply, attempts, get, of_case};
pub use send::{finish_sending, refuse, start_sending};
pub use sent_copy::{copies_due, copy_ended};
