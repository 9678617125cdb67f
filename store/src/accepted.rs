//! Codes that a reviewer took from the candidates of a case, or put back. Each is a line of the case's history, and the
//! case is drafted anew with it, in one transaction. Written by the review, read by the draft worker and the case page.

use std::collections::HashMap;

use caseconsult_core::domain::{
    case::CaseEvent,
    code::{Code, CodeSystem},
    event::Actor,
    ids::{CaseId, UserId},
};
use sqlx::QueryBuilder;

use crate::{
    Clock, Db, StoreError,
    cases::{self, Case},
    db::{both::both, lookup::each_by_itself, text::storable},
    events,
    row::Column,
};

/// The name of the line of the history that tells of a code that was taken; its detail is [`Choice`].
pub const ACCEPTED: &str = "code_accepted";
/// … and of one that was put back.
pub const PUT_BACK: &str = "code_put_back";

/// Which code.
pub type Choice = (CodeSystem, Code);

/// Takes a code; the case is drafted anew with it. Returns the case as it is then.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has moved on, [`StoreError::NotAllowed`] when it cannot be drafted anew. Nothing
/// has changed then.
pub async fn accept(db: &Db, clock: &Clock, case: &Case, by: UserId, code: &Choice) -> Result<Case, StoreError> {
    const ADD: &str = "INSERT INTO accepted_codes (case_id, system, code, accepted_by, accepted_at) \
                       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, system, code) DO NOTHING";
    let mut tx = db.begin().await?;
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(case.id.to_string())
            .bind(code.0.as_str())
            .bind(storable(code.1.as_str()).as_ref())
            .bind(by.to_string())
            .bind(clock.now().micros())
            .execute(conn)
            .await?;
    });
    told(tx, clock, case, by, ACCEPTED, code).await
}

/// Puts it back; the case is drafted anew without it.
///
/// # Errors
/// As [`accept`].
pub async fn put_back(db: &Db, clock: &Clock, case: &Case, by: UserId, code: &Choice) -> Result<Case, StoreError> {
    const REMOVE: &str = "DELETE FROM accepted_codes WHERE case_id = $1 AND system = $2 AND code = $3";
    let mut tx = db.begin().await?;
    both!(tx.connection(), conn => {
        sqlx::query(REMOVE)
            .bind(case.id.to_string())
            .bind(code.0.as_str())
            .bind(storable(code.1.as_str()).as_ref())
            .execute(conn)
            .await?;
    });
    told(tx, clock, case, by, PUT_BACK, code).await
}

async fn told(
    mut tx: crate::Tx,
    clock: &Clock,
    case: &Case,
    by: UserId,
    what: &str,
    code: &Choice,
) -> Result<Case, StoreError> {
    let detail = crate::row::to_json(code, Column("events", "detail"))?;
    events::add(&mut tx, clock, case.id, Actor::User(by), what, &detail).await?;
    let next = cases::advance(&mut tx, clock, case, &CaseEvent::RedraftWanted { by }, Actor::User(by)).await?;
    tx.commit().await?;
    Ok(next)
}

/// The codes that were taken for a case, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: CaseId) -> Result<Vec<Choice>, StoreError> {
    Ok(of_each(db, &[case]).await?.remove(&case).unwrap_or_default())
}

/// Those of several cases. A case without any is not there.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_each(db: &Db, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<Choice>>, StoreError> {
    let (before, behind) = each_by_itself(&db.reader());
    let mut found: HashMap<CaseId, Vec<Choice>> = HashMap::new();
    for cases in cases.chunks(500) {
        let rows: Vec<(String, String, String)> = both!(db.reader(), pool: Driver => {
            let mut query = QueryBuilder::<Driver>::new("SELECT found.case_id, found.system, found.code FROM (");
            query.push_values(cases, |mut row, case| {
                row.push_bind(case.to_string());
            });
            query.push(before).push("accepted_codes AS found WHERE found.case_id = wanted.column1").push(behind);
            query.push(" ORDER BY found.accepted_at, found.system, found.code");
            query.build_query_as().fetch_all(pool).await?
        });
        for (case, system, code) in rows {
            let system = Column("accepted_codes", "system").name(CodeSystem::read, &system)?;
            let case = Column("accepted_codes", "case_id").read(&case)?;
            found.entry(case).or_default().push((system, Code::normal(system, &code)));
        }
    }
    Ok(found)
}
