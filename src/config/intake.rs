//! `[intake]`: where mails come from.

use std::{path::PathBuf, time::Duration};

use caseconsult_workers::settings::{ImapSettings, Tls};
use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use secrecy::SecretString;
use serde::Deserialize;

use super::{ConfigError, secret::SignInKeys};

/// An IMAP mailbox, a Maildir, or both.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// A larger mail is kept as its headers and first 64 KiB, and held for a person.
    pub max_mail_mib: u64,
    /// `[intake.imap]`.
    pub imap: Option<Imap>,
    /// `[intake.maildir]`.
    pub maildir: Option<Maildir>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { max_mail_mib: 50, imap: None, maildir: None }
    }
}

/// `[intake.maildir]`: for sites whose mail server delivers to this machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maildir {
    /// The folder that holds `new` and `cur`.
    pub path: PathBuf,
}

/// `[intake.imap]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imap {
    /// The server's name, as in its certificate.
    pub host: String,
    /// 993 for implicit TLS, 143 for STARTTLS, when not given.
    pub port: Option<u16>,
    /// `implicit`, `starttls`, or `none` (loopback only).
    #[serde(default)]
    pub tls: Tls,
    /// PEM certificates that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// The account.
    pub user: String,
    /// Its password.
    pub password: Option<SecretString>,
    /// A file that holds it.
    pub password_file: Option<PathBuf>,
    /// A file that holds an OAuth 2 access token; read at each sign-in.
    pub access_token_file: Option<PathBuf>,
    /// A command that prints one; run at each sign-in.
    pub access_token_command: Option<Vec<String>>,
    /// The mailbox to watch.
    #[serde(default = "inbox")]
    pub mailbox: String,
    /// Where taken mails are moved. Without it they stay and are marked as seen.
    pub done_mailbox: Option<String>,
    /// Where copies of sent replies go. Without it none is kept.
    pub sent_mailbox: Option<String>,
    /// Wait for news with IDLE.
    #[serde(default = "yes")]
    pub idle: bool,
    /// The longest time between two looks.
    #[serde(default = "minute", with = "duration")]
    pub poll_every: Duration,
    /// To connect, with TLS and greeting.
    #[serde(default = "half_minute", with = "duration")]
    pub connect_timeout: Duration,
    /// Between two answers of the server.
    #[serde(default = "half_minute", with = "duration")]
    pub answer_timeout: Duration,
}

fn inbox() -> String {
    "INBOX".to_owned()
}
const fn yes() -> bool {
    true
}
const fn minute() -> Duration {
    Duration::from_secs(60)
}
const fn half_minute() -> Duration {
    Duration::from_secs(30)
}

/// Plain connections carry patients' details and passwords for everybody on the way to read.
pub(super) fn plain_only_on_loopback(section: &str, tls: Tls, host: &str) -> Result<(), ConfigError> {
    let loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if tls == Tls::None && !loopback {
        return Err(ConfigError::bad(
            format!("{section}.tls"),
            "\"none\" is only for a server on this machine: use \"implicit\" or \"starttls\"",
        ));
    }
    Ok(())
}

impl Imap {
    /// As the poller takes them.
    ///
    /// # Errors
    /// When no or more than one way to sign in is given, or TLS is off for a server elsewhere.
    pub fn settings(&self) -> Result<ImapSettings, ConfigError> {
        plain_only_on_loopback("intake.imap", self.tls, &self.host)?;
        let keys = SignInKeys {
            section: "intake.imap",
            password: self.password.as_ref(),
            password_file: self.password_file.as_deref(),
            access_token_file: self.access_token_file.as_ref(),
            access_token_command: self.access_token_command.as_ref(),
        };
        let sign_in = keys.sign_in()?.ok_or(ConfigError::Missing {
            key: "intake.imap.password",
            message: "give password, password_file, access_token_file or access_token_command",
        })?;
        Ok(ImapSettings {
            port: self.port.unwrap_or(if self.tls == Tls::Implicit { 993 } else { 143 }),
            tls: self.tls,
            ca_file: self.ca_file.clone(),
            mailbox: self.mailbox.clone(),
            done_mailbox: self.done_mailbox.clone(),
            sent_mailbox: self.sent_mailbox.clone(),
            idle: self.idle,
            poll_every: self.poll_every,
            connect_timeout: self.connect_timeout,
            answer_timeout: self.answer_timeout,
            ..ImapSettings::new(&self.host, &self.user, sign_in)
        })
    }
}
