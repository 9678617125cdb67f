//! Every whole-program test, in one binary, so that it links once.
//!
//! | module | what it shows |
//! |---|---|
//! | `support` | private servers and scripted ones, and the program as a test drives it |
//! | `catalogue` | the files as CMS and CDC publish them, at full size |
//! | `store` | every statement on both databases |
//! | `intake` | mails from real and lying IMAP servers, Maildirs and files |
//! | `queue` | the workers on apalis, and what apalis gets wrong |
//! | `deliver` | replies to real and lying SMTP servers |
//! | `attachments` | codes in attached files, from the bytes of a mail to the draft |
//! | `web` | the pages, in a browser and without |
//! | `command` | the command line |
//! | `kinds` | how well kinds of question are told apart |
//! | `trip` | from a mailbox to the asker's thread, also when the process is killed on the way |
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and its helpers fail with it")]

mod attachments;
mod catalogue;
mod command;
mod deliver;
mod intake;
mod kinds;
mod queue;
mod store;
mod support;
mod trip;
mod web;
