//! `[wording]`: a model that phrases parts of drafts. Off unless an endpoint is named.

use std::{path::PathBuf, time::Duration};

use caseconsult_workers::{settings::WordingSettings, wording::Endpoint};
use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use secrecy::SecretString;
use serde::Deserialize;

use super::{ConfigError, secret};

/// The model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wording {
    /// An address that speaks the protocol of OpenAI's chat completions: `http://127.0.0.1:8080/v1`.
    pub endpoint: Option<String>,
    /// The model's name there.
    pub model: Option<String>,
    /// The endpoint's key.
    pub key: Option<SecretString>,
    /// A file that holds it.
    pub key_file: Option<PathBuf>,
    /// PEM certificates that are trusted besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// For the whole answer; a draft waits no longer.
    #[serde(with = "duration")]
    pub timeout: Duration,
    /// Whether masked questions may leave the operator's own network. Over https alone.
    pub allow_public_address: bool,
}

impl Default for Wording {
    fn default() -> Self {
        Self {
            endpoint: None,
            model: None,
            key: None,
            key_file: None,
            ca_file: None,
            timeout: Duration::from_secs(20),
            allow_public_address: false,
        }
    }
}

impl Wording {
    /// As the draft worker takes them; none when no endpoint is named. `lease` is that of the workers.
    ///
    /// # Errors
    /// When the endpoint is no address, no model is named, the key cannot be read, or the timeout does not fit into the lease.
    pub fn settings(&self, lease: Duration) -> Result<Option<WordingSettings>, ConfigError> {
        let Some(endpoint) = &self.endpoint else { return Ok(None) };
        let endpoint =
            Endpoint::parse(endpoint).map_err(|error| ConfigError::bad("wording.endpoint", error.to_string()))?;
        let model = self.model.clone().filter(|model| !model.trim().is_empty()).ok_or(ConfigError::Missing {
            key: "wording.model",
            message: "it is the model's name at wording.endpoint",
        })?;
        if self.timeout.is_zero() || self.timeout > lease / 2 {
            return Err(ConfigError::bad(
                "wording.timeout",
                format!("it must be more than nothing and at most half of work.lease, {} s", lease.as_secs_f32() / 2.0),
            ));
        }
        Ok(Some(WordingSettings {
            endpoint,
            model,
            key: secret::read("wording.key", self.key.as_ref(), self.key_file.as_deref())?,
            ca_file: self.ca_file.clone(),
            timeout: self.timeout,
            allow_public_address: self.allow_public_address,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEASE: Duration = Duration::from_secs(120);

    #[test]
    fn a_model_is_off_until_it_is_named_whole() {
        let named = Wording {
            endpoint: Some("http://127.0.0.1:8080/v1".to_owned()),
            model: Some("local".to_owned()),
            ..Wording::default()
        };
        assert!(Wording::default().settings(LEASE).unwrap().is_none());
        assert_eq!(named.settings(LEASE).unwrap().unwrap().endpoint.authority(), "127.0.0.1:8080");
        for (wrong, key) in [
            (Wording { endpoint: Some("127.0.0.1:8080".to_owned()), ..named.clone() }, "wording.endpoint"),
            (Wording { model: None, ..named.clone() }, "wording.model"),
            (Wording { timeout: Duration::from_secs(61), ..named.clone() }, "wording.timeout"),
            (Wording { key_file: Some("/does/not/exist".into()), ..named }, "wording.key_file"),
        ] {
            let error = wrong.settings(LEASE).unwrap_err().to_string();
            assert!(error.contains(key), "{error}");
        }
    }
}
