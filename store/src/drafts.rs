//! Every version of a draft, the machine's and the reviewers', and the reviewers' unsaved edits. Versions are only
//! added. Written by the draft worker, by approval, and by the editor's autosave.

use caseconsult_core::domain::{
    case::CaseEvent,
    event::Actor,
    ids::{CaseId, DraftId, UserId},
    instant::Instant,
};

use sqlx::QueryBuilder;

use crate::{
    Clock, Db, StoreError, Tx,
    cases::{self, Case, together::advance_together},
    db::{both::both, text::storable},
    events,
    row::Column,
};

/// One version of a case's draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// From 1.
    pub version: i64,
    /// The reviewer who wrote it; none for the machine.
    pub author: Option<UserId>,
    /// The reply's source text.
    pub body: String,
    /// What it is made from, as JSON of `core::draft::Facts`.
    pub facts: String,
    /// When.
    pub made_at: Instant,
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    id: String,
    version: i64,
    author: Option<String>,
    body: String,
    facts: String,
    made_at: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: Column("drafts", "id").read(&row.id)?,
            version: row.version,
            author: Column("drafts", "author").read_some(row.author.as_deref())?,
            body: row.body,
            facts: row.facts,
            made_at: Instant::from_micros(row.made_at),
        })
    }
}

/// What came of asking a model to phrase a draft.
#[derive(Clone, Debug)]
pub enum ByModel {
    /// A draft of its own, stored as the version after the rules' one.
    Taken {
        /// The reply's source text.
        body: String,
        /// The facts with the wording, as JSON of `core::draft::Facts`.
        facts: String,
        /// The model.
        model: String,
        /// Sentences of the model in it.
        kept: usize,
        /// Sentences of the model that are not.
        dropped: usize,
    },
    /// The rules' draft stands.
    NotTaken {
        /// The model.
        model: String,
        /// Why, without a word of the mail or of the answer.
        reason: String,
    },
}

/// The name of the history line when a wording was taken, and when none was.
pub const WORDED: &str = "worded";
/// See [`WORDED`].
pub const NOT_WORDED: &str = "wording_not_taken";
/// The name of the history line when a reviewer went back to the rules' words, and to the model's.
pub const RULES_CHOSEN: &str = "rules_wording_chosen";
/// See [`RULES_CHOSEN`].
pub const MODEL_CHOSEN: &str = "models_wording_chosen";

/// Ends the draft step: the machine's draft as the newest version and the case's next state, in one transaction.
/// The draft speaks of all mails of the case, so the case is not stale any more.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has moved on; the draft is dropped then.
pub async fn finish_draft(db: &Db, clock: &Clock, case: &Case, body: &str, facts: &str) -> Result<Case, StoreError> {
    finish_worded(db, clock, case, body, facts, None).await
}

/// The same with what came of asking a model: its draft as a further version, or in the history why there is none.
///
/// # Errors
/// As [`finish_draft`].
pub async fn finish_worded(
    db: &Db,
    clock: &Clock,
    case: &Case,
    body: &str,
    facts: &str,
    by_model: Option<&ByModel>,
) -> Result<Case, StoreError> {
    let mut tx = db.begin().await?;
    let next = cases::advance(&mut tx, clock, case, &CaseEvent::Drafted, Actor::Machine).await?;
    add(&mut tx, clock, case.id, None, body, facts).await?;
    if let Some(by_model) = by_model {
        let (what, detail) = match by_model {
            ByModel::Taken { body, facts, model, kept, dropped } => {
                add(&mut tx, clock, case.id, None, body, facts).await?;
                (WORDED, serde_json::json!({ "model": model, "kept": kept, "dropped": dropped }))
            }
            ByModel::NotTaken { model, reason } => {
                (NOT_WORDED, serde_json::json!({ "model": model, "reason": reason }))
            }
        };
        events::add(&mut tx, clock, case.id, Actor::Machine, what, &detail.to_string()).await?;
    }
    tx.commit().await?;
    Ok(next)
}

