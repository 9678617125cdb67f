//! Everything the store knows of one case, read for its page.

use std::collections::HashMap;

use caseconsult_core::{
    domain::{
        ids::{MessageId, UserId},
        instant::Instant,
        tag::CaseTag,
    },
    extract::Reading,
    identifier::{self, Found},
};
use caseconsult_store::{
    StoreError,
    cases::{self, Case, Message},
    drafts::{self, Draft},
    events::{self, Event},
    readings,
    replies::{self, Attempt, Reply},
    users,
};
use caseconsult_workers::extract::Beside;

use super::super::words::Moment;
use crate::{review::Desk, web::failure::Failure};

/// One case with its mails, draft, replies and history.
pub(in crate::web) struct CaseFile {
    pub(in crate::web) case: Case,
    /// Oldest first.
    pub(in crate::web) mails: Vec<MailFile>,
    pub(in crate::web) draft: Option<Draft>,
    /// This reviewer's unfinished text, and when it was kept.
    pub(in crate::web) working_copy: Option<(String, Instant)>,
    /// Newest first.
    pub(in crate::web) replies: Vec<(Reply, Vec<Attempt>)>,
    /// Newest first.
    pub(in crate::web) events: Vec<Event>,
    pub(in crate::web) names: HashMap<UserId, String>,
    /// A case that this one may belong to.
    pub(in crate::web) hint: Option<CaseTag>,
    pub(in crate::web) now: Instant,
}

/// One mail, with what was read in it.
pub(in crate::web) struct MailFile {
    pub(in crate::web) message: Message,
    /// None when it was not read yet, or could not be.
    pub(in crate::web) reading: Option<Reading>,
    /// Its attachments, and what could not be read.
    pub(in crate::web) beside: Beside,
}

impl MailFile {
    /// What may identify somebody in the text that was read; the sender's own name is known.
    pub(in crate::web) fn identifiers(&self) -> Vec<Found> {
        let names = [self.message.sender_name.as_str()];
        self.reading.as_ref().map(|reading| identifier::of_reading(reading, &names)).unwrap_or_default()
    }
}

/// The case whose tag stands in a path.
pub(in crate::web) async fn find(desk: &Desk, tag: &str) -> Result<Case, Failure> {
    let tag = CaseTag::read(tag).ok_or(Failure::NotFound)?;
    Ok(cases::find(&desk.db, &tag).await?)
}

impl CaseFile {
    /// Reads the file of `case` as `reader` sees it.
    pub(in crate::web) async fn read(desk: &Desk, case: Case, reader: UserId) -> Result<Self, StoreError> {
        let db = &desk.db;
        let mut stored: HashMap<MessageId, String> =
            readings::of_case(db, case.id).await?.into_iter().map(|one| (one.message, one.reading)).collect();
        let messages = cases::messages(db, case.id).await?;
        let mails = messages.into_iter().map(|message| {
            let stored = stored.remove(&message.id).unwrap_or_default();
            let beside = serde_json::from_str(&stored).unwrap_or_default();
            MailFile { message, reading: serde_json::from_str(&stored).ok(), beside }
        });
        let mails = mails.collect();

        let mut with_attempts = Vec::new();
        for reply in replies::of_case(db, case.id).await?.into_iter().rev() {
            let attempts = replies::attempts(db, reply.id).await?;
            with_attempts.push((reply, attempts));
        }
        let mut events = events::of_case(db, case.id).await?;
        events.reverse();
        let hint = match case.hint {
            Some(other) => Some(cases::get(db, other).await?.tag),
            None => None,
        };
        Ok(Self {
            mails,
            draft: drafts::latest(db, case.id).await?,
            working_copy: drafts::working_copy(db, case.id, reader).await?,
            replies: with_attempts,
            events,
            names: users::list(db).await?.into_iter().map(|user| (user.id, user.name)).collect(),
            hint,
            now: desk.clock.now(),
            case,
        })
    }

    /// A moment as seen now.
    pub(in crate::web) fn moment(&self, at: Instant) -> Moment {
        Moment::new(at, self.now)
    }

    /// A person's name.
    pub(in crate::web) fn name(&self, user: UserId) -> &str {
        self.names.get(&user).map_or("a removed account", String::as_str)
    }

    /// The unfinished text, unless a newer draft was made after it.
    pub(in crate::web) fn unfinished(&self) -> Option<&(String, Instant)> {
        let made_at = self.draft.as_ref().map(|draft| draft.made_at);
        self.working_copy.as_ref().filter(|(_, kept_at)| made_at.is_none_or(|made_at| *kept_at >= made_at))
    }

    /// The text that the editor opens with: what was typed last, else the draft.
    pub(in crate::web) fn body(&self) -> &str {
        match (self.unfinished(), &self.draft) {
            (Some((body, _)), _) => body,
            (None, Some(draft)) => &draft.body,
            (None, None) => "",
        }
    }
}
