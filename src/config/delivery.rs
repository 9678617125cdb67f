//! `[delivery]`: how replies leave. Exactly one of SMTP and a folder.

use std::{path::PathBuf, time::Duration};

use caseconsult_workers::settings::{SignIn, SmtpSettings, Tls, Transport};
use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use secrecy::SecretString;
use serde::Deserialize;

use super::{ConfigError, intake::plain_only_on_loopback, secret::SignInKeys};

/// A mail server, or a folder for trying out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Delivery {
    /// `[delivery.smtp]`.
    pub smtp: Option<Smtp>,
    /// `[delivery.folder]`.
    pub folder: Option<Folder>,
}

/// `[delivery.folder]`: replies become files and go nowhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
}

/// `[delivery.smtp]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// The server's name, as in its certificate.
    pub host: String,
    /// 465 for implicit TLS, 587 for STARTTLS, 25 for none, when not given.
    pub port: Option<u16>,
    /// `starttls`, `implicit`, or `none` (loopback only).
    #[serde(default = "starttls")]
    pub tls: Tls,
    /// PEM certificates that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// The account; empty for a server on this machine that asks for none.
    #[serde(default)]
    pub user: String,
    /// Its password.
    pub password: Option<SecretString>,
    /// A file that holds it.
    pub password_file: Option<PathBuf>,
    /// A file that holds an OAuth 2 access token; read at each sign-in.
    pub access_token_file: Option<PathBuf>,
    /// A command that prints one; run at each sign-in.
    pub access_token_command: Option<Vec<String>>,
    /// The name given in EHLO.
    pub hello_name: Option<String>,
    /// To connect, with TLS.
    #[serde(default = "half_minute", with = "duration")]
    pub connect_timeout: Duration,
    /// For the answer to a command.
    #[serde(default = "five_minutes", with = "duration")]
    pub command_timeout: Duration,
    /// For the answer to the final dot.
    #[serde(default = "ten_minutes", with = "duration")]
    pub dot_timeout: Duration,
}

const fn starttls() -> Tls {
    Tls::Starttls
}
const fn half_minute() -> Duration {
    Duration::from_secs(30)
}
const fn five_minutes() -> Duration {
    Duration::from_secs(300)
}
const fn ten_minutes() -> Duration {
    Duration::from_secs(600)
}

impl Delivery {
    /// As the deliver worker takes it; none when neither is configured.
    ///
    /// # Errors
    /// When both are, or the SMTP section cannot be used.
    pub fn transport(&self) -> Result<Option<Transport>, ConfigError> {
        match (&self.smtp, &self.folder) {
            (Some(_), Some(_)) => Err(ConfigError::bad("delivery", "give either [delivery.smtp] or [delivery.folder]")),
            (Some(smtp), None) => Ok(Some(Transport::Smtp(smtp.settings()?))),
            (None, Some(folder)) => Ok(Some(Transport::Folder(folder.path.clone()))),
            (None, None) => Ok(None),
        }
    }
}

impl Smtp {
    /// As the deliver worker takes them.
    ///
    /// # Errors
    /// When more than one way to sign in is given, or TLS is off for a server elsewhere.
    pub fn settings(&self) -> Result<SmtpSettings, ConfigError> {
        plain_only_on_loopback("delivery.smtp", self.tls, &self.host)?;
        let keys = SignInKeys {
            section: "delivery.smtp",
            password: self.password.as_ref(),
            password_file: self.password_file.as_deref(),
            access_token_file: self.access_token_file.as_ref(),
            access_token_command: self.access_token_command.as_ref(),
        };
        let port = match self.tls {
            Tls::Implicit => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        };
        Ok(SmtpSettings {
            port: self.port.unwrap_or(port),
            tls: self.tls,
            ca_file: self.ca_file.clone(),
            hello_name: self.hello_name.clone(),
            connect_timeout: self.connect_timeout,
            command_timeout: self.command_timeout,
            dot_timeout: self.dot_timeout,
            ..SmtpSettings::new(&self.host, &self.user, keys.sign_in()?.unwrap_or(SignIn::Nobody))
        })
    }
}
