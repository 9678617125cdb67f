//! A batch's rows, written with one statement for each table however many mails it has: the door is a hot path,
//! and on either database a statement costs more than a row.

use std::collections::HashSet;

use caseconsult_core::domain::{
    address::EmailAddress,
    digest::Digest,
    event::Actor,
    ids::{CaseId, EventId, MailboxId},
    instant::Instant,
    intake::IntakeState,
};
use sqlx::QueryBuilder;

use super::{
    decision::header_key,
    door::{Arrival, Taken},
};
use crate::{
    Clock, StoreError, Tx,
    db::{both::both, text::storable},
    events,
    raw::{CHUNK, RawMail, put_file},
    row::{Column, to_json},
};

/// The version of a case that was just made.
pub(super) const FIRST_VERSION: i64 = 1;

/// Rows of one statement. SQLite takes 32,766 values in one, PostgreSQL 65,535; a row has at most 14.
pub(super) const ROWS: usize = 500;

/// Bytes of mail in one statement.
const BYTES: usize = 4 * CHUNK;

/// The raw mails that are not there yet. A known mail's bytes are known too.
pub(super) async fn add_raw(tx: &mut Tx, taken: &[Taken<'_>], now: Instant) -> Result<(), StoreError> {
    let mails: Vec<&Arrival> =
        taken.iter().filter(|taken| taken.state != IntakeState::Adopted).map(|taken| taken.arrival).collect();
    let mut missing: HashSet<String> = HashSet::new();
    for mails in mails.chunks(ROWS) {
        let rows: Vec<String> = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO raw_mails (sha256, size, complete, created_at) ");
            query.push_values(mails, |mut row, mail| {
                row.push_bind(mail.sha256.as_str())
                    .push_bind(i64::try_from(mail.raw.size()).unwrap_or(i64::MAX))
                    .push_bind(mail.raw.is_complete())
                    .push_bind(now.micros());
            });
            query.push(" ON CONFLICT (sha256) DO NOTHING RETURNING sha256");
            query.build_query_scalar().fetch_all(conn).await?
        });
        missing.extend(rows);
    }
    let mut chunks: Vec<(&Digest, i64, &[u8])> = Vec::new();
    for mail in mails {
        if !missing.remove(mail.sha256.as_str()) {
            continue;
        }
        match &mail.raw {
            RawMail::Bytes(bytes) | RawMail::Head { bytes, .. } => {
                chunks.extend((0_i64..).zip(bytes.chunks(CHUNK)).map(|(seq, chunk)| (&mail.sha256, seq, chunk)));
            }
            RawMail::File { file, .. } => put_file(tx, file, &mail.sha256).await?,
        }
    }
    let mut chunks = chunks.as_slice();
    while !chunks.is_empty() {
        let mut bytes = 0;
        let fits = chunks.iter().take(ROWS).take_while(|(_, _, chunk)| {
            bytes += chunk.len();
            bytes <= BYTES
        });
        let (now, later) = chunks.split_at(fits.count().max(1));
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO raw_chunks (sha256, seq, bytes) ");
            query.push_values(now, |mut row, (sha256, seq, chunk)| {
                row.push_bind(sha256.as_str()).push_bind(*seq).push_bind(*chunk);
            });
            query.build().execute(conn).await?;
        });
        chunks = later;
    }
    Ok(())
}

