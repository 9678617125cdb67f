//! What the database knows about the mails of a batch, asked for with one statement each.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use caseconsult_core::{
    domain::{
        address::EmailAddress,
        digest::Digest,
        ids::{CaseId, MailboxId, ReplyId},
        instant::Instant,
        intake::IntakeState,
        tag::CaseTag,
    },
    mail::content::ContentHash,
};
use sqlx::QueryBuilder;

use super::{
    decision::{Known, Place, Sent, copy_key},
    door::Arrival,
    ledger::STATE,
    mailbox::Mailbox,
    rows::ROWS,
};
use crate::{
    StoreError, Tx,
    db::{both::both, lookup::each_by_itself},
    row::{Column, address},
};

/// How long after a mail another with its Message-ID and content is a copy of it.
const COPY_WINDOW: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// `query (…, …, …)` for a list of texts.
macro_rules! in_list {
    ($query:ident, $texts:expr) => {
        $query.push("(");
        let mut list = $query.separated(", ");
        for text in $texts {
            list.push_bind(text);
        }
        $query.push(")");
    };
}

/// What the ledger has of these items, where that is more than a try that failed.
pub(super) async fn seen(
    tx: &mut Tx,
    mailbox: MailboxId,
    batch: &[Arrival],
) -> Result<HashMap<String, (IntakeState, Option<CaseId>)>, StoreError> {
    let mut seen = HashMap::new();
    let (table, end) = each_by_itself(&tx.connection());
    for batch in batch.chunks(ROWS) {
        let rows: Vec<(String, String, Option<String>)> = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("SELECT found.item, found.state, found.case_id FROM (");
            query.push_values(batch, |mut row, arrival| {
                row.push_bind(arrival.item.as_str());
            });
            query.push(table).push("intake AS found WHERE found.mailbox_id = ").push_bind(mailbox.to_string());
            query.push(" AND found.item = wanted.column1").push(end).build_query_as().fetch_all(conn).await?
        });
        for (item, state, case) in rows {
            let state = STATE.name(IntakeState::read, &state)?;
            // A mail that had vanished or could not be fetched, and is here after all, is taken in like a new one.
            if matches!(state, IntakeState::Case | IntakeState::FollowUp | IntakeState::Copy | IntakeState::Adopted) {
                let case = Column("intake", "case_id").read_some(case.as_deref())?;
                seen.insert(item, (state, case));
            }
        }
    }
    Ok(seen)
}

/// What else the database knows about these mails.
pub(super) async fn about(
    tx: &mut Tx,
    mailbox: &Mailbox,
    fresh: &[&Arrival],
    now: Instant,
) -> Result<Known, StoreError> {
    let mut known = Known::default();
    for fresh in fresh.chunks(ROWS) {
        if mailbox.renewed {
            known.adopted.extend(adopted(tx, mailbox, fresh).await?);
        }
        known.copies.extend(copies(tx, fresh, now.minus(COPY_WINDOW)).await?);
        known.replies.extend(answered_cases(tx, fresh).await?);
        known.sent.extend(returned_replies(tx, fresh).await?);
        known.tags.extend(tagged_cases(tx, fresh).await?);
    }
    let named: HashSet<CaseId> = known.replies.values().chain(known.tags.values()).copied().collect();
    known.participants = participants(tx, &named).await?;
    Ok(known)
}

fn place(table: &'static str, case: &str, message: Option<&str>) -> Result<Place, StoreError> {
    let message = Column(table, "message_id").read_some(message)?;
    Ok((Column(table, "case_id").read(case)?, message))
}

async fn adopted(tx: &mut Tx, mailbox: &Mailbox, fresh: &[&Arrival]) -> Result<HashMap<Digest, Place>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> = both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new(
            "SELECT i.sha256, i.case_id, i.message_id FROM intake i JOIN mailboxes m ON m.id = i.mailbox_id \
             WHERE i.case_id IS NOT NULL AND m.source = ",
        );
        query.push_bind(&mailbox.source).push(" AND m.id <> ").push_bind(mailbox.id.to_string());
        query.push(" AND i.sha256 IN ");
        in_list!(query, fresh.iter().map(|arrival| arrival.sha256.as_str()));
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter()
        .map(|(sha256, case, message)| {
            Ok((Column("intake", "sha256").read(&sha256)?, place("intake", &case, message.as_deref())?))
        })
        .collect()
}

