//! The case page and all that can be done on it.
//!
//! | module | what it does |
//! |---|---|
//! | [`file`](mod@file) | everything the store knows of one case |
//! | [`page`] | the page: mail, facts, draft, history |
//! | [`mail_view`] | a mail as text with its codes marked |
//! | [`attachment_view`] | an attached file, and what was read of it |
//! | [`candidate_view`] | codes of the catalogue for what is described, to accept |
//! | [`earlier`](mod@earlier) | what was answered before |
//! | [`fact_view`] | what the code sets say about the codes |
//! | [`said_view`] | what the mails say around the codes |
//! | [`editor_view`] | the draft, what the guard finds in it, and which buttons there are |
//! | [`snippet_view`] | texts of the house that a reviewer can insert |
//! | [`reply_view`] | approved replies and the tries to send them |
//! | [`actions`] | claim, approve, return and the other posted forms |
//! | [`working_copy`] | keeping unfinished text; inserting a snippet; the preview |
//! | [`reveal`] | showing one masked detail of a mail, or all of them |
//! | [`originals`] | the raw mail and the approved bytes, to download |

pub(super) mod actions;
mod attachment_view;
pub(super) mod candidate_view;
pub(super) mod earlier;
mod editor_view;
mod fact_view;
mod file;
mod mail_view;
pub(super) mod originals;
pub(super) mod page;
mod reply_view;
pub(super) mod reveal;
mod said_view;
mod snippet_view;
pub(super) mod working_copy;

pub(super) use file::{CaseFile, MailFile, find};
pub(super) use snippet_view::SnippetView;
