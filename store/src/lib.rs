//! All SQL of caseconsult, written once for SQLite and PostgreSQL.
//!
//! The rest of the program sees functions that take a [`Db`] (or a [`Tx`]) and the nouns of `core::domain`. A
//! change of a case's state, its event and its next job are committed together here, or not at all. No function
//! has an effect outside the database, and none reads the clock: instants and ids come from [`clock::Clock`].
//!
//! | module | what it keeps |
//! |---|---|
//! | [`db`] | the connection to either database, migrations, transactions |
//! | [`clock`] | the one place that reads the clock and makes ids |
//! | [`intake`] | the ledger of mails seen, and the door through which a mail becomes a case |
//! | [`raw`] | raw mails in chunks |
//! | [`cases`] | cases: lists, transitions, claims, leases |
//! | [`readings`], [`drafts`] | what was made of a case's mails |
//! | [`replies`] | approved bytes and the tries to send them |
//! | [`precedents`] | what sent replies are found by when the like is asked again |
//! | [`accepted`] | codes that a reviewer took from the candidates |
//! | [`events`] | the history of a case |
//! | [`queue`] | jobs for apalis, enqueued inside our transactions |
//! | [`users`] | accounts and sessions |
//! | [`catalogue`] | editions and codes |

pub mod accepted;
pub mod cases;
pub mod catalogue;
pub mod clock;
pub mod db;
pub mod drafts;
pub mod error;
pub mod events;
pub mod intake;
pub mod precedents;
pub mod queue;
pub mod raw;
pub mod readings;
pub mod replies;
pub(crate) mod row;
pub mod users;

pub use clock::Clock;
pub use db::{Db, Tx};
pub use error::StoreError;
