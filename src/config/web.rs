//! `[web]`: where the pages are, and who may reach them.

use std::{net::SocketAddr, time::Duration};

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use serde::Deserialize;

use super::ConfigError;

/// The review pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that browsers use, e.g. `https://coding.your-domain.example`.
    pub public_url: Option<String>,
    /// Listen on a public address without TLS in front. Passwords and patients' details then travel in the clear.
    pub insecure_public_listener: bool,
    /// How long a reviewer's claim on a case lasts without a sign of life.
    #[serde(with = "duration")]
    pub claim: Duration,
    /// How long a sign-in lasts.
    #[serde(with = "duration")]
    pub session: Duration,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8025)),
            public_url: None,
            insecure_public_listener: false,
            claim: Duration::from_secs(600),
            session: Duration::from_secs(12 * 3600),
        }
    }
}

impl Web {
    /// Refuses to show patients' details on an address that others reach, unless TLS stands in front or the operator
    /// says so.
    ///
    /// # Errors
    /// When the listener is not on loopback and neither `public_url` is https nor `insecure_public_listener` is set.
    pub fn check(&self) -> Result<(), ConfigError> {
        let behind_tls = self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if self.listen.ip().is_loopback() || behind_tls || self.insecure_public_listener {
            return Ok(());
        }
        Err(ConfigError::bad(
            "web.listen",
            format!(
                "{} can be reached from outside without TLS: put a TLS proxy in front and set web.public_url to its https address, \
                 listen on 127.0.0.1, or set web.insecure_public_listener = true",
                self.listen
            ),
        ))
    }

    /// Whether cookies may demand TLS.
    #[must_use]
    pub fn secure_cookies(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_listener_needs_tls_in_front_or_a_plain_word() {
        let public = Web { listen: "0.0.0.0:80".parse().unwrap(), ..Web::default() };
        assert!(Web::default().check().is_ok());
        assert!(public.check().unwrap_err().to_string().contains("web.public_url"));
        assert!(Web { public_url: Some("http://x.example".to_owned()), ..public }.check().is_err());
        assert!(Web { public_url: Some("https://x.example".to_owned()), ..public }.check().is_ok());
        assert!(Web { insecure_public_listener: true, ..public }.check().is_ok());
    }
}
