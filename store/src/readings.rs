//! What was read out of a case's mails. It can be made again from their bytes at any time, so nothing here is
//! precious. Written by the extract worker, read by the draft worker and the case page.

use caseconsult_core::domain::{
    case::CaseEvent,
    event::Actor,
    ids::{CaseId, MessageId},
};

use crate::{
    Clock, Db, StoreError, Tx,
    cases::{self, Case},
    db::{both::both, text::storable},
    row::Column,
};

/// The reading of one mail, as JSON of `core::extract::Reading`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReading {
    /// The mail.
    pub message: MessageId,
    /// JSON.
    pub reading: String,
}

/// Ends the extract step: the readings of the case's mails and its next state, in one transaction.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has moved on; the readings are dropped then.
pub async fn finish_extract(
    db: &Db,
    clock: &Clock,
    case: &Case,
    readings: &[StoredReading],
) -> Result<Case, StoreError> {
    let mut tx = db.begin().await?;
    for reading in readings {
        put(&mut tx, clock, case.id, reading).await?;
    }
    let case = cases::advance(&mut tx, clock, case, &CaseEvent::Extracted, Actor::Machine).await?;
    tx.commit().await?;
    Ok(case)
}

/// The same for several cases in one transaction, with one result for each in the same order: a case that has
/// moved on is left out, and the others are committed.
///
/// # Errors
/// When the database refuses; nothing has changed then.
pub async fn finish_extracts(
    db: &Db,
    clock: &Clock,
    done: &[(Case, Vec<StoredReading>)],
) -> Result<Vec<Result<Case, StoreError>>, StoreError> {
    let mut tx = db.begin().await?;
    let mut results = Vec::with_capacity(done.len());
    for (case, readings) in done {
        let advanced = cases::advance(&mut tx, clock, case, &CaseEvent::Extracted, Actor::Machine).await;
        if advanced.is_ok() {
            for reading in readings {
                put(&mut tx, clock, case.id, reading).await?;
            }
        }
        results.push(unless_moved_on(advanced)?);
    }
    tx.commit().await?;
    Ok(results)
}

/// Sets a case that has moved on apart from a database that refuses: after the latter a transaction is lost.
pub(crate) fn unless_moved_on(advanced: Result<Case, StoreError>) -> Result<Result<Case, StoreError>, StoreError> {
    match advanced {
        Err(error @ (StoreError::Conflict | StoreError::NotAllowed(_))) => Ok(Err(error)),
        other => other.map(Ok),
    }
}

/// Writes the reading of one mail, over an earlier one, inside a transaction.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Tx, clock: &Clock, case: CaseId, reading: &StoredReading) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO readings (message_id, case_id, reading, made_at) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (message_id) DO UPDATE SET reading = excluded.reading, made_at = excluded.made_at";
    both!(tx.connection(), conn => {
        sqlx::query(PUT)
            .bind(reading.message.to_string())
            .bind(case.to_string())
            .bind(storable(&reading.reading).as_ref())
            .bind(clock.now().micros())
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// All readings of a case, in the order of its mails.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: CaseId) -> Result<Vec<StoredReading>, StoreError> {
    const OF_CASE: &str = "SELECT r.message_id, r.reading FROM readings r JOIN messages m ON m.id = r.message_id \
                           WHERE r.case_id = $1 ORDER BY m.received_at, m.id";
    let rows: Vec<(String, String)> =
        both!(db.reader(), pool => sqlx::query_as(OF_CASE).bind(case.to_string()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|(message, reading)| {
            Ok(StoredReading { message: Column("readings", "message_id").read(&message)?, reading })
        })
        .collect()
}
