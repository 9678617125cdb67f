//! Hands one reply to the mail server, over a connection of its own, and says how that ended.
//!
//! Never lettre's pool: a send that is cancelled there leaves a half-done transaction for the next mail to fall
//! into. Never a second try: that is for [`crate::deliver`], the only caller, to decide.
//!
//! | module | one sentence |
//! |---|---|
//! | [`phase`] | the steps of a transaction, and what a failure in each of them means for the reply |
//! | [`stream`] | the bytes' way to the server, plain or TLS, as lettre takes it |
//! | [`starttls`] | from a plain connection to a protected one (RFC 3207) |
//! | [`connect`] | TCP, TLS, greeting and sign-in |
//! | [`send`](mod@send) | one mail from MAIL FROM to the answer after the final dot |

mod connect;
mod phase;
mod send;
mod starttls;
mod stream;

pub use connect::{Session, open};
pub use phase::{Failure, Phase, Trouble};
pub use send::send;
