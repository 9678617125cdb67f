//! What only PostgreSQL needs: connecting, durability, locks, and advice to its planner.

use std::{str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::StoreError;

/// Sessions run with `synchronous_commit = off` (see [`open`]); this transaction waits for the disk.
pub(crate) const BEGIN_DURABLE: &str = "BEGIN; SET LOCAL synchronous_commit = on";

/// Keys of our advisory locks: any number no other program in the database uses.
pub(crate) mod lock {
    /// Held while migrating.
    pub(crate) const MIGRATE: i64 = 0x0CA5_EC05_0000_0001;
    /// Held while a batch of mails is taken in.
    pub(crate) const DOOR: i64 = 0x0CA5_EC05_0000_0002;
    /// Held by the node that reconciles.
    pub(crate) const RECONCILE: i64 = 0x0CA5_EC05_0000_0003;
    /// The first of the two keys of a source's poll lock; the second is a hash of its name.
    pub(crate) const POLL: i32 = 0x0CA5_EC05;
}

/// What each session begins with. LZ4, where the server has it, because the default compression of long values
/// costs more than all else that taking a mail in does (0.7 ms of 0.9 for a text of 8 KB).
const SESSION: &str = "SET synchronous_commit = off; \
     SELECT set_config(name, 'lz4', FALSE) FROM pg_settings \
     WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

/// Connects. Commits do not wait for the disk unless the transaction was begun as durable: what a crash of the
/// server can then undo, the last half second of work steps and of apalis's bookkeeping, is done again anyway.
pub(crate) async fn open(url: &str, max_connections: u32) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::BadUrl(error.to_string()))?
        .disable_statement_logging();
    let shown = format!(
        "postgres://{}@{}:{}/{}",
        options.get_username(),
        options.get_host(),
        options.get_port(),
        options.get_database().unwrap_or_default()
    );
    PgPoolOptions::new()
        .max_connections(max_connections.max(2))
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(|conn, _| {
            Box::pin(async move {
                sqlx::raw_sql(SESSION).execute(conn).await?;
                Ok(())
            })
        })
        .connect_with(options.application_name("caseconsult"))
        .await
        .map_err(|error| StoreError::Unreachable { url: shown, cause: error.to_string() })
}

/// Makes `apalis.get_jobs` use its index. Its LIMIT is a parameter, so the planner expects to return a tenth of
/// the table, and sorts all waiting jobs at each fetch (70 ms at 100,000; 3 ms with these settings).
pub(crate) async fn advise_planner(conn: &mut PgConnection) -> Result<(), StoreError> {
    let set: Option<Vec<String>> = sqlx::query_scalar(
        "SELECT proconfig FROM pg_proc WHERE oid = 'apalis.get_jobs(text,text,integer)'::regprocedure",
    )
    .fetch_one(&mut *conn)
    .await?;
    for setting in ["enable_sort", "enable_seqscan", "enable_bitmapscan"] {
        let wanted = format!("{setting}=off");
        if !set.iter().flatten().any(|stands| *stands == wanted) {
            let sql = format!("ALTER FUNCTION apalis.get_jobs(text, text, integer) SET {setting} = off");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *conn).await?;
        }
    }
    Ok(())
}
