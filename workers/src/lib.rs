//! The hands of caseconsult: they take mails in, work on cases, and send what was approved.
//!
//! | module | what it does |
//! |---|---|
//! | [`context`] | what every worker is given |
//! | [`settings`] | how to reach mailbox and mail server, and how long to wait |
//! | [`attachments`] | attached files, each read in a process of its own |
//! | [`bell`] | tells open pages that cases changed |
//! | [`crash`] | named points where tests end the process, to prove that nothing is lost |
//! | [`arrival`] | from a mail's bytes to what the ledger's door takes |
//! | [`poller`] | mails from an IMAP mailbox |
//! | [`maildir`] | mails from a Maildir |
//! | [`import`] | mails from files |
//! | [`summary`] | what became of them, in numbers |
//! | [`fleet`] | everything below, for one process |
//! | [`queue`] | the apalis workers, and the frame around each step's work |
//! | [`extract`] | the first step: bytes of mails → what was read in them |
//! | [`draft`] | the second step: what was read → the draft of a reply |
//! | [`deliver`] | the third step: an approved reply → the mail server, at most once |
//! | `findings` | what the guard finds in a text that is about to leave |
//! | `objection` | why an approved reply must not leave after all |
//! | [`folder`] | a folder in the place of a mail server |
//! | [`sent_copy`] | copies of sent replies in our Sent mailbox |
//! | [`reconciler`] | rings again where a bell was lost |
//! | [`imap`] | a cautious IMAP client |
//! | [`smtp`] | hands one reply to the mail server |
//! | [`source`] | an IMAP mailbox or a Maildir, watched or drained |
//! | [`tls`] | whom the IMAP and the SMTP client trust |
//! | [`wording`] | asks a model for the wording of a draft, where an operator wants it |
//! | [`token`] | access tokens for XOAUTH2 |

pub mod arrival;
pub mod attachments;
pub mod bell;
pub mod context;
pub mod crash;
pub mod deliver;
pub mod draft;
pub mod extract;
mod findings;
pub mod fleet;
pub mod folder;
pub mod imap;
pub mod import;
pub mod maildir;
mod objection;
pub mod poller;
pub mod queue;
pub mod reconciler;
pub mod sent_copy;
pub mod settings;
pub mod smtp;
pub mod source;
pub mod summary;
pub mod tls;
pub mod token;
pub mod wording;

pub use findings::findings;
