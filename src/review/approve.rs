//! Approval: the reviewer's text becomes the bytes that are sent.
//!
//! The order matters. The guard looks at the final text, not at the draft; the bytes are made once, here, with their
//! Message-ID; the store keeps them with their SHA-256, and refuses a lost claim, a stale or a changed case in the
//! same transaction. Nothing is sent here: the deliver worker sends these bytes and no others.

use caseconsult_core::{
    domain::ids::{ReplyId, UserId},
    draft::guard::{self, Override},
    mail::{
        compose::{self, Envelope},
        message,
    },
};
use caseconsult_store::{
    StoreError,
    cases::{self, Case, Message},
    raw,
    replies::{self, NewReply},
};
use caseconsult_workers::crash;

use super::{Desk, ReviewError, check};
use crate::precedent;

/// As much of the answered mail as is read for its thread's ids: they stand in the header.
const MOST_HEADER: u64 = 256 << 10;

/// The reply's subject: neutral, with the case's signed tag.
#[must_use]
pub fn subject(desk: &Desk, case: &Case) -> String {
    compose::reply_subject(&case.tag, &desk.thread_key)
}

/// Approves `body` as the reply to the case's asker, and to nobody else. Returns the case in `Approved`.
///
/// `case` is the case as the reviewer saw it. Each hard finding needs an override of its rule with a reason, and
/// some cannot be overruled at all.
///
/// # Errors
/// [`ReviewError::Findings`] with what still blocks; [`ReviewError::NoAsker`]; [`ReviewError::Unsendable`];
/// [`ReviewError::NotClaimed`] or [`ReviewError::Taken`] without a live claim; [`ReviewError::Stale`];
/// [`ReviewError::Changed`]. Nothing has changed then.
pub async fn approve(
    desk: &Desk,
    case: &Case,
    by: UserId,
    body: &str,
    overrides: &[Override],
) -> Result<Case, ReviewError> {
    desk.demand_claim(case, by)?;
    let asker = case.asker.clone().ok_or(ReviewError::NoAsker)?;
    let findings = check::findings(desk, case, body).await?;
    let blocking: Vec<_> = guard::blocking(&findings, overrides).into_iter().cloned().collect();
    if !blocking.is_empty() {
        return Err(ReviewError::Findings(blocking));
    }

    let mails = cases::messages(&desk.db, case.id).await?;
    let answered = mails.iter().rev().find(|mail| mail.sender.as_ref() == Some(&asker));
    let references = match answered {
        Some(mail) => thread(desk, mail).await?,
        None => Vec::new(),
    };
    let id = ReplyId::new(desk.clock.id());
    let header_id = desk.thread_key.header_id(id, desk.own_address.domain());
    let bytes = compose::compose(&Envelope {
        from_name: &desk.own_name,
        from: &desk.own_address,
        to: &asker,
        subject: &subject(desk, case),
        message_id: &header_id,
        in_reply_to: answered.and_then(|mail| mail.header_id.as_deref()),
        references: &references,
        date: desk.clock.now(),
        body,
    })
    .map_err(|error| ReviewError::Unsendable(error.to_string()))?;

    let used: Vec<&Override> =
        overrides.iter().filter(|made| findings.iter().any(|found| found.rule == made.rule)).collect();
    let (terms, _) = precedent::of_case(&desk.db, case).await?;
    let reply = NewReply {
        id,
        header_id,
        sender: desk.own_address.clone(),
        recipient: asker,
        bytes,
        body: body.to_owned(),
        overrides: serde_json::to_string(&used).unwrap_or_else(|_| "[]".to_owned()),
        terms: precedent::of_answer(terms, body),
    };
    crash::point("approve.before_commit");
    let approved = replies::approve(&desk.db, &desk.clock, case, by, &reply).await?;
    crash::point("approve.after_commit");
    Ok(approved)
}

/// The ids of the thread up to and with this mail, oldest first (RFC 5322 section 3.6.4).
async fn thread(desk: &Desk, mail: &Message) -> Result<Vec<String>, StoreError> {
    let kept = raw::read(&desk.db, &mail.sha256, MOST_HEADER).await?;
    let earlier = kept.and_then(|kept| message::Message::read(&kept.bytes).ok()).map(|read| read.references);
    Ok(compose::references(mail.header_id.as_deref(), &earlier.unwrap_or_default()))
}

impl Desk {
    /// Refuses unless the reviewer's own claim on the case is live.
    pub(super) fn demand_claim(&self, case: &Case, by: UserId) -> Result<(), ReviewError> {
        self.refuse_if_taken(case, by)?;
        match case.claim {
            Some((holder, until)) if holder == by && until > self.clock.now() => Ok(()),
            _ => Err(ReviewError::NotClaimed),
        }
    }
}
