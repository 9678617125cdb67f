//! A secret that stands in the file, in the environment, or in a file of its own.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use super::ConfigError;

/// The secret from `value`, or the trimmed content of `file`.
///
/// # Errors
/// When both are given, or the file cannot be read or is empty.
pub fn read(key: &str, value: Option<&SecretString>, file: Option<&Path>) -> Result<Option<SecretString>, ConfigError> {
    match (value, file) {
        (Some(_), Some(_)) => Err(ConfigError::bad(key, format!("give either {key} or {key}_file, not both"))),
        (Some(value), None) => Ok(Some(value.clone())),
        (None, Some(path)) => from_file(key, path).map(Some),
        (None, None) => Ok(None),
    }
}

fn from_file(key: &str, path: &Path) -> Result<SecretString, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError::bad(format!("{key}_file"), format!("cannot read {}: {error}", path.display())))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(ConfigError::bad(format!("{key}_file"), format!("{} is empty", path.display())));
    }
    Ok(SecretString::from(text.to_owned()))
}

/// How a section says whom to sign in as; the same keys for IMAP and SMTP.
#[derive(Clone, Copy, Debug)]
pub struct SignInKeys<'a> {
    /// `intake.imap` or `delivery.smtp`.
    pub section: &'a str,
    /// `password`.
    pub password: Option<&'a SecretString>,
    /// `password_file`.
    pub password_file: Option<&'a Path>,
    /// `access_token_file`.
    pub access_token_file: Option<&'a PathBuf>,
    /// `access_token_command`.
    pub access_token_command: Option<&'a Vec<String>>,
}

impl SignInKeys<'_> {
    /// The one way to sign in that is configured.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn sign_in(self) -> Result<Option<caseconsult_workers::settings::SignIn>, ConfigError> {
        use caseconsult_workers::settings::{SignIn, TokenSource};
        let password = read(&format!("{}.password", self.section), self.password, self.password_file)?;
        match (password, self.access_token_file, self.access_token_command) {
            (Some(password), None, None) => Ok(Some(SignIn::Password(password))),
            (None, Some(path), None) => Ok(Some(SignIn::XOauth2(TokenSource::File(path.clone())))),
            (None, None, Some(command)) if !command.is_empty() => {
                Ok(Some(SignIn::XOauth2(TokenSource::Command(command.clone()))))
            }
            (None, None, None) => Ok(None),
            _ => Err(ConfigError::bad(
                self.section,
                "give exactly one of password, password_file, access_token_file and access_token_command",
            )),
        }
    }
}

/// The bytes of the installation's secret, which is refused when it is too short to keep anybody out.
///
/// # Errors
/// When it has fewer than 32 characters.
pub fn long_enough(key: &str, secret: &SecretString) -> Result<Vec<u8>, ConfigError> {
    let bytes = secret.expose_secret().as_bytes();
    if bytes.len() < 32 {
        return Err(ConfigError::bad(
            key,
            "it must have at least 32 random characters, e.g. from: openssl rand -hex 32",
        ));
    }
    Ok(bytes.to_vec())
}
