//! What can go wrong with an IMAP server, in words that an operator can act on. Never carries mail text: what the
//! parser could not read is not repeated, since it may be a mail.

use std::{io, time::Duration};

use crate::{tls::TlsError, token::TokenError};

/// A failure of one command or of the connection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImapError {
    /// The server cannot be reached.
    #[error("cannot connect to {host}:{port}: {cause}")]
    Unreachable {
        /// As configured.
        host: String,
        /// As configured.
        port: u16,
        /// What the system said.
        cause: io::Error,
    },
    /// The host name cannot stand in a certificate.
    #[error("{0:?} is neither a host name nor an IP address")]
    BadHost(String),
    /// The mailbox name holds a control character.
    #[error("the mailbox name {0:?} cannot be used: it is empty or holds a control character")]
    BadName(String),
    /// TLS could not be agreed upon; most often the certificate is not trusted.
    #[error("TLS with {host} failed: {cause}")]
    Handshake {
        /// As configured.
        host: String,
        /// What rustls said.
        cause: io::Error,
    },
    /// There is no TLS configuration to begin with.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// No TLS is configured, and the server is not on this machine.
    #[error("refusing to sign in to {0} without TLS: set tls to \"implicit\" or \"starttls\"")]
    PlainRefused(String),
    /// There is no access token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The server refused the name, the password or the token.
    #[error("the mail server refused the sign-in: {0}")]
    SignIn(String),
    /// The server offers no sign-in that fits the settings.
    #[error("the mail server offers no {0} sign-in on this connection")]
    NoSignIn(&'static str),
    /// A tagged NO or BAD. The connection can still be used.
    #[error("the mail server refused {command}: {text}")]
    Refused {
        /// The command's name.
        command: &'static str,
        /// The server's words.
        text: String,
    },
    /// OK without what the command promises, such as a SELECT without UIDVALIDITY.
    #[error("the mail server answered {command} with OK but without {missing}")]
    Incomplete {
        /// The command's name.
        command: &'static str,
        /// What should have come.
        missing: &'static str,
    },
    /// The server said nothing for too long.
    #[error("the mail server was silent for {} s during {command}", limit.as_secs_f32())]
    Silent {
        /// The command's name.
        command: &'static str,
        /// How long.
        limit: Duration,
    },
    /// The connection ended: by BYE, by its end, or by an error of the network.
    #[error("lost the connection to the mail server during {command}: {cause}")]
    Lost {
        /// The command's name.
        command: &'static str,
        /// BYE's text or what the system said.
        cause: String,
    },
    /// The server's answer is not IMAP, or not IMAP that the parser knows. The connection is of no further use.
    #[error("the mail server's answer to {command} cannot be read")]
    Unreadable {
        /// The command's name.
        command: &'static str,
    },
}

impl ImapError {
    /// Whether only a change of the configuration helps, so that trying again is pointless.
    ///
    /// A wrong password is not one of them: passwords and tokens are renewed elsewhere, and servers refuse
    /// sign-ins for a while when they are overloaded.
    #[must_use]
    pub const fn is_configuration(&self) -> bool {
        matches!(self, Self::BadHost(_) | Self::BadName(_) | Self::Tls(_) | Self::PlainRefused(_))
    }

    /// Whether the connection can take a further command.
    #[must_use]
    pub const fn leaves_connection_usable(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Incomplete { .. } | Self::BadName(_))
    }
}
