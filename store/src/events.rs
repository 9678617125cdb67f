//! The history of a case: who did what, and when. Rows are only added. Written by whoever changes a case, in the
//! same transaction; read by the case page and the command line.

use caseconsult_core::domain::{
    event::Actor,
    ids::{CaseId, EventId},
    instant::Instant,
};
use sqlx::QueryBuilder;

use crate::{
    Clock, Db, StoreError, Tx,
    db::{both::both, text::storable},
    row::Column,
};

/// One line of a case's history.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// Who.
    pub who: Actor,
    /// What, in a word: `received`, `followed_up`, `claimed`, …
    pub what: String,
    /// More about it, as JSON. Holds no mail text and no addresses.
    pub detail: String,
}

const MACHINE: &str = "machine";

/// As stored in `who`.
pub(crate) fn who(actor: Actor) -> String {
    match actor {
        Actor::Machine => MACHINE.to_owned(),
        Actor::User(id) => id.to_string(),
    }
}

const ADD: &str = "INSERT INTO events (id, case_id, at, who, what, detail) VALUES ($1, $2, $3, $4, $5, $6)";

/// Adds a line, inside the transaction of the change that it tells of.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut Tx,
    clock: &Clock,
    case: CaseId,
    actor: Actor,
    what: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let id = EventId::new(clock.id());
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(id.to_string())
            .bind(case.to_string())
            .bind(clock.now().micros())
            .bind(who(actor))
            .bind(what)
            .bind(storable(detail).as_ref())
            .execute(conn)
            .await?;
    });
    Ok(())
}

/// Adds a line that tells of no change: something was shown to somebody.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    db: &Db,
    clock: &Clock,
    case: CaseId,
    actor: Actor,
    what: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    add(&mut tx, clock, case, actor, what, detail).await?;
    tx.commit().await
}

/// Adds the same line to each of these cases.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn add_to_each(
    tx: &mut Tx,
    clock: &Clock,
    cases: &[CaseId],
    actor: Actor,
    what: &str,
    detail: &str,
) -> Result<(), StoreError> {
    for cases in cases.chunks(500) {
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new("INSERT INTO events (id, case_id, at, who, what, detail) ");
            query.push_values(cases, |mut row, case| {
                row.push_bind(EventId::new(clock.id()).to_string())
                    .push_bind(case.to_string())
                    .push_bind(clock.now().micros())
                    .push_bind(who(actor))
                    .push_bind(what)
                    .push_bind(storable(detail));
            });
            query.build().execute(conn).await?;
        });
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct EventRow {
    at: i64,
    who: String,
    what: String,
    detail: String,
}

/// The history of a case, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: CaseId) -> Result<Vec<Event>, StoreError> {
    const OF_CASE: &str = "SELECT at, who, what, detail FROM events WHERE case_id = $1 ORDER BY at, id";
    let rows: Vec<EventRow> =
        both!(db.reader(), pool => sqlx::query_as(OF_CASE).bind(case.to_string()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            let who = match row.who.as_str() {
                MACHINE => Actor::Machine,
                id => Actor::User(Column("events", "who").read(id)?),
            };
            Ok(Event { at: Instant::from_micros(row.at), who, what: row.what, detail: row.detail })
        })
        .collect()
}
