//! How to reach the mailbox and the mail server, and how long to wait. Read from the configuration file; each
//! field's default is what a site with a plain mail server wants.

use std::{path::PathBuf, time::Duration};

use secrecy::SecretString;
use serde::Deserialize;

use crate::wording::Endpoint;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte (RFC 8314): IMAP 993, SMTP 465.
    #[default]
    Implicit,
    /// Plain, then STARTTLS, which must succeed: IMAP 143, SMTP 587.
    Starttls,
    /// None. Refused except for a loopback address.
    None,
}

/// How to sign in. `password` and `access_token` may be given as `…_file` or `…_command` in the configuration.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// Nobody: only for an SMTP server on loopback.
    Nobody,
    /// LOGIN or AUTH PLAIN.
    Password(SecretString),
    /// XOAUTH2 with an access token that somebody else renews: read again at each sign-in.
    XOauth2(TokenSource),
}

/// Where an access token is read from, at each sign-in, because it lives for an hour.
#[derive(Clone, Debug)]
pub enum TokenSource {
    /// Given in the configuration.
    Fixed(SecretString),
    /// The whole content of a file, trimmed.
    File(PathBuf),
    /// The output of a command, trimmed.
    Command(Vec<String>),
}

/// A mailbox on an IMAP server.
#[derive(Clone, Debug)]
pub struct ImapSettings {
    /// Host name, checked against the certificate.
    pub host: String,
    /// 993, 143 or another.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Certificates (PEM) that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// The account's name.
    pub user: String,
    /// How to sign in.
    pub sign_in: SignIn,
    /// The mailbox to watch, usually `INBOX`.
    pub mailbox: String,
    /// Where taken mails are moved; without it they are marked `\Seen` and stay.
    pub done_mailbox: Option<String>,
    /// Where copies of sent replies go; without it none is appended.
    pub sent_mailbox: Option<String>,
    /// Whether to wait with IDLE (RFC 2177) between polls.
    pub idle: bool,
    /// The longest time between two looks at the mailbox, with or without IDLE.
    pub poll_every: Duration,
    /// The longest single IDLE, or pause between two NOOPs. Each round ends with an answer of the server, so that a
    /// connection that died without a word is noticed within this plus `answer_timeout`.
    pub idle_round: Duration,
    /// How often the whole mailbox is compared with the ledger, not only what is new by its UID.
    pub sweep_every: Duration,
    /// To connect, including TLS and greeting.
    pub connect_timeout: Duration,
    /// How long the server may be silent while it owes an answer.
    pub answer_timeout: Duration,
    /// First pause after a lost connection; doubles, with jitter, up to `max_backoff`.
    pub min_backoff: Duration,
    /// Longest pause between two tries to connect.
    pub max_backoff: Duration,
}

impl ImapSettings {
    /// Settings for this host and account with every default: implicit TLS on 993, `INBOX`, IDLE.
    #[must_use]
    pub fn new(host: &str, user: &str, sign_in: SignIn) -> Self {
        Self {
            host: host.to_owned(),
            port: 993,
            tls: Tls::Implicit,
            ca_file: None,
            user: user.to_owned(),
            sign_in,
            mailbox: "INBOX".to_owned(),
            done_mailbox: None,
            sent_mailbox: None,
            idle: true,
            poll_every: Duration::from_secs(60),
            idle_round: Duration::from_secs(25),
            sweep_every: Duration::from_secs(3600),
            connect_timeout: Duration::from_secs(30),
            answer_timeout: Duration::from_secs(30),
            min_backoff: Duration::from_secs(1),
            max_backoff: Duration::from_secs(120),
        }
    }

    /// The mailbox's name in the ledger: `imap://user@host:port/mailbox`.
    #[must_use]
    pub fn source(&self) -> String {
        format!("imap://{}@{}:{}/{}", self.user, self.host, self.port, self.mailbox)
    }
}

/// The server that takes our mail.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Host name, checked against the certificate.
    pub host: String,
    /// 465, 587 or another.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Certificates (PEM) that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// The account's name.
    pub user: String,
    /// How to sign in.
    pub sign_in: SignIn,
    /// The name given in EHLO; the machine's own when none.
    pub hello_name: Option<String>,
    /// To connect, including TLS.
    pub connect_timeout: Duration,
    /// For the answer to each command (RFC 5321 §4.5.3.2 says 5 minutes).
    pub command_timeout: Duration,
    /// For the answer to the final dot (RFC 5321 §4.5.3.2.6 says 10 minutes).
    pub dot_timeout: Duration,
}

impl SmtpSettings {
    /// Settings for this host and account with every default: STARTTLS on 587.
    #[must_use]
    pub fn new(host: &str, user: &str, sign_in: SignIn) -> Self {
        Self {
            host: host.to_owned(),
            port: 587,
            tls: Tls::Starttls,
            ca_file: None,
            user: user.to_owned(),
            sign_in,
            hello_name: None,
            connect_timeout: Duration::from_secs(30),
            command_timeout: Duration::from_secs(300),
            dot_timeout: Duration::from_secs(600),
        }
    }
}

/// How replies leave.
#[derive(Clone, Debug)]
pub enum Transport {
    /// Over SMTP.
    Smtp(SmtpSettings),
    /// Into a folder, one `.eml` a reply: for the demo and for trying out.
    Folder(PathBuf),
}

/// A model that may phrase parts of a draft.
#[derive(Clone, Debug)]
pub struct WordingSettings {
    /// Where it is asked, by the protocol of OpenAI's chat completions.
    pub endpoint: Endpoint,
    /// Its name there.
    pub model: String,
    /// Sent as a bearer token.
    pub key: Option<SecretString>,
    /// Certificates (PEM) that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// For the whole answer.
    pub timeout: Duration,
    /// Whether it may have a public address; then over https alone.
    pub allow_public_address: bool,
}

/// How the queue's workers run.
#[derive(Clone, Debug)]
pub struct WorkSettings {
    /// Jobs of one queue handled at once.
    pub concurrency: usize,
    /// How long a worker may hold a case before another takes it over.
    pub lease: Duration,
    /// How often a step is tried before the case is held.
    pub max_attempts: u32,
    /// First pause before a failed step is tried again; doubles up to an hour.
    pub retry_base: Duration,
    /// How often each queue looks for jobs besides being woken.
    pub poll_every: Duration,
    /// How often the reconciler runs.
    pub reconcile_every: Duration,
}

impl Default for WorkSettings {
    fn default() -> Self {
        Self {
            concurrency: 4,
            lease: Duration::from_secs(120),
            max_attempts: 5,
            retry_base: Duration::from_secs(60),
            poll_every: Duration::from_millis(250),
            reconcile_every: Duration::from_secs(30),
        }
    }
}
