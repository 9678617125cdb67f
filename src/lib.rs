//! The application: command line, configuration, web pages and the wiring of the process.
//!
//! It is a library so that tests can serve the pages in their own process; `main.rs` only calls
//! [`command::main`]. It holds no SQL and speaks neither IMAP nor SMTP.
//!
//! | module | what it does |
//! |---|---|
//! | [`command`] | one file for each command |
//! | [`process`] | logs, stopping, and the parts that every command with a database needs |
//! | [`demo`] | the sample mails |
//! | [`config`] | the configuration file, the environment and the flags, checked before anything starts |
//! | [`precedent`] | what was answered before: the replies that were sent to questions like a case's |
//! | [`review`] | what a reviewer may do with a case, for the pages and the command line alike |
//! | [`search`] | the search index of a database: made from the catalogue, kept beside it |
//! | [`web`] | the pages |

pub mod command;
pub mod config;
pub mod demo;
pub mod precedent;
pub mod process;
pub mod review;
pub mod search;
pub mod web;
