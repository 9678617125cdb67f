//! `[identity]`: who we are to our customers, and the secret that our names are signed with.

use std::path::PathBuf;

use caseconsult_core::domain::address::EmailAddress;
use secrecy::SecretString;
use serde::Deserialize;

use super::{ConfigError, secret};

/// The sender of every reply.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Identity {
    /// The address that customers write to and replies come from.
    pub address: Option<String>,
    /// The name beside it.
    pub name: String,
    /// Further addresses of ours; a mail from one of them is no question.
    pub aliases: Vec<String>,
    /// At least 32 random characters. Signs the Message-IDs and subject tags of replies, and the sessions' cookies.
    /// Changing it ends all sessions, and mails that answer earlier replies open new cases.
    pub secret: Option<SecretString>,
    /// A file that holds it.
    pub secret_file: Option<PathBuf>,
}

impl Default for Identity {
    fn default() -> Self {
        Self { address: None, name: "Coding desk".to_owned(), aliases: Vec::new(), secret: None, secret_file: None }
    }
}

impl Identity {
    /// The sender's address.
    ///
    /// # Errors
    /// When it is missing or no address.
    pub fn address(&self) -> Result<EmailAddress, ConfigError> {
        let text = self.address.as_deref().ok_or(ConfigError::Missing {
            key: "identity.address",
            message: "it is the address that customers write to, for example coding@your-domain.example",
        })?;
        EmailAddress::parse(text).map_err(|error| ConfigError::bad("identity.address", error.to_string()))
    }

    /// Our further addresses.
    ///
    /// # Errors
    /// When one of them is no address.
    pub fn aliases(&self) -> Result<Vec<EmailAddress>, ConfigError> {
        self.aliases
            .iter()
            .map(|text| {
                EmailAddress::parse(text).map_err(|error| ConfigError::bad("identity.aliases", error.to_string()))
            })
            .collect()
    }

    /// The installation's secret.
    ///
    /// # Errors
    /// When it is missing, too short, or its file cannot be read.
    pub fn secret(&self) -> Result<Vec<u8>, ConfigError> {
        let secret = secret::read("identity.secret", self.secret.as_ref(), self.secret_file.as_deref())?.ok_or(
            ConfigError::Missing {
                key: "identity.secret",
                message: "put 32 or more random characters into a file (openssl rand -hex 32) and name it in identity.secret_file",
            },
        )?;
        secret::long_enough("identity.secret", &secret)
    }
}
