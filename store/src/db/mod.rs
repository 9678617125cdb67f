//! The connection to either database.
//!
//! | file | holds |
//! |---|---|
//! | [`connection`] | [`Db`]: opening by URL, readers and the writer |
//! | [`transaction`] | [`Tx`]: all changes of one step, or none |
//! | [`schema`] | migrations, ours and those of apalis, and the version found |
//! | [`blocking`] | readers of a SQLite file on the thread that asks |
//! | `both` | the macro that pastes one query body for both drivers |
//! | `lookup` | looking up each of many keys by its index |
//! | `text` | what may be bound as text |
//! | `sqlite`, `postgres` | all that differs between the two: connecting, locking, planner advice |

pub mod blocking;
pub(crate) mod both;
pub mod connection;
pub(crate) mod lookup;
pub(crate) mod postgres;
pub mod schema;
pub(crate) mod sqlite;
pub(crate) mod text;
pub mod transaction;

pub use connection::{Db, DbSettings};
pub use transaction::Tx;
