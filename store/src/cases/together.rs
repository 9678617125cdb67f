//! The same step's end for many cases, with a few statements for all of them. Called for the machine's steps, which
//! are most of what a database has to do for a case; whatever is not plain goes the way of [`mod@super::advance`].

use std::collections::HashSet;

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState},
    event::Actor,
};
use sqlx::QueryBuilder;

use super::{
    advance::advance,
    row::Case,
    transition::{Transition, follow},
};
use crate::{
    Clock, StoreError, Tx,
    db::{both::both, text::storable},
    events,
    queue::job::{Bell, ring},
    row::{Column, to_json},
};

/// Inside a transaction: what [`advance`] does with `event` by the machine, for each of these cases, with one result
/// for each in the same order. A case that has moved on is left as it is, and the others go on.
///
/// # Errors
/// When the database refuses; the transaction is lost then.
pub(crate) async fn advance_together(
    tx: &mut Tx,
    clock: &Clock,
    cases: &[&Case],
    event: &CaseEvent,
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let followed: Vec<Option<Transition>> = cases.iter().map(|case| follow(case, event).ok()).collect();
    let Some(to) = followed.iter().flatten().find(|to| is_plain(to)) else {
        return one_by_one(tx, clock, cases, event).await;
    };
    let (plain, others): (Vec<_>, Vec<_>) =
        cases.iter().copied().zip(&followed).partition(|(_, followed)| followed.as_ref() == Some(to));
    let plain: Vec<&Case> = plain.into_iter().map(|(case, _)| case).collect();
    let others: Vec<&Case> = others.into_iter().map(|(case, _)| case).collect();

    let written = write(tx, clock, &plain, to).await?;
    let done: Vec<&Case> = plain.iter().copied().filter(|case| written.contains(&case.id.to_string())).collect();
    let ids: Vec<_> = done.iter().map(|case| case.id).collect();
    events::add_to_each(tx, clock, &ids, Actor::Machine, event.name(), &to_json(event, Column("events", "detail"))?)
        .await?;
    if let Some(step) = to.state.step() {
        let bells: Vec<Bell> = done.iter().map(|case| Bell::new(step, case.id, case.version + 1, None)).collect();
        ring(tx, clock, &bells).await?;
    }

    let mut singly = one_by_one(tx, clock, &others, event).await?.into_iter();
    let result = |(case, followed): (&&Case, &Option<Transition>)| match followed {
        Some(followed) if followed == to && written.contains(&case.id.to_string()) => Ok(()),
        Some(followed) if followed == to => Err(StoreError::Conflict),
        _ => singly.next().unwrap_or(Err(StoreError::Conflict)),
    };
    Ok(cases.iter().zip(&followed).map(result).collect())
}

/// Nothing follows but the state: no person's claim, no approval that falls, no mail that had to wait.
const fn is_plain(to: &Transition) -> bool {
    let anybodys = matches!(to.state, CaseState::InReview { .. } | CaseState::Sending { .. });
    !anybodys && !to.late_follow_up && to.withdrawn.is_none()
}

/// Returns the ids of the cases that still had the version they were read with.
async fn write(tx: &mut Tx, clock: &Clock, cases: &[&Case], to: &Transition) -> Result<HashSet<String>, StoreError> {
    let detail = to_json(&to.state, Column("cases", "detail"))?;
    let rows: Vec<String> = both!(tx.connection(), conn: Driver => {
        let mut query = QueryBuilder::<Driver>::new("UPDATE cases SET state = ");
        query.push_bind(to.state.name()).push(", detail = ").push_bind(storable(&detail));
        query.push(", stale = ").push_bind(to.stale).push(", updated_at = ").push_bind(clock.now().micros());
        query.push(
            ", version = version + 1, claimed_by = NULL, claimed_until = NULL, lease_owner = NULL, \
             lease_until = NULL, attempts = 0, next_try_at = NULL, last_cause = NULL FROM (",
        );
        query.push_values(cases, |mut row, case| {
            row.push_bind(case.id.to_string()).push_bind(case.version);
        });
        query.push(") AS known WHERE cases.id = known.column1 AND cases.version = known.column2 RETURNING id");
        query.build_query_scalar().fetch_all(conn).await?
    });
    Ok(rows.into_iter().collect())
}

async fn one_by_one(
    tx: &mut Tx,
    clock: &Clock,
    cases: &[&Case],
    event: &CaseEvent,
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut results = Vec::with_capacity(cases.len());
    for case in cases {
        results.push(match advance(tx, clock, case, event, Actor::Machine).await {
            Ok(_) => Ok(()),
            // A case that has moved on is no fault of the others; after a refusal the transaction is lost.
            Err(error @ (StoreError::Conflict | StoreError::NotAllowed(_))) => Err(error),
            Err(error) => return Err(error),
        });
    }
    Ok(results)
}
