//! The hands of caseconsult: they take mails in, work on cases, and send what was approved.
//!
//! | module | what it does |
//! |---|---|
//! | [`context`] | what every worker is given |
//! | [`settings`] | how to reach mailbox and mail server, and how long to wait |
//! | [`crash`] | named points where tests end the process, to prove that nothing is lost |
//! | [`arrival`] | from a mail's bytes to what the ledger's door takes |
//! | [`poller`] | mails from an IMAP mailbox |
//! | [`maildir`] | mails from a Maildir |
//! | [`import`] | mails from files |
//! | [`summary`] | what became of them, in numbers |
//! | [`imap`] | a cautious IMAP client |
//! | [`queue`] | the apalis workers, and the frame around each step's work |
//! | [`smtp`] | hands one reply to the mail server |
//! | [`tls`] | whom the IMAP and the SMTP client trust |
//! | [`token`] | access tokens for XOAUTH2 |

pub mod arrival;
pub mod context;
pub mod crash;
pub mod imap;
pub mod import;
pub mod maildir;
pub mod poller;
pub mod queue;
pub mod settings;
pub mod smtp;
pub mod summary;
pub mod tls;
pub mod token;
