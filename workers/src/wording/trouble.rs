//! Why there is no wording. The words go into the history of a case and into the log: they hold nothing of a mail and nothing
//! of the answer.

use std::time::Duration;

use caseconsult_core::draft::wording::Refusal;

use crate::tls::TlsError;

/// What stood in the way.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The endpoint's name does not resolve.
    #[error("the endpoint's host name is not known")]
    UnknownHost,
    /// It leads outside, and nobody said that it may.
    #[error("the endpoint has a public address: use a private one, or set wording.allow_public_address")]
    Public,
    /// It leads outside without TLS.
    #[error("the endpoint has a public address and is not https")]
    PlainToPublic,
    /// It leads where no model is.
    #[error("the endpoint has an address that nothing may be sent to")]
    Unfit,
    /// No connection, or none that is safe.
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(std::io::ErrorKind),
    /// Its certificate, or our list of those, cannot be used.
    #[error("the endpoint's TLS: {0}")]
    Tls(#[from] TlsError),
    /// Another status than 200. A redirect is one of these.
    #[error("the endpoint answered with status {0}")]
    Status(u16),
    /// The connection ended within the answer, or what came is no HTTP.
    #[error("the endpoint's answer was cut off")]
    CutOff,
    /// More than an answer can be.
    #[error("the endpoint's answer is too long")]
    TooLong,
    /// Nothing within the time.
    #[error("the endpoint did not answer within {} s", .0.as_secs_f32())]
    Slow(Duration),
    /// It failed a moment ago, and is left alone for a while.
    #[error("the endpoint failed a moment ago and was not asked")]
    Resting,
    /// It answered, and the answer was not taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Trouble {
    /// Whether the next case would meet it too, so that it need not be tried at once.
    #[must_use]
    pub(super) const fn lasts(&self) -> bool {
        match self {
            Self::UnknownHost | Self::Unreachable(_) | Self::Slow(_) | Self::CutOff => true,
            Self::Status(status) => *status >= 500 || *status == 429,
            _ => false,
        }
    }
}
