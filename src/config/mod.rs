//! The configuration: defaults, then the file, then the environment, then flags. Checked whole before anything
//! starts; it never reads a mailbox or a database. Every command that needs one calls [`load()`].
//!
//! | section | file |
//! |---|---|
//! | `[database]` | [`database`] |
//! | `[identity]` | [`identity`] |
//! | `[intake]`, `[intake.imap]`, `[intake.maildir]` | [`intake`] |
//! | `[delivery]`, `[delivery.smtp]`, `[delivery.folder]` | [`delivery`] |
//! | `[work]` | [`work`] |
//! | `[web]` | [`web`] |
//! | `[replies]` | [`replies`] |
//! | `[wording]` | [`wording`] |

pub mod database;
pub mod delivery;
pub mod identity;
pub mod intake;
mod load;
pub mod replies;
pub mod secret;
pub mod web;
pub mod wording;
pub mod work;

use serde::Deserialize;

pub use load::{ConfigError, load, load_from};

/// What `caseconsult init` writes: every setting with its default and what it is for.
pub const COMMENTED: &str = include_str!("commented.toml");

/// The whole configuration, as the file spells it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where cases are kept.
    pub database: database::Database,
    /// Who we are.
    pub identity: identity::Identity,
    /// Where mails come from.
    pub intake: intake::Intake,
    /// How replies leave.
    pub delivery: delivery::Delivery,
    /// How the queue works.
    pub work: work::Work,
    /// The pages.
    pub web: web::Web,
    /// How drafts are written.
    pub replies: replies::Replies,
    /// A model that phrases parts of drafts.
    pub wording: wording::Wording,
}
