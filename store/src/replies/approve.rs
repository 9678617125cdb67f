//! From a reviewer's claim to bytes that may be sent. The guard has passed the text before; here it is only made
//! sure that this reviewer, at this moment, speaks for the case as it is.

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        case::CaseEvent,
        digest::Digest,
        event::Actor,
        ids::{ReplyId, UserId},
    },
    precedent::Terms,
};

use crate::{
    Clock, Db, StoreError,
    cases::{
        Case,
        advance::{advance, locked},
    },
    db::{both::both, text::storable},
    drafts, precedents,
};

/// What an approval stores.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// Made by the caller, because the Message-ID names it.
    pub id: ReplyId,
    /// Our Message-ID, with the brackets.
    pub header_id: String,
    /// The envelope's sender.
    pub sender: EmailAddress,
    /// The envelope's recipient.
    pub recipient: EmailAddress,
    /// Exactly what will be sent.
    pub bytes: Vec<u8>,
    /// The source text that the reviewer approved.
    pub body: String,
    /// The findings that the reviewer overrode, with reasons, as a JSON list.
    pub overrides: String,
    /// What it is found by once it was sent.
    pub terms: Terms,
}

/// Approves: a draft version of the reviewer's where the text differs from the newest one, the bytes with their
/// SHA-256, the case's next state, its history line and the deliver job, in one transaction that is on the disk
/// when it returns. Returns the case in `Approved`.
///
/// # Errors
/// [`StoreError::Conflict`] when the case changed since the reviewer read it, [`StoreError::NotClaimed`] when the
/// reviewer's claim has lapsed or another took it over, [`StoreError::Stale`] when a participant wrote again,
/// [`StoreError::NotAllowed`] when the case is not in review. Nothing has changed then.
pub async fn approve(db: &Db, clock: &Clock, case: &Case, by: UserId, reply: &NewReply) -> Result<Case, StoreError> {
    let now = clock.now();
    let mut tx = db.begin_durable().await?;
    let present = locked(&mut tx, case.id).await?;
    if present.version != case.version {
        return Err(StoreError::Conflict);
    }
    if !present.claim.is_some_and(|(holder, until)| holder == by && until > now) {
        return Err(StoreError::NotClaimed);
    }
    let approved = CaseEvent::Approved { by, reply: reply.id };
    let next = advance(&mut tx, clock, &present, &approved, Actor::User(by)).await?;

    let version = match drafts::latest_in(&mut tx, case.id).await? {
        Some(latest) if latest.body == storable(&reply.body) => latest.version,
        latest => {
            let facts = latest.map_or_else(|| "{}".to_owned(), |latest| latest.facts);
            drafts::add(&mut tx, clock, case.id, Some(by), &reply.body, &facts).await?
        }
    };
    const ADD: &str = "INSERT INTO replies (id, case_id, draft_version, header_id, sender, recipient, bytes, sha256, \
                       body, overrides, approved_by, approved_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(reply.id.to_string())
            .bind(case.id.to_string())
            .bind(version)
            .bind(storable(&reply.header_id).as_ref())
            .bind(reply.sender.as_str())
            .bind(reply.recipient.as_str())
            .bind(reply.bytes.as_slice())
            .bind(Digest::of(&reply.bytes).as_str())
            .bind(storable(&reply.body).as_ref())
            .bind(storable(&reply.overrides).as_ref())
            .bind(by.to_string())
            .bind(now.micros())
            .execute(conn)
            .await?;
    });
    precedents::add(&mut tx, case.id, reply.id, &reply.terms).await?;
    drafts::drop_working_copy(&mut tx, case.id, by).await?;
    tx.commit().await?;
    Ok(next)
}