async fn copies(
    tx: &mut Tx,
    fresh: &[&Arrival],
    since: Instant,
) -> Result<HashMap<(String, ContentHash), Place>, StoreError> {
    let keys: Vec<String> = fresh.iter().filter_map(|arrival| copy_key(&arrival.head)).map(|(id, _)| id).collect();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let (table, end) = each_by_itself(&tx.connection());
    // Newest first: of several, the oldest is inserted last and stays.
    let rows: Vec<(String, String, String, String)> = both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new(
            "SELECT found.header_id, found.content_hash, found.case_id, found.id FROM (",
        );
        query.push_values(keys, |mut row, key| {
            row.push_bind(key);
        });
        query.push(table).push("messages AS found WHERE found.received_at >= ").push_bind(since.micros());
        query.push(" AND found.header_id = wanted.column1").push(end);
        query.push(" ORDER BY found.received_at DESC, found.id DESC").build_query_as().fetch_all(conn).await?
    });
    rows.into_iter()
        .map(|(header_id, content, case, message)| {
            let content = Column("messages", "content_hash").read(&content)?;
            Ok(((header_id, content), place("messages", &case, Some(&message))?))
        })
        .collect()
}

async fn answered_cases(tx: &mut Tx, fresh: &[&Arrival]) -> Result<HashMap<ReplyId, CaseId>, StoreError> {
    let ids: HashSet<ReplyId> = fresh.iter().flat_map(|arrival| &arrival.head.answers).copied().collect();
    let mut found = HashMap::new();
    for ids in ids.into_iter().collect::<Vec<_>>().chunks(ROWS) {
        let rows: Vec<(String, String)> = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("SELECT id, case_id FROM replies WHERE id IN ");
            in_list!(query, ids.iter().map(ReplyId::to_string));
            query.build_query_as().fetch_all(conn).await?
        });
        for (id, case) in rows {
            found.insert(Column("replies", "id").read(&id)?, Column("replies", "case_id").read(&case)?);
        }
    }
    Ok(found)
}

async fn returned_replies(tx: &mut Tx, fresh: &[&Arrival]) -> Result<HashMap<ReplyId, Sent>, StoreError> {
    let ids: HashSet<ReplyId> =
        fresh.iter().filter_map(|arrival| arrival.head.returned.as_ref()).map(|returned| returned.reply).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String, String, String, bool)> = both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new(
            "SELECT r.id, r.case_id, r.header_id, r.recipient, NOT EXISTS (SELECT 1 FROM replies later \
             WHERE later.case_id = r.case_id AND later.approved_at > r.approved_at) FROM replies r WHERE r.id IN ",
        );
        in_list!(query, ids.iter().map(ReplyId::to_string));
        query.push(" AND EXISTS (SELECT 1 FROM attempts a WHERE a.reply_id = r.id)");
        query.build_query_as().fetch_all(conn).await?
    });
    let sent = |(id, case, header_id, recipient, is_last): (String, String, String, String, bool)| {
        let case = Column("replies", "case_id").read(&case)?;
        Ok((Column("replies", "id").read(&id)?, Sent { case, header_id, recipient: address(recipient), is_last }))
    };
    rows.into_iter().map(sent).collect()
}

async fn tagged_cases(tx: &mut Tx, fresh: &[&Arrival]) -> Result<HashMap<CaseTag, CaseId>, StoreError> {
    let tags: Vec<&str> =
        fresh.iter().filter_map(|arrival| arrival.head.tagged.as_ref()).map(CaseTag::as_str).collect();
    if tags.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new("SELECT tag, id FROM cases WHERE tag IN ");
        in_list!(query, tags);
        query.build_query_as().fetch_all(conn).await?
    });
    rows.into_iter()
        .map(|(tag, id)| Ok((Column("cases", "tag").name(CaseTag::read, &tag)?, Column("cases", "id").read(&id)?)))
        .collect()
}

async fn participants(tx: &mut Tx, cases: &HashSet<CaseId>) -> Result<HashSet<(CaseId, EmailAddress)>, StoreError> {
    let mut found = HashSet::new();
    for cases in cases.iter().collect::<Vec<_>>().chunks(ROWS) {
        let rows: Vec<(String, String)> = both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("SELECT case_id, address FROM participants WHERE case_id IN ");
            in_list!(query, cases.iter().map(ToString::to_string));
            query.build_query_as().fetch_all(conn).await?
        });
        for (case, who) in rows {
            found.insert((Column("participants", "case_id").read(&case)?, address(who)));
        }
    }
    Ok(found)
}
