//! Showing what is masked in a mail: nothing is shown without a line in the case's history that says who saw what kind
//! of thing, and when. The line never holds the text itself.
//!
//! The history is also what the pages ask: a span stays visible to whoever revealed it for a working day.

use std::{collections::HashSet, time::Duration};

use caseconsult_core::{
    domain::{
        event::Actor,
        ids::{MessageId, UserId},
        instant::Instant,
        span::Span,
    },
    identifier::{Found, Identifier},
};
use caseconsult_store::{
    cases::Case,
    events::{self, Event},
};
use serde::{Deserialize, Serialize};

use super::{Desk, ReviewError};

/// The name of such a line.
pub const REVEALED: &str = "revealed";

/// How long a span stays visible to whoever revealed it.
const VISIBLE: Duration = Duration::from_secs(8 * 3600);

/// What a line of the history says of a reveal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reveal {
    /// Of which mail.
    pub mail: MessageId,
    /// Which span of its text, and of what kind; none for all of the mail.
    pub one: Option<(Span, Identifier)>,
}

/// Records that `by` is shown this identifier, or all of them, of a mail of the case.
///
/// # Errors
/// When the database refuses; then nothing may be shown.
pub async fn reveal(
    desk: &Desk,
    case: &Case,
    by: UserId,
    mail: MessageId,
    one: Option<&Found>,
) -> Result<(), ReviewError> {
    let reveal = Reveal { mail, one: one.map(|found| (found.span, found.identifier)) };
    let detail = serde_json::to_string(&reveal).unwrap_or_default();
    Ok(events::record(&desk.db, &desk.clock, case.id, Actor::User(by), REVEALED, &detail).await?)
}

/// Records that `by` was given the original of a mail: `original_downloaded`, `headers_read`.
///
/// # Errors
/// When the database refuses; then nothing may be given.
pub async fn original(desk: &Desk, case: &Case, by: UserId, what: &str) -> Result<(), ReviewError> {
    Ok(events::record(&desk.db, &desk.clock, case.id, Actor::User(by), what, "{}").await?)
}

/// The reveal that a line of the history tells of.
#[must_use]
pub fn of_event(event: &Event) -> Option<Reveal> {
    (event.what == REVEALED).then(|| serde_json::from_str(&event.detail).ok()).flatten()
}

/// What a person may see of a case's mails now.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    whole: HashSet<MessageId>,
    spans: HashSet<(MessageId, Span)>,
}

impl Visible {
    /// By the case's history.
    #[must_use]
    pub fn to(reader: UserId, history: &[Event], now: Instant) -> Self {
        let mut visible = Self::default();
        for event in history {
            let is_live = event.who == Actor::User(reader) && now.since(event.at) < VISIBLE;
            match of_event(event).filter(|_| is_live) {
                Some(Reveal { mail, one: None }) => {
                    visible.whole.insert(mail);
                }
                Some(Reveal { mail, one: Some((span, _)) }) => {
                    visible.spans.insert((mail, span));
                }
                None => {}
            }
        }
        visible
    }

    /// Whether this identifier is masked for the person. A date of service is not: no code can be looked up without it.
    #[must_use]
    pub fn hides(&self, mail: MessageId, found: &Found) -> bool {
        !found.needed && !self.whole.contains(&mail) && !self.spans.contains(&(mail, found.span))
    }
}
