//! One query body, pasted once for each driver.
//!
//! The SQL is the same text on both databases (`$1` placeholders, `ON CONFLICT`, `RETURNING`), but the drivers'
//! types are not, and sqlx's `Any` driver would give up typed errors and arrays. So [`both!`] matches on the
//! database and pastes the body into both arms, where it is compiled against concrete types.

/// A pool or a connection of one of the two drivers.
pub(crate) enum On<S, P> {
    /// SQLite.
    Sqlite(S),
    /// PostgreSQL.
    Postgres(P),
}

/// `both!(db.reader(), pool => body)` or, for bodies that must name the driver,
/// `both!(tx.connection(), conn: Driver => body)`.
macro_rules! both {
    ($on:expr, $conn:ident => $body:expr) => {
        match $on {
            $crate::db::both::On::Sqlite($conn) => $body,
            $crate::db::both::On::Postgres($conn) => $body,
        }
    };
    ($on:expr, $conn:ident: $driver:ident => $body:expr) => {
        match $on {
            $crate::db::both::On::Sqlite($conn) => {
                type $driver = sqlx::Sqlite;
                $body
            }
            $crate::db::both::On::Postgres($conn) => {
                type $driver = sqlx::Postgres;
                $body
            }
        }
    };
}
pub(crate) use both;
