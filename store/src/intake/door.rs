//! The door: a batch of mails is taken in whole, in one transaction that is on the disk when it returns. Only
//! then may the poller mark or move them on the server.

use std::collections::{HashMap, HashSet};

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState},
        digest::Digest,
        event::Actor,
        ids::{CaseId, IntakeId, MessageId},
        intake::IntakeState,
        tag::CaseTag,
    },
    mail::head::{Head, Verdict},
};

use super::{
    decision::{Decision, Known},
    known,
    mailbox::Mailbox,
    rows,
};
use crate::{
    Clock, Db, StoreError, Tx,
    cases::advance::{advance, locked},
    db::postgres,
    queue::job::{Bell, ring},
    raw::RawMail,
    replies::bounced::{self, Bounced},
};

/// One fetched mail with what its headers say.
#[derive(Debug)]
pub struct Arrival {
    /// The source's own name of it: its UID in decimal, its Maildir base name, the SHA-256 of an imported file.
    pub item: String,
    /// Its UID, for IMAP.
    pub uid: Option<u32>,
    /// Its bytes.
    pub raw: RawMail,
    /// Of the bytes that are kept.
    pub sha256: Digest,
    /// What [`core::mail::head`](caseconsult_core::mail::head) read.
    pub head: Head,
}

/// What became of one arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its item.
    pub item: String,
    /// What the ledger says of it.
    pub state: IntakeState,
    /// The case it belongs to.
    pub case: Option<CaseId>,
    /// False when the ledger had it already, and nothing was changed.
    pub fresh: bool,
}

/// Takes a batch in: raw bytes, ledger rows, messages, cases or follow-ups, history and jobs, all or nothing.
/// After it returns `Ok`, every arrival is accepted for good; one that was accepted before changes nothing. The
/// answer is in the order of the batch. Batches of about a hundred mails are the fastest.
///
/// # Errors
/// When the database refuses or a mail's file cannot be read. Nothing has changed then, and the batch may be
/// brought again.
pub async fn accept(
    db: &Db,
    clock: &Clock,
    mailbox: &Mailbox,
    batch: Vec<Arrival>,
) -> Result<Vec<Accepted>, StoreError> {
    // A new case's tag is 40 random bits of its id. Should it be taken, all ids are drawn again.
    for _ in 0..3 {
        if let Some(accepted) = take_in(db, clock, mailbox, &batch).await? {
            return Ok(accepted);
        }
    }
    Err(StoreError::Conflict)
}

/// A mail that the ledger does not have, with what is decided about it.
pub(super) struct Taken<'a> {
    pub(super) arrival: &'a Arrival,
    pub(super) intake: IntakeId,
    pub(super) state: IntakeState,
    pub(super) case: CaseId,
    /// Its message, or the one that it is another name of.
    pub(super) message: Option<MessageId>,
    /// The reply of ours that it proves to have reached nobody.
    pub(super) bounced: Option<Bounced>,
    /// For a case of its own.
    pub(super) new: Option<(CaseState, CaseTag, Option<CaseId>)>,
}

impl Taken<'_> {
    /// Why it is not a question, for the ledger.
    pub(super) fn rule(&self) -> Option<&str> {
        match &self.arrival.head.verdict {
            Verdict::Ignored { rule, .. } => Some(rule),
            Verdict::Question | Verdict::Held(_) => None,
        }
    }

    /// Whether it has a message row of its own.
    pub(super) const fn is_message(&self) -> bool {
        matches!(self.state, IntakeState::Case | IntakeState::FollowUp)
    }
}

