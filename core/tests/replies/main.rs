//! Drafts of the labelled case mails (`tests/kinds/README.md`): whether they ask for what is missing and for nothing else,
//! how they read, and that the text and the HTML that leave say the same. Each mail is read from its bytes, with the
//! embedded catalogue, as a fresh installation has it. Of the two shares only `tune` is opened here.
//!
//! | module | what it holds |
//! |---|---|
//! | `mails` | the mails and their labels, shared with the test of kinds |
//! | `drafted` | one mail → its facts and its draft |
//! | `needs` | a score of what drafts ask for, and its ratchet |
//! | `letters` | complete replies as snapshots, and their two readings |
//! | `published` | replies from the published files |
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and its helpers fail with it")]

mod drafted;
mod letters;
#[path = "../../../tests/kinds/mails.rs"]
#[expect(dead_code, reason = "the labels of the injection set are for the program's own tests")]
mod mails;
mod needs;
mod published;
