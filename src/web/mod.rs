//! The web queue: sign-in, the list of cases, the case page, accounts, and a small JSON API.
//!
//! Pages are rendered on the server and work without script. No handler talks SMTP or IMAP, or changes a case
//! other than through [`crate::review`]. `serve` and `demo` are the callers.
//!
//! | module | what it does |
//! |---|---|
//! | [`context`] | what every handler is given |
//! | [`router`](mod@router) | which path leads where, and the layers around all of them |
//! | [`serve`](mod@serve) | answers connections until told to stop |
//! | [`live`] | open pages learn that something changed |
//! | [`pages`], [`frame`], [`words`] | the templates, what surrounds each page, how things are said |
//! | [`queue`] | the list of cases |
//! | [`codes`] | one code on a date, codes from words, and the codes that a case mentions |
//! | [`case`] | the case page and all that can be done on it |
//! | [`accounts`], [`outbox`] | pages for administrators, and for the demo |
//! | [`api`] | the same as JSON |
//! | [`sign_in`], [`session`], [`password`], [`throttle`] | who somebody is |
//! | [`form`], [`origin`], [`headers`], [`slow`] | what is let in, and what goes out with each answer |
//! | [`failure`], [`request_log`] | what is said when something goes wrong, and what is logged |
//! | [`assets`], [`health`] | stylesheet, script and icon; is the process up |

mod accounts;
mod api;
mod assets;
mod case;
mod codes;
pub mod context;
mod failure;
mod form;
mod frame;
mod headers;
mod health;
mod live;
mod origin;
mod outbox;
pub mod pages;
pub mod password;
mod queue;
mod request_log;
pub mod router;
pub mod serve;
mod session;
mod sign_in;
mod slow;
mod throttle;
mod words;

pub use context::{DemoNotice, WebContext};
pub use live::LOOK_EVERY;
pub use pages::Pages;
pub use router::router;
pub use serve::serve;
