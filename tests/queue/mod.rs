//! Our use of apalis, held against what apalis 1.0 gets wrong: an upgrade shows here what has changed.
//!
//! | module | what it shows |
//! |---|---|
//! | `script` | steps that do what a test says, and count what they did |
//! | `work` | cases are worked on once each, promptly, by several at once, by two nodes |
//! | `trouble` | panics, hangs, failures, unreadable jobs, lost bells and dead processes |

pub(crate) mod script;
mod trouble;
mod work;
