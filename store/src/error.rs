//! What can go wrong with the database, in words that an operator can act on.

/// A failure of the store. Never carries mail text, addresses or bound values.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The URL's scheme is neither `sqlite` nor `postgres`, or the URL cannot be read.
    #[error("the database URL must start with sqlite: or postgres: ({0})")]
    BadUrl(String),
    /// The database cannot be reached or opened.
    #[error("cannot open the database {url}: {cause}")]
    Unreachable {
        /// The URL without its password.
        url: String,
        /// What the driver said.
        cause: String,
    },
    /// The database was made by a later version of this program.
    #[error(
        "the database has schema version {found}, this program knows versions up to {known}: use the newer program, or another database"
    )]
    Newer {
        /// What the database has.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// A migration failed.
    #[error("cannot bring the database up to date: {0}")]
    Migration(String),
    /// Somebody else changed the case first.
    #[error("somebody else changed this case a moment ago: look at it again")]
    Conflict,
    /// A transition that the case's state does not allow.
    #[error(transparent)]
    NotAllowed(#[from] caseconsult_core::domain::case::NotAllowed),
    /// Approving is refused because a participant wrote again.
    #[error("a new mail arrived in this case since the draft was made: read it first")]
    Stale,
    /// There is no such row.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A row that cannot be read back: damaged, or written by another program.
    #[error("table {table}, column {column}: a value cannot be read")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The reviewer's claim has lapsed, or another took the case over.
    #[error("you no longer hold this case: claim it again")]
    NotClaimed,
    /// The file of a fetched mail cannot be read back.
    #[error("cannot read the file of a fetched mail: {0}")]
    RawFile(#[from] std::io::Error),
    /// A name that is taken.
    #[error("the name {0:?} is taken")]
    Taken(String),
    /// Anything else that the database said.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The same of a look-up in the catalogue.
    #[error("database: {0}")]
    LookUp(#[from] rusqlite::Error),
}
