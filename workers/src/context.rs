//! What every worker is given: the database, the clock, and who we are.

use std::sync::Arc;

use caseconsult_core::{
    domain::address::EmailAddress,
    draft::{HouseBook, Templates},
    mail::token::ThreadKey,
};
use caseconsult_store::{Clock, Db};

use crate::{attachments::Reader, bell::Bell};

/// Shared by all workers of a process; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The truth.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Signs and recognises our Message-IDs and subject tags.
    pub thread_key: Arc<ThreadKey>,
    /// The address that replies come from.
    pub own_address: EmailAddress,
    /// The name beside it.
    pub own_name: String,
    /// Further addresses of ours: mails from any of them are not questions.
    pub own_aliases: Vec<EmailAddress>,
    /// The draft's templates.
    pub templates: Arc<Templates>,
    /// The rules and snippets of this desk.
    pub house: Arc<HouseBook>,
    /// Opens attached files.
    pub reader: Reader,
    /// A mail larger than this is kept as its head only; bytes.
    pub max_mail_bytes: u64,
    /// Rung after each commit that changes cases; open pages of this process then look at once.
    pub bell: Bell,
    /// This process, unlike any other or earlier one: host, process id and a random part.
    pub node: String,
}
