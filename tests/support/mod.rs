//! Private servers, scripted ones, and what this machine has.
//!
//! | module | what it gives a test |
//! |---|---|
//! | `machine` | which programs are installed, free ports, the one way to skip |
//! | `certs` | an authority and a server certificate, as files |
//! | `dovecot` | a private IMAP, LMTP and sign-in server |

pub(crate) mod certs;
pub(crate) mod dovecot;
pub(crate) mod machine;