/// Puts the body and facts of an earlier version of the machine's on top again, as the newest version, and tells of it in
/// the history as `what`. No version is changed or lost. The reviewer has to hold the case.
///
/// # Errors
/// [`StoreError::NotClaimed`] without a live claim, [`StoreError::NotFound`] when the machine made no such version,
/// [`StoreError::Conflict`] when the case has changed since it was read.
pub async fn choose(
    db: &Db,
    clock: &Clock,
    case: &Case,
    by: UserId,
    version: i64,
    what: &str,
) -> Result<(), StoreError> {
    const AGAIN: &str = "SELECT id, version, author, body, facts, made_at FROM drafts \
                         WHERE case_id = $1 AND version = $2 AND author IS NULL";
    let mut tx = db.begin().await?;
    let present = cases::advance::locked(&mut tx, case.id).await?;
    if present.version != case.version {
        return Err(StoreError::Conflict);
    }
    if !present.claim.is_some_and(|(holder, until)| holder == by && until > clock.now()) {
        return Err(StoreError::NotClaimed);
    }
    let row: Option<DraftRow> = both!(tx.connection(), conn => {
        sqlx::query_as(AGAIN).bind(case.id.to_string()).bind(version).fetch_optional(conn).await?
    });
    let draft: Draft = row.ok_or(StoreError::NotFound("draft"))?.try_into()?;
    let now = add(&mut tx, clock, case.id, None, &draft.body, &draft.facts).await?;
    let detail = serde_json::json!({ "version": version, "as": now }).to_string();
    events::add(&mut tx, clock, case.id, Actor::User(by), what, &detail).await?;
    tx.commit().await
}

/// The same for several cases in one transaction, with one result for each in the same order: a case that has
/// moved on is left out, and the others are committed. Each comes with its body and its facts.
///
/// # Errors
/// When the database refuses; nothing has changed then.
pub async fn finish_drafts(
    db: &Db,
    clock: &Clock,
    done: &[(Case, (String, String))],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut tx = db.begin().await?;
    let cases: Vec<&Case> = done.iter().map(|(case, _)| case).collect();
    let results = advance_together(&mut tx, clock, &cases, &CaseEvent::Drafted).await?;
    let drafts: Vec<_> =
        done.iter().zip(&results).filter(|(_, result)| result.is_ok()).map(|(drafted, _)| drafted).collect();
    add_all(&mut tx, clock, &drafts).await?;
    tx.commit().await?;
    Ok(results)
}

/// The machine's next version for each of these cases, as [`add`] writes one.
async fn add_all(tx: &mut Tx, clock: &Clock, drafts: &[&(Case, (String, String))]) -> Result<(), StoreError> {
    for drafts in drafts.chunks(100) {
        both!(tx.connection(), conn: Driver => {
            let mut query = QueryBuilder::<Driver>::new(
                "INSERT INTO drafts (id, case_id, body, facts, made_at, version) SELECT new.column1, new.column2, \
                 new.column3, new.column4, new.column5, 1 + COALESCE((SELECT MAX(version) FROM drafts d \
                 WHERE d.case_id = new.column2), 0) FROM (",
            );
            query.push_values(drafts, |mut row, (case, (body, facts))| {
                row.push_bind(DraftId::new(clock.id()).to_string())
                    .push_bind(case.id.to_string())
                    .push_bind(storable(body))
                    .push_bind(storable(facts))
                    .push_bind(clock.now().micros());
            });
            query.push(") AS new").build().execute(conn).await?;
        });
    }
    Ok(())
}

