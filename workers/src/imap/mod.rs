//! A cautious IMAP client (RFC 9051, RFC 3501) over the parser of async-imap.
//!
//! async-imap's own calls report success on truncated answers: an end of the connection, a NO or a BAD in the
//! middle of SEARCH or FETCH all come back as `Ok` with part of the result. So nothing here uses them. Every
//! command goes through one [`exec::Session`] function that demands the tagged OK.
//!
//! | module | what it does |
//! |---|---|
//! | [`error`] | what can go wrong, and what it means for the connection |
//! | `wire` | bytes: TCP, TLS, and the limit on the server's silence |
//! | [`exec`] | one command, its answers, its tagged OK |
//! | [`connect`](mod@connect) | from settings to a session that is signed in |
//! | `sign_in` | LOGIN, PLAIN and XOAUTH2 |
//! | `name` | mailbox names as the protocol spells them |
//! | [`mailbox`] | SELECT, SEARCH, NOOP, CREATE, and which mailbox is \Sent |
//! | [`fetch`] | sizes, bodies, and bodies in parts |
//! | [`mark`] | flags and moves |
//! | [`append`] | a copy into a mailbox, once |
//! | [`idle`] | waiting for new mail |

pub mod append;
pub mod connect;
pub mod error;
pub mod exec;
pub mod fetch;
pub mod idle;
pub mod mailbox;
pub mod mark;
mod name;
mod sign_in;
mod wire;

pub use connect::connect;
pub use error::ImapError;
pub use exec::Session;
