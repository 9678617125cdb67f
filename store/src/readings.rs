//! What was read out of a case's mails. It can be made again from their bytes at any time, so nothing here is
//! precious. Written by the extract worker, read by the draft worker and the case page.

use std::collections::HashMap;

use caseconsult_core::domain::{
    case::CaseEvent,
    event::Actor,
    ids::{CaseId, MessageId},
};

use sqlx::QueryBuilder;

use crate::{
    Clock, Db, StoreError, Tx,
    cases::{self, Case, together::advance_together},
    db::{both::both, lookup::each_by_itself, text::storable},
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
    let all: Vec<_> = readings.iter().map(|reading| (case.id, reading)).collect();
    put_all(&mut tx, clock, &all).await?;
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
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut tx = db.begin().await?;
    let cases: Vec<&Case> = done.iter().map(|(case, _)| case).collect();
    let results = advance_together(&mut tx, clock, &cases, &CaseEvent::Extracted).await?;
    let advanced = done.iter().zip(&results).filter(|(_, result)| result.is_ok());
    let all: Vec<_> =
        advanced.flat_map(|((case, readings), _)| readings.iter().map(|reading| (case.id, reading))).collect();
    put_all(&mut tx, clock, &all).await?;
    tx.commit().await?;
    Ok(results)
}

/// Writes the reading of one mail, over an earlier one, inside a transaction.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Tx, clock: &Clock, case: CaseId, reading: &StoredReading) -> Result<(), StoreError> {
    put_all(tx, clock, &[(case, reading)]).await
}

async fn put_all(tx: &mut Tx, clock: &Clock, readings: &[(CaseId, &StoredReading)]) -> Result<(), StoreError> {
    for readings in readings.chunks(100) {
        both!(tx.connection(), conn: Driver => {
            let mut query =
                QueryBuilder::<Driver>::new("INSERT INTO readings (message_id, case_id, reading, made_at) ");
            query.push_values(readings, |mut row, (case, reading)| {
                row.push_bind(reading.message.to_string())
                    .push_bind(case.to_string())
                    .push_bind(storable(&reading.reading))
                    .push_bind(clock.now().micros());
            });
            query.push(
                " ON CONFLICT (message_id) DO UPDATE SET reading = excluded.reading, made_at = excluded.made_at",
            );
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

/// All readings of a case, in the order of its mails.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: CaseId) -> Result<Vec<StoredReading>, StoreError> {
    Ok(of_each(db, &[case]).await?.remove(&case).unwrap_or_default())
}

/// The readings of several cases, each case's in the order of its mails. A case without any is not there.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_each(db: &Db, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<StoredReading>>, StoreError> {
    let (before, behind) = each_by_itself(&db.reader());
    let mut found: HashMap<CaseId, Vec<StoredReading>> = HashMap::new();
    for cases in cases.chunks(500) {
        let rows: Vec<(String, String, String)> = both!(db.reader(), pool: Driver => {
            let mut query =
                QueryBuilder::<Driver>::new("SELECT found.case_id, found.message_id, found.reading FROM (");
            query.push_values(cases, |mut row, case| {
                row.push_bind(case.to_string());
            });
            query.push(before).push("readings AS found WHERE found.case_id = wanted.column1").push(behind);
            query.push(
                " ORDER BY (SELECT m.received_at FROM messages m WHERE m.id = found.message_id), found.message_id",
            );
            query.build_query_as().fetch_all(pool).await?
        });
        for (case, message, reading) in rows {
            let message = Column("readings", "message_id").read(&message)?;
            let case = Column("readings", "case_id").read(&case)?;
            found.entry(case).or_default().push(StoredReading { message, reading });
        }
    }
    Ok(found)
}