/// Adds the next version; returns its number. The caller's transaction holds the case's row, so that two cannot
/// draw the same number.
pub(crate) async fn add(
    tx: &mut Tx,
    clock: &Clock,
    case: CaseId,
    author: Option<UserId>,
    body: &str,
    facts: &str,
) -> Result<i64, StoreError> {
    const ADD: &str = "INSERT INTO drafts (id, case_id, version, author, body, facts, made_at) \
                       SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5, $6 FROM drafts WHERE case_id = $2 \
                       RETURNING version";
    let versions: Vec<i64> = both!(tx.connection(), conn => {
        sqlx::query_scalar(ADD)
            .bind(DraftId::new(clock.id()).to_string())
            .bind(case.to_string())
            .bind(author.map(|author| author.to_string()))
            .bind(storable(body).as_ref())
            .bind(storable(facts).as_ref())
            .bind(clock.now().micros())
            .fetch_all(conn)
            .await?
    });
    versions.into_iter().next().ok_or(StoreError::NotFound("case"))
}

const LATEST: &str = "SELECT id, version, author, body, facts, made_at FROM drafts WHERE case_id = $1 \
                      ORDER BY version DESC LIMIT 1";

/// The newest version, inside a transaction.
pub(crate) async fn latest_in(tx: &mut Tx, case: CaseId) -> Result<Option<Draft>, StoreError> {
    let row: Option<DraftRow> =
        both!(tx.connection(), conn => sqlx::query_as(LATEST).bind(case.to_string()).fetch_optional(conn).await?);
    row.map(Draft::try_from).transpose()
}

/// The newest version.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn latest(db: &Db, case: CaseId) -> Result<Option<Draft>, StoreError> {
    let row: Option<DraftRow> =
        both!(db.reader(), pool => sqlx::query_as(LATEST).bind(case.to_string()).fetch_optional(pool).await?);
    row.map(Draft::try_from).transpose()
}

/// All versions, oldest first.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn versions(db: &Db, case: CaseId) -> Result<Vec<Draft>, StoreError> {
    const VERSIONS: &str =
        "SELECT id, version, author, body, facts, made_at FROM drafts WHERE case_id = $1 ORDER BY version";
    let rows: Vec<DraftRow> =
        both!(db.reader(), pool => sqlx::query_as(VERSIONS).bind(case.to_string()).fetch_all(pool).await?);
    rows.into_iter().map(Draft::try_from).collect()
}

/// Autosave. It needs no claim: an edit is kept even when the claim has lapsed, and only sending needs one.
///
/// # Errors
/// When the database refuses.
pub async fn save_working_copy(
    db: &Db,
    clock: &Clock,
    case: CaseId,
    user: UserId,
    body: &str,
) -> Result<(), StoreError> {
    const SAVE: &str = "INSERT INTO working_copies (case_id, user_id, body, saved_at) VALUES ($1, $2, $3, $4) \
                        ON CONFLICT (case_id, user_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
    both!(db.writer(), pool => {
        sqlx::query(SAVE)
            .bind(case.to_string())
            .bind(user.to_string())
            .bind(storable(body).as_ref())
            .bind(clock.now().micros())
            .execute(pool)
            .await?;
    });
    Ok(())
}

/// The unsaved edit of this reviewer and when it was saved, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn working_copy(db: &Db, case: CaseId, user: UserId) -> Result<Option<(String, Instant)>, StoreError> {
    const COPY: &str = "SELECT body, saved_at FROM working_copies WHERE case_id = $1 AND user_id = $2";
    let row: Option<(String, i64)> = both!(db.reader(), pool => {
        sqlx::query_as(COPY).bind(case.to_string()).bind(user.to_string()).fetch_optional(pool).await?
    });
    Ok(row.map(|(body, saved_at)| (body, Instant::from_micros(saved_at))))
}

/// Removes this reviewer's unsaved edit: it went into an approved version.
pub(crate) async fn drop_working_copy(tx: &mut Tx, case: CaseId, user: UserId) -> Result<(), StoreError> {
    const DROP: &str = "DELETE FROM working_copies WHERE case_id = $1 AND user_id = $2";
    both!(tx.connection(), conn => {
        sqlx::query(DROP).bind(case.to_string()).bind(user.to_string()).execute(conn).await?;
    });
    Ok(())
}
