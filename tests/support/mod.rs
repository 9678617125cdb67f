//! Private servers, scripted ones, and what this machine has.
//!
//! | module | what it gives a test |
//! |---|---|
//! | `machine` | which programs are installed, free ports, the one way to skip |
//! | `certs` | an authority and a server certificate, as files |
//! | `dovecot` | a private IMAP, LMTP and sign-in server |
//! | `imap_script` | an IMAP server that lies as a test says |
//! | `postfix` | a private SMTP server that delivers into it |
//! | `model_script` | a model that says what a test says |
//! | `smtp_script` | a mail server that does what a test says |
//! | `reply_loss` | a proxy that loses the answer after the final dot |
//! | `postgres` | a private PostgreSQL, and a database of its own for each test |
//! | `http` | a tiny HTTP client |
//! | `browser` | a real Chromium |

pub(crate) mod browser;
pub(crate) mod certs;
pub(crate) mod dovecot;
pub(crate) mod http;
pub(crate) mod imap_script;
pub(crate) mod machine;
pub(crate) mod model_script;
pub(crate) mod postfix;
pub(crate) mod postgres;
pub(crate) mod reply_loss;
pub(crate) mod smtp_script;