/// The new cases and their participants; false when a tag is taken.
pub(super) async fn add_cases(tx: &mut Tx, taken: &[Taken<'_>], now: Instant) -> Result<bool, StoreError> {
    let new: Vec<_> = taken.iter().filter_map(|taken| taken.new.as_ref().map(|new| (taken, new))).collect();
    for new in new.chunks(ROWS) {
        let rows = new
            .iter()
            .map(|(_, (state, ..))| to_json(state, Column("cases", "detail")))
            .collect::<Result<Vec<_>, _>>()?;
        let added = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "INSERT INTO cases (id, tag, state, detail, version, asker, asker_name, subject, received_at, \
                 updated_at, hint_case_id) ",
            );
            query.push_values(new.iter().zip(rows), |mut row, ((taken, (state, tag, hint)), detail)| {
                let head = &taken.arrival.head;
                row.push_bind(taken.case.to_string())
                    .push_bind(tag.as_str())
                    .push_bind(state.name())
                    .push_bind(storable(&detail).into_owned())
                    .push_bind(FIRST_VERSION)
                    .push_bind(head.sender.as_ref().map(EmailAddress::as_str))
                    .push_bind(storable(&head.sender_name))
                    .push_bind(storable(&head.subject))
                    .push_bind(now.micros())
                    .push_bind(now.micros())
                    .push_bind(hint.map(|hint| hint.to_string()));
            });
            query.push(" ON CONFLICT (tag) DO NOTHING").build().execute(conn).await?.rows_affected()
        });
        if added != new.len() as u64 {
            return Ok(false);
        }
    }
    let askers: Vec<(CaseId, &EmailAddress)> =
        new.iter().filter_map(|(taken, _)| Some((taken.case, taken.arrival.head.sender.as_ref()?))).collect();
    for askers in askers.chunks(ROWS) {
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO participants (case_id, address) ");
            query.push_values(askers, |mut row, (case, asker)| {
                row.push_bind(case.to_string()).push_bind(asker.as_str());
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(true)
}

/// The messages of new cases and follow-ups.
pub(super) async fn add_messages(tx: &mut Tx, taken: &[Taken<'_>], now: Instant) -> Result<(), StoreError> {
    let messages: Vec<_> = taken
        .iter()
        .filter(|taken| taken.is_message())
        .filter_map(|taken| taken.message.map(|message| (taken, message)))
        .collect();
    for messages in messages.chunks(ROWS) {
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "INSERT INTO messages (id, case_id, sha256, header_id, content_hash, sender, sender_name, subject, \
                 sent_at, received_at) ",
            );
            query.push_values(messages, |mut row, (taken, message)| {
                let head = &taken.arrival.head;
                row.push_bind(message.to_string())
                    .push_bind(taken.case.to_string())
                    .push_bind(taken.arrival.sha256.as_str())
                    .push_bind(head.header_id.as_deref().map(header_key))
                    .push_bind(head.content_hash.as_str())
                    .push_bind(head.sender.as_ref().map(EmailAddress::as_str))
                    .push_bind(storable(&head.sender_name))
                    .push_bind(storable(&head.subject))
                    .push_bind(head.sent_at.map(Instant::micros))
                    .push_bind(now.micros());
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// The ledger rows, and the marks that are owed for them. A row that told of failed tries tells now what became of
/// the mail.
pub(super) async fn add_to_ledger(
    tx: &mut Tx,
    mailbox: MailboxId,
    taken: &[Taken<'_>],
    now: Instant,
) -> Result<(), StoreError> {
    for taken in taken.chunks(ROWS) {
        let rows: Vec<String> = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "INSERT INTO intake (id, mailbox_id, item, uid, state, rule, sha256, size, message_id, case_id, \
                 seen_at, updated_at) ",
            );
            query.push_values(taken, |mut row, taken| {
                row.push_bind(taken.intake.to_string())
                    .push_bind(mailbox.to_string())
                    .push_bind(storable(&taken.arrival.item))
                    .push_bind(taken.arrival.uid.map(i64::from))
                    .push_bind(taken.state.as_str())
                    .push_bind(taken.rule().map(storable))
                    .push_bind(taken.arrival.sha256.as_str())
                    .push_bind(i64::try_from(taken.arrival.raw.size()).unwrap_or(i64::MAX))
                    .push_bind(taken.message.map(|message| message.to_string()))
                    .push_bind(taken.case.to_string())
                    .push_bind(now.micros())
                    .push_bind(now.micros());
            });
            query.push(
                " ON CONFLICT (mailbox_id, item) DO UPDATE SET state = excluded.state, rule = excluded.rule, \
                 sha256 = excluded.sha256, size = excluded.size, message_id = excluded.message_id, \
                 case_id = excluded.case_id, updated_at = excluded.updated_at RETURNING id",
            );
            query.build_query_scalar().fetch_all(conn).await?
        });
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO owed_marks (intake_id, mailbox_id) ");
            query.push_values(rows, |mut row, id| {
                row.push_bind(id).push_bind(mailbox.to_string());
            });
            query.push(" ON CONFLICT (intake_id) DO NOTHING").build().execute(conn).await?;
        });
    }
    Ok(())
}

/// The first history line of each new case. Those of follow-ups are written with the transition.
pub(super) async fn add_events(
    tx: &mut Tx,
    clock: &Clock,
    taken: &[Taken<'_>],
    now: Instant,
) -> Result<(), StoreError> {
    let new: Vec<_> = taken.iter().filter_map(|taken| taken.new.as_ref().map(|new| (taken.case, new))).collect();
    for new in new.chunks(ROWS) {
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO events (id, case_id, at, who, what, detail) ");
            query.push_values(new, |mut row, (case, (state, _, hint))| {
                let detail = serde_json::json!({ "as": state.name(), "may_belong_to": hint });
                row.push_bind(EventId::new(clock.id()).to_string())
                    .push_bind(case.to_string())
                    .push_bind(now.micros())
                    .push_bind(events::who(Actor::Machine))
                    .push_bind("received")
                    .push_bind(detail.to_string());
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}
