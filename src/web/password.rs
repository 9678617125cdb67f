//! Passwords: hashed with argon2id, compared without telling whether the name exists.
//!
//! Hashing takes tens of milliseconds of a core on purpose, so callers in async code use the `…_in_background`
//! functions, which run on tokio's blocking threads. `caseconsult user add` and the pages are the callers.

use std::sync::OnceLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// The shortest password that is accepted, in characters (NIST SP 800-63B-4 §3.1.1.2 asks for 15 when a password
/// is the only factor).
pub const SHORTEST: usize = 15;

/// The longest password in bytes: more would only serve to keep the machine busy.
pub const LONGEST: usize = 1024;

/// Why a password was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password needs at least {SHORTEST} characters; several words in a row are fine")]
    TooShort,
    /// More than [`LONGEST`] bytes.
    #[error("a password may have at most {LONGEST} bytes")]
    TooLong,
    /// The machine could not hash it.
    #[error("the password could not be hashed: {0}")]
    Hashing(String),
}

/// The PHC string (`$argon2id$v=19$…`) to store for `password`, with a fresh salt.
///
/// # Errors
/// When the password is too short or too long, or the system gives no randomness.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if password.len() > LONGEST {
        return Err(PasswordError::TooLong);
    }
    let hashed = Argon2::default().hash_password(password.as_bytes());
    Ok(hashed.map_err(|error| PasswordError::Hashing(error.to_string()))?.to_string())
}

/// Whether `password` belongs to the stored PHC string. Without a stored one (no such name) a decoy is compared,
/// so that the answer takes as long as for a name that exists.
#[must_use]
pub fn verify(stored: Option<&str>, password: &str) -> bool {
    static DECOY: OnceLock<String> = OnceLock::new();
    if password.len() > LONGEST {
        return false;
    }
    let decoy = || DECOY.get_or_init(|| hash("nobody has this password").unwrap_or_default()).as_str();
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or_else(decoy)) else {
        return false;
    };
    let matches = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    matches && stored.is_some()
}

/// [`hash`] on a blocking thread.
///
/// # Errors
/// As [`hash`].
pub async fn hash_in_background(password: String) -> Result<String, PasswordError> {
    let work = tokio::task::spawn_blocking(move || hash(&password)).await;
    work.unwrap_or_else(|error| Err(PasswordError::Hashing(error.to_string())))
}

/// [`verify`] on a blocking thread.
pub async fn verify_in_background(stored: Option<String>, password: String) -> bool {
    tokio::task::spawn_blocking(move || verify(stored.as_deref(), &password)).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_of_an_existing_name_is_accepted() {
        let stored = hash("three plain words").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify(Some(&stored), "three plain words"));
        assert!(!verify(Some(&stored), "three plain word"));
        assert!(!verify(None, "nobody has this password"), "the decoy opens nothing");
        assert!(!verify(Some("not a PHC string"), "three plain words"));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert_eq!(hash("fourteen chars"), Err(PasswordError::TooShort));
        assert_eq!(hash(&"x".repeat(LONGEST + 1)), Err(PasswordError::TooLong));
    }
}
