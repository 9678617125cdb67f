//! Asks for the wording of a draft, within a time limit. After trouble that the next case would meet too, the endpoint rests
//! for a while, so that a dead one does not hold up every draft by its time limit.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use caseconsult_core::{
    domain::instant::Instant,
    draft::wording::{Statements, Wording, request, take},
};
use rustls::ClientConfig;
use tokio::time;

use super::{address, completion, post::post, trouble::Trouble};
use crate::{settings::WordingSettings, tls};

/// How long an endpoint rests.
const REST: Duration = Duration::from_secs(30);

/// A model that phrases drafts.
#[derive(Debug)]
pub struct Writer {
    settings: WordingSettings,
    tls: Arc<ClientConfig>,
    rests_until: Mutex<Option<time::Instant>>,
}

impl Writer {
    /// With these settings. Nothing is asked yet.
    ///
    /// # Errors
    /// When the certificates that it names cannot be used.
    pub fn new(settings: WordingSettings) -> Result<Self, Trouble> {
        let tls = tls::client_config(settings.ca_file.as_deref())?;
        Ok(Self { settings, tls, rests_until: Mutex::new(None) })
    }

    /// The model's name, as configured.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.settings.model
    }

    /// The model's wording of these statements, asked for at `now`.
    ///
    /// # Errors
    /// Why there is none: the rules' own words stand then.
    pub async fn wording(&self, statements: &Statements, now: Instant) -> Result<Wording, Trouble> {
        if self.rests() {
            return Err(Trouble::Resting);
        }
        let limit = self.settings.timeout;
        let asked = Box::pin(time::timeout(limit, self.ask(statements)));
        let answer = asked.await.unwrap_or(Err(Trouble::Slow(limit)));
        if answer.as_ref().is_err_and(Trouble::lasts) {
            *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(time::Instant::now() + REST);
        }
        Ok(take(statements, &answer?)?.into_wording(&self.settings.model, now))
    }

    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| time::Instant::now() < until)
    }

    async fn ask(&self, statements: &Statements) -> Result<String, Trouble> {
        let WordingSettings { endpoint, model, key, allow_public_address, .. } = &self.settings;
        let body = request::body(statements, model)?;
        let addresses = address::checked(endpoint, *allow_public_address).await?;
        let answer = post(endpoint, &addresses, self.tls.clone(), "/chat/completions", key.as_ref(), body).await?;
        Ok(completion::text(&answer)?)
    }
}
