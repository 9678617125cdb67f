//! A mailbox in one epoch, how far it is done, and the lock that keeps a second poller away from it.

use caseconsult_core::domain::{digest::Digest, ids::MailboxId, instant::Instant};

use crate::{
    Clock, Db, StoreError,
    db::{both::both, postgres, text::storable},
    row::Column,
};

/// A mailbox in one UIDVALIDITY epoch (RFC 9051 §2.3.1.1).
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its id.
    pub id: MailboxId,
    /// Where it is: `imap://user@host:143/INBOX`, `maildir:/path`, `import`.
    pub source: String,
    /// Its UIDVALIDITY; 0 for Maildirs and imports.
    pub epoch: i64,
    /// Every UID up to this one has a final row in the ledger.
    pub floor_uid: u32,
    /// When the server's list was last compared with the ledger as a whole.
    pub swept_at: Instant,
    /// Whether the same source was seen with another UIDVALIDITY. Its mails are known then, under other UIDs.
    pub renewed: bool,
}

#[derive(sqlx::FromRow)]
struct MailboxRow {
    id: String,
    floor_uid: i64,
    swept_at: i64,
    renewed: bool,
}

/// Finds the mailbox of that source and epoch, or begins it.
///
/// # Errors
/// When the database does not answer.
pub async fn mailbox(db: &Db, clock: &Clock, source: &str, epoch: i64) -> Result<Mailbox, StoreError> {
    const FIND: &str = "SELECT id, floor_uid, swept_at, \
                        EXISTS (SELECT 1 FROM mailboxes o WHERE o.source = $1 AND o.epoch <> $2) AS renewed \
                        FROM mailboxes WHERE source = $1 AND epoch = $2";
    const BEGIN: &str = "INSERT INTO mailboxes (id, source, epoch, created_at) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (source, epoch) DO NOTHING";
    let source = storable(source).into_owned();
    let id = MailboxId::new(clock.id());
    both!(db.writer(), pool => {
        sqlx::query(BEGIN)
            .bind(id.to_string())
            .bind(&source)
            .bind(epoch)
            .bind(clock.now().micros())
            .execute(pool)
            .await?;
    });
    let row: MailboxRow =
        both!(db.writer(), pool => sqlx::query_as(FIND).bind(&source).bind(epoch).fetch_one(pool).await?);
    let column = |name| Column("mailboxes", name);
    Ok(Mailbox {
        id: column("id").read(&row.id)?,
        source,
        epoch,
        floor_uid: column("floor_uid").count(row.floor_uid)?,
        swept_at: Instant::from_micros(row.swept_at),
        renewed: row.renewed,
    })
}

/// Raises the floor; never lowers it.
///
/// # Errors
/// When the database does not answer.
pub async fn set_floor(db: &Db, mailbox: MailboxId, floor_uid: u32) -> Result<(), StoreError> {
    const RAISE: &str = "UPDATE mailboxes SET floor_uid = $2 WHERE id = $1 AND floor_uid < $2";
    both!(db.writer(), pool => {
        sqlx::query(RAISE).bind(mailbox.to_string()).bind(i64::from(floor_uid)).execute(pool).await?;
    });
    Ok(())
}

/// Records that the server's list was compared with the ledger as a whole.
///
/// # Errors
/// When the database does not answer.
pub async fn swept(db: &Db, clock: &Clock, mailbox: MailboxId) -> Result<(), StoreError> {
    const SWEPT: &str = "UPDATE mailboxes SET swept_at = $2 WHERE id = $1";
    both!(db.writer(), pool => {
        sqlx::query(SWEPT).bind(mailbox.to_string()).bind(clock.now().micros()).execute(pool).await?;
    });
    Ok(())
}

/// Held while polling; let go on drop.
#[derive(Debug)]
pub struct PollLock(
    #[expect(dead_code, reason = "its session holds the lock")] Option<sqlx::pool::PoolConnection<sqlx::Postgres>>,
);

/// Takes the poll lock of a source; none when another process has it. On PostgreSQL it is a session's advisory
/// lock, which ends with its connection however the process ends. On SQLite it is always granted: two processes
/// on one machine are the operator's doing, and the ledger takes each mail once whoever brings it.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(db: &Db, source: &str) -> Result<Option<PollLock>, StoreError> {
    let Db::Postgres { pool, .. } = db else { return Ok(Some(PollLock(None))) };
    let mut conn = pool.acquire().await?;
    // Given back to the pool, the session would hold the lock for ever.
    conn.close_on_drop();
    let granted: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1, $2)")
        .bind(postgres::lock::POLL)
        .bind(key(source))
        .fetch_one(&mut *conn)
        .await?;
    Ok(granted.then_some(PollLock(Some(conn))))
}

/// The first 32 bits of the name's SHA-256: the same in every process and version.
fn key(source: &str) -> i32 {
    let digest = Digest::of(source.as_bytes());
    let bits = digest.as_str().get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    bits.unwrap_or_default().cast_signed()
}
