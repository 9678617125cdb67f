//! What every handler is given.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use caseconsult_core::draft::HouseBook;
use caseconsult_workers::bell::Bell;
use secrecy::SecretString;

use super::pages::Pages;
use crate::{precedent, review::Desk, search::Held};

/// Shared by all handlers of a process.
#[derive(Clone)]
pub struct WebContext {
    /// What the review actions need.
    pub desk: Desk,
    /// The templates.
    pub pages: Arc<Pages>,
    /// Keys the hash under which a session is stored: another secret signs everybody out, and a copy of the
    /// database alone cannot be used to sign in. At least 32 characters; the configuration checks.
    pub session_secret: SecretString,
    /// How long a sign-in lasts.
    pub session_length: Duration,
    /// The address under which reviewers reach us, e.g. `https://review.example.test`; forms are also accepted
    /// from it when a proxy in front changes the Host header.
    pub public_url: Option<String>,
    /// Whether cookies are for HTTPS only: true everywhere but on loopback.
    pub secure_cookies: bool,
    /// Codes from words.
    pub search: Arc<Held>,
    /// Replies that were sent to questions like a case's.
    pub precedents: Arc<precedent::Held>,
    /// The snippets that reviewers insert.
    pub house: Arc<HouseBook>,
    /// Where the demo's replies are written, shown on a page of their own.
    pub outbox_folder: Option<PathBuf>,
    /// The demo's ready sign-in, shown on the sign-in page.
    pub demo: Option<DemoNotice>,
    /// Rung by whoever changes a case in this process; open queue pages then look again at once.
    pub bell: Bell,
    /// How often an open queue page looks without being rung for: another process may have changed a case.
    pub look_every: Duration,
}

/// What the demo tells its visitor.
#[derive(Clone, Debug)]
pub struct DemoNotice {
    /// The ready reviewer's name.
    pub name: String,
    /// And password.
    pub password: String,
    /// The Maildir's `new` folder into which further `.eml` files can be dropped.
    pub mailbox: PathBuf,
}

impl fmt::Debug for WebContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebContext").field("desk", &self.desk).finish_non_exhaustive()
    }
}
