//! Accounts. Passwords come here hashed and leave hashed; accounts are disabled and never deleted, because the
//! history of cases names them.

use caseconsult_core::domain::{ids::UserId, user::Role};

use crate::{
    Clock, Db, StoreError, Tx,
    db::{both::both, text::storable},
    row::Column,
};

/// An account.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// What is typed at sign-in.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The coder's certificate, such as `CPC`: printed below replies.
    pub credential: String,
    /// An argon2 hash in PHC form.
    pub password_hash: String,
    /// May not sign in.
    pub disabled: bool,
}

macro_rules! user_columns {
    () => {
        "u.id, u.name, u.role, u.credential, u.password_hash, u.disabled"
    };
}
pub(super) use user_columns;

#[derive(sqlx::FromRow)]
pub(super) struct UserRow {
    id: String,
    name: String,
    role: String,
    credential: String,
    password_hash: String,
    disabled: bool,
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("users", "id").read(&row.id)?,
            name: row.name,
            role: Column("users", "role").name(Role::read, &row.role)?,
            credential: row.credential,
            password_hash: row.password_hash,
            disabled: row.disabled,
        })
    }
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Taken`] when the name exists.
pub async fn add(
    db: &Db,
    clock: &Clock,
    name: &str,
    role: Role,
    credential: &str,
    password_hash: &str,
) -> Result<User, StoreError> {
    const ADD: &str = "INSERT INTO users (id, name, role, credential, password_hash, created_at) \
                       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING";
    let user = User {
        id: UserId::new(clock.id()),
        name: storable(name).into_owned(),
        role,
        credential: storable(credential).into_owned(),
        password_hash: password_hash.to_owned(),
        disabled: false,
    };
    let added = both!(db.writer(), pool => {
        sqlx::query(ADD)
            .bind(user.id.to_string())
            .bind(&user.name)
            .bind(role.as_str())
            .bind(&user.credential)
            .bind(&user.password_hash)
            .bind(clock.now().micros())
            .execute(pool)
            .await?
            .rows_affected()
    });
    if added == 1 { Ok(user) } else { Err(StoreError::Taken(user.name)) }
}

/// The account of that name, to the letter.
///
/// # Errors
/// When the database does not answer.
pub async fn by_name(db: &Db, name: &str) -> Result<Option<User>, StoreError> {
    const BY_NAME: &str = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.name = $1");
    let row: Option<UserRow> = both!(db.reader(), pool => {
        sqlx::query_as(BY_NAME).bind(storable(name).as_ref()).fetch_optional(pool).await?
    });
    row.map(User::try_from).transpose()
}

/// The account of that id.
///
/// # Errors
/// [`StoreError::NotFound`], or when the database does not answer.
pub async fn get(db: &Db, id: UserId) -> Result<User, StoreError> {
    const GET: &str = concat!("SELECT ", user_columns!(), " FROM users u WHERE u.id = $1");
    let row: Option<UserRow> =
        both!(db.reader(), pool => sqlx::query_as(GET).bind(id.to_string()).fetch_optional(pool).await?);
    row.ok_or(StoreError::NotFound("account"))?.try_into()
}

/// All accounts, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &Db) -> Result<Vec<User>, StoreError> {
    const LIST: &str = concat!("SELECT ", user_columns!(), " FROM users u ORDER BY u.name");
    let rows: Vec<UserRow> = both!(db.reader(), pool => sqlx::query_as(LIST).fetch_all(pool).await?);
    rows.into_iter().map(User::try_from).collect()
}

/// Sets another password, and signs the person out everywhere.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn set_password(db: &Db, id: UserId, password_hash: &str) -> Result<(), StoreError> {
    const SET: &str = "UPDATE users SET password_hash = $2 WHERE id = $1";
    let mut tx = db.begin().await?;
    let set = both!(tx.connection(), conn => {
        sqlx::query(SET).bind(id.to_string()).bind(password_hash).execute(conn).await?.rows_affected()
    });
    end_sessions_of_the_one_changed(tx, id, set).await
}

/// Disables an account, and signs the person out everywhere; or enables it again.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn set_disabled(db: &Db, id: UserId, disabled: bool) -> Result<(), StoreError> {
    const SET: &str = "UPDATE users SET disabled = $2 WHERE id = $1";
    let mut tx = db.begin().await?;
    let set = both!(tx.connection(), conn => {
        sqlx::query(SET).bind(id.to_string()).bind(disabled).execute(conn).await?.rows_affected()
    });
    end_sessions_of_the_one_changed(tx, id, set).await
}

async fn end_sessions_of_the_one_changed(mut tx: Tx, id: UserId, changed: u64) -> Result<(), StoreError> {
    const END: &str = "DELETE FROM sessions WHERE user_id = $1";
    if changed != 1 {
        return Err(StoreError::NotFound("account"));
    }
    both!(tx.connection(), conn => {
        sqlx::query(END).bind(id.to_string()).execute(conn).await?;
    });
    tx.commit().await
}
