//! Mails from real and lying IMAP servers, from Maildirs and from files: each ends in the right ledger state.
//!
//! | module | what it shows |
//! |---|---|
//! | `server` | the private Dovecot does what the others rely on |
//! | `given` | a database, settings and mails to begin with |
//! | `sign_in` | TLS, STARTTLS, passwords and tokens, good and bad |
//! | `drain` | a real mailbox, taken to the last mail |
//! | `watch` | IDLE, and what interrupts it |
//! | `lies` | servers that break off, refuse, fall silent or talk nonsense |
//! | `odd` | mails that no reader expects |
//! | `maildir`, `import` | the other ways in |

mod drain;
mod given;
mod import;
mod lies;
mod maildir;
mod odd;
mod server;
mod sign_in;
mod watch;
