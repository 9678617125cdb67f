//! Browsers that are signed in. The cookie's value is a secret that only the browser has: a row holds its hash,
//! and whoever reads the database cannot sign in with it.

use std::time::Duration;

use caseconsult_core::domain::{ids::UserId, instant::Instant};

use super::account::{User, UserRow, user_columns};
use crate::{Clock, Db, StoreError, db::both::both};

/// A session as found by its cookie.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who is signed in.
    pub user: User,
    /// Stands in every form of this session, against forged requests.
    pub form_token: String,
    /// When it ends.
    pub expires_at: Instant,
}

/// `seen_at` is for people to look at: not every request has to write it.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

/// Stores a session, and removes those that have expired.
///
/// # Errors
/// When the database refuses.
pub async fn open_session(
    db: &Db,
    clock: &Clock,
    user: UserId,
    token_hash: &str,
    form_token: &str,
    expires_at: Instant,
) -> Result<(), StoreError> {
    const SWEEP: &str = "DELETE FROM sessions WHERE expires_at <= $1";
    const OPEN: &str = "INSERT INTO sessions (token_hash, user_id, form_token, created_at, seen_at, expires_at) \
                        VALUES ($1, $2, $3, $4, $4, $5)";
    let now = clock.now().micros();
    both!(db.writer(), pool => {
        sqlx::query(SWEEP).bind(now).execute(pool).await?;
        sqlx::query(OPEN)
            .bind(token_hash)
            .bind(user.to_string())
            .bind(form_token)
            .bind(now)
            .bind(expires_at.micros())
            .execute(pool)
            .await?;
    });
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    form_token: String,
    expires_at: i64,
    seen_at: i64,
    #[sqlx(flatten)]
    user: UserRow,
}

/// The session of that cookie; none when it is unknown, has expired, or its account is disabled.
///
/// # Errors
/// When the database does not answer.
pub async fn session(db: &Db, clock: &Clock, token_hash: &str) -> Result<Option<Session>, StoreError> {
    const FIND: &str = concat!(
        "SELECT s.form_token, s.expires_at, s.seen_at, ",
        user_columns!(),
        " FROM sessions s JOIN users u ON u.id = s.user_id \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT u.disabled"
    );
    const TOUCH: &str = "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1";
    let now = clock.now();
    let row: Option<SessionRow> = both!(db.reader(), pool => {
        sqlx::query_as(FIND).bind(token_hash).bind(now.micros()).fetch_optional(pool).await?
    });
    let Some(row) = row else { return Ok(None) };
    if now.since(Instant::from_micros(row.seen_at)) >= TOUCH_EVERY {
        both!(db.writer(), pool => {
            sqlx::query(TOUCH).bind(token_hash).bind(now.micros()).execute(pool).await?;
        });
    }
    Ok(Some(Session {
        user: row.user.try_into()?,
        form_token: row.form_token,
        expires_at: Instant::from_micros(row.expires_at),
    }))
}

/// Signs out.
///
/// # Errors
/// When the database does not answer.
pub async fn close_session(db: &Db, token_hash: &str) -> Result<(), StoreError> {
    const CLOSE: &str = "DELETE FROM sessions WHERE token_hash = $1";
    both!(db.writer(), pool => {
        sqlx::query(CLOSE).bind(token_hash).execute(pool).await?;
    });
    Ok(())
}
