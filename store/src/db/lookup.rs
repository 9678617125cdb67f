//! Looking up each of many keys by its index, and keys that begin alike.

use super::both::On;

/// What stands behind a column to compare it byte by byte, which SQLite always does and PostgreSQL by its locale.
pub(crate) const fn bytewise<S, P>(on: &On<S, P>) -> &'static str {
    match on {
        On::Sqlite(_) => "",
        On::Postgres(_) => " COLLATE \"C\"",
    }
}

/// What stands before the table and behind the condition of a statement that looks up each of many keys:
/// `SELECT found.… FROM (VALUES …⟨before⟩table AS found WHERE found.… = wanted.column1⟨behind⟩`.
///
/// With `IN (…)`, a PostgreSQL that has not counted the table's rows yet, as while a new mailbox is taken in, reads
/// all of them for each batch. `OFFSET 0` keeps it from turning these lookups into that.
pub(crate) const fn each_by_itself<S, P>(on: &On<S, P>) -> (&'static str, &'static str) {
    match on {
        On::Sqlite(_) => (") AS wanted CROSS JOIN ", ""),
        On::Postgres(_) => (") AS wanted CROSS JOIN LATERAL (SELECT found.* FROM ", " OFFSET 0) AS found"),
    }
}
