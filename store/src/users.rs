//! Accounts and sessions. STUB: to be written.
use crate::{Clock, Db, StoreError};
use caseconsult_core::domain::{ids::UserId, instant::Instant, user::Role};
/// An account.
#[derive(Clone, Debug)]
pub struct User {
    /// .
    pub id: UserId,
    /// what is typed at sign-in
    pub name: String,
    /// .
    pub role: Role,
    /// e.g. `CPC`; printed as "reviewed by"
    pub credential: String,
    /// argon2 PHC string
    pub password_hash: String,
    /// .
    pub disabled: bool,
}
/// `Taken` when the name exists.
pub async fn add(
    _db: &Db,
    _clock: &Clock,
    _name: &str,
    _role: Role,
    _credential: &str,
    _password_hash: &str,
) -> Result<User, StoreError> {
    unimplemented!()
}
/// .
pub async fn by_name(_db: &Db, _name: &str) -> Result<Option<User>, StoreError> {
    unimplemented!()
}
/// .
pub async fn get(_db: &Db, _id: UserId) -> Result<User, StoreError> {
    unimplemented!()
}
/// .
pub async fn list(_db: &Db) -> Result<Vec<User>, StoreError> {
    unimplemented!()
}
/// New hash; ends all sessions of the user.
pub async fn set_password(_db: &Db, _id: UserId, _password_hash: &str) -> Result<(), StoreError> {
    unimplemented!()
}
/// Ends all sessions too.
pub async fn set_disabled(_db: &Db, _id: UserId, _disabled: bool) -> Result<(), StoreError> {
    unimplemented!()
}
/// A session as found by its cookie.
#[derive(Clone, Debug)]
pub struct Session {
    /// .
    pub user: User,
    /// in every form, against CSRF
    pub form_token: String,
    /// .
    pub expires_at: Instant,
}
/// Stores a session.
pub async fn open_session(
    _db: &Db,
    _clock: &Clock,
    _user: UserId,
    _token_hash: &str,
    _form_token: &str,
    _expires_at: Instant,
) -> Result<(), StoreError> {
    unimplemented!()
}
/// None when unknown, expired, or its user is disabled. Touches seen_at at most once a minute.
pub async fn session(_db: &Db, _clock: &Clock, _token_hash: &str) -> Result<Option<Session>, StoreError> {
    unimplemented!()
}
/// Sign-out.
pub async fn close_session(_db: &Db, _token_hash: &str) -> Result<(), StoreError> {
    unimplemented!()
}
