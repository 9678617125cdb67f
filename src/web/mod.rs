//! The web queue: sign-in, the list of cases, the case page, accounts, and a small JSON API.
//!
//! Pages are rendered on the server and work without script. No handler talks SMTP or IMAP, or changes a case
//! other than through [`crate::review`]. `serve` and `demo` are the callers.
//!
//! | module | what it does |
//! |---|---|
//! | [`context`] | what every handler is given |
//! | [`bell`] | tells open pages that something changed |
//! | [`pages`] | the templates, embedded and checked |
//! | [`router`] | which path leads where, and the layers around all of them |
//! | [`serve`] | answers connections until told to stop |
//! | [`health`] | is the process up, is the database there |

pub mod bell;
pub mod context;
mod health;
pub mod pages;
pub mod router;
pub mod serve;

pub use bell::Bell;
pub use context::{DemoNotice, WebContext};
pub use pages::Pages;
pub use router::router;
pub use serve::serve;
