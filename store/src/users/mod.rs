//! The people who sign in.
//!
//! | file | holds |
//! |---|---|
//! | [`account`] | accounts: adding, finding, disabling, passwords |
//! | [`session`](mod@session) | browsers that are signed in |

pub mod account;
pub mod session;

pub use account::{User, add, by_name, get, list, set_disabled, set_password};
pub use session::{Session, close_session, open_session, session};