/// None when a tag was taken already.
async fn take_in(
    db: &Db,
    clock: &Clock,
    mailbox: &Mailbox,
    batch: &[Arrival],
) -> Result<Option<Vec<Accepted>>, StoreError> {
    if batch.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let mut tx = db.begin_durable().await?;
    one_at_a_time(&mut tx).await?;
    let seen = known::seen(&mut tx, mailbox.id, batch).await?;
    let mut names = HashSet::new();
    let fresh: Vec<&Arrival> = batch
        .iter()
        .filter(|arrival| !seen.contains_key(&arrival.item) && names.insert(arrival.item.as_str()))
        .collect();
    let now = clock.now();
    let mut known = known::about(&mut tx, mailbox, &fresh, now).await?;
    let taken: Vec<Taken<'_>> = fresh.into_iter().map(|arrival| judge(&mut known, clock, arrival)).collect();

    rows::add_raw(&mut tx, &taken, now).await?;
    if !rows::add_cases(&mut tx, &taken, now).await? {
        return Ok(None);
    }
    rows::add_messages(&mut tx, &taken, now).await?;
    follow_up(&mut tx, clock, &taken).await?;
    for bounced in taken.iter().filter_map(|taken| taken.bounced.as_ref()) {
        bounced::record(&mut tx, clock, bounced).await?;
    }
    rows::add_to_ledger(&mut tx, mailbox.id, &taken, now).await?;
    rows::add_events(&mut tx, clock, &taken, now).await?;
    let bells: Vec<Bell> = taken.iter().filter_map(first_bell).collect();
    ring(&mut tx, clock, &bells).await?;
    let report = report(batch, &seen, &taken);
    tx.commit().await?;
    Ok(Some(report))
}

/// Batches go through the door one after another, as they do on SQLite. Two that bring the same mail at the same
/// moment would otherwise not see each other, and make two cases of it.
async fn one_at_a_time(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(postgres::lock::DOOR).execute(&mut **tx).await?;
    }
    Ok(())
}

fn judge<'a>(known: &mut Known, clock: &Clock, arrival: &'a Arrival) -> Taken<'a> {
    let (state, case, message, new) = match known.judge(&arrival.sha256, &arrival.head) {
        Decision::Adopted((case, message)) => (IntakeState::Adopted, case, message, None),
        Decision::Copy((case, message)) => (IntakeState::Copy, case, message, None),
        Decision::FollowUp(case) => (IntakeState::FollowUp, case, Some(MessageId::new(clock.id())), None),
        Decision::New { state, hint } => {
            let case = CaseId::new(clock.id());
            let message = MessageId::new(clock.id());
            (IntakeState::Case, case, Some(message), Some((state, CaseTag::of(case), hint)))
        }
    };
    // A copy of a report proves nothing more, and one that was read before UIDVALIDITY changed has had its effect.
    let bounced = new.as_ref().and_then(|_| known.bounced(&arrival.head));
    let taken = Taken { arrival, intake: IntakeId::new(clock.id()), state, case, message, bounced, new };
    if let Some(message) = message.filter(|_| taken.is_message()) {
        known.taken(&arrival.head, case, message);
    }
    taken
}

async fn follow_up(tx: &mut Tx, clock: &Clock, taken: &[Taken<'_>]) -> Result<(), StoreError> {
    for taken in taken.iter().filter(|taken| taken.state == IntakeState::FollowUp) {
        let case = locked(tx, taken.case).await?;
        advance(tx, clock, &case, &CaseEvent::FollowedUp, Actor::Machine).await?;
    }
    Ok(())
}

fn first_bell(taken: &Taken<'_>) -> Option<Bell> {
    let (state, ..) = taken.new.as_ref()?;
    Some(Bell::new(state.step()?, taken.case, rows::FIRST_VERSION, None))
}

fn report(
    batch: &[Arrival],
    seen: &HashMap<String, (IntakeState, Option<CaseId>)>,
    taken: &[Taken<'_>],
) -> Vec<Accepted> {
    let known = seen.iter().map(|(item, (state, case))| (item.as_str(), (*state, *case, false)));
    let new = taken.iter().map(|taken| (taken.arrival.item.as_str(), (taken.state, Some(taken.case), true)));
    let mut all: HashMap<&str, _> = known.chain(new).collect();
    let answer = |arrival: &Arrival| {
        let (state, case, fresh) = all.get_mut(arrival.item.as_str())?;
        // Should an item stand twice in a batch, it was fresh once.
        let fresh = std::mem::take(fresh);
        Some(Accepted { item: arrival.item.clone(), state: *state, case: *case, fresh })
    };
    batch.iter().filter_map(answer).collect()
}
