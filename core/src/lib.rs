//! The knowledge of caseconsult: what a mail says, which codes it mentions, what the code sets say about them,
//! and how a coded reply is put together.
//!
//! Everything here is a function of its arguments. The crate opens no socket or file, runs no SQL, reads no
//! clock, draws no random number, and does not panic on any input. `store` keeps what it makes, `workers` feed
//! it mails, and the application shows its results to reviewers.
//!
//! | module | from → to |
//! |---|---|
//! | [`domain`] | the nouns: case and its life, mention, code, reply, event |
//! | [`mail`] | bytes → message; approved text → bytes to send |
//! | [`extract`] | text → mentions of codes, dates of service |
//! | [`identifier`] | text → what may identify a patient, and the text without it |
//! | [`catalog`] | official files → editions; code + date → what was in force |
//! | [`search`] | words → codes: what words mean, and how rows are ranked |
//! | [`draft`] | message + mentions + facts → the draft of a reply |
//! | [`precedent`] | a case + the replies that were sent → those that answer something like it, and what changed since |

pub mod catalog;
pub mod domain;
pub mod draft;
pub mod extract;
pub mod identifier;
pub mod mail;
pub mod precedent;
pub mod search;
