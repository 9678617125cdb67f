//! The same as JSON, for scripts that sign in like a person: with the session's cookie, and with its form token in
//! the header `X-Form-Token` on every request that changes something. `GET /api/session` tells the token.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use caseconsult_core::{
    domain::code::{Code, CodeSystem},
    draft::guard::Override,
    identifier::{self, Found},
    mail::message::Attachment,
};
use caseconsult_store::cases::{self, Case};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    case::{CaseFile, MailFile, SnippetView, actions::words_for, candidate_view::Candidates, earlier::earlier, find},
    failure::Failure,
    form::check_token,
    queue,
    router::Shared,
    session::SignedIn,
};
use crate::review::{
    self, ReviewError,
    steps::{self, Step},
};

/// Cases in one answer.
const MOST_CASES: i64 = 200;

/// What a list is asked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    /// A state's name, e.g. `drafted`; all without it.
    state: Option<String>,
    #[serde(default)]
    offset: i64,
}

/// What an action may carry; `system` and `code` name a candidate. `version` is the case's as read; an approval of another is refused.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Order {
    version: Option<i64>,
    take_over: bool,
    note: String,
    body: Option<String>,
    system: Option<CodeSystem>,
    code: String,
    overrides: Vec<Override>,
}

/// A case in a list.
#[derive(Serialize)]
struct CaseLine<'a> {
    tag: &'a str,
    state: &'static str,
    version: i64,
    stale: bool,
    received_at: String,
    asker: Option<String>,
    claimed: bool,
}

/// `GET /api/session`: who is signed in.
pub(super) async fn session(who: SignedIn) -> Json<Value> {
    Json(json!({ "name": who.user.name, "role": who.user.role, "form_token": who.form_token }))
}

/// `GET /api/cases?state=drafted&offset=0`: oldest first, 200 at most. Addresses are masked, as in the queue.
pub(super) async fn cases(
    State(shared): State<Arc<Shared>>,
    _who: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Failure> {
    let states = queue::state_named(wanted.state.as_deref()).ok_or(Failure::Malformed)?;
    let filter = cases::Filter { states, limit: MOST_CASES, offset: wanted.offset.max(0) };
    let desk = &shared.context.desk;
    let found = cases::list(&desk.db, &filter).await?;
    let now = desk.clock.now();
    Ok(Json(json!({ "cases": found.iter().map(|case| CaseLine::new(case, now)).collect::<Vec<_>>() })))
}

/// `GET /api/cases/{tag}`: the mails with their readings, the facts and the draft, what was answered before, candidates for
/// what is described, and the snippets with the case's values. What may identify a patient is blanked
/// in them, an asterisk for each byte, and listed with its span and kind.
pub(super) async fn case(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Path(tag): Path<String>,
) -> Result<Json<Value>, Failure> {
    let desk = &shared.context.desk;
    let file = CaseFile::read(desk, find(desk, &tag).await?, who.user.id).await?;
    let mails: Vec<Value> = file.mails.iter().map(masked).collect();
    let facts: Option<Value> = file.draft.as_ref().and_then(|draft| serde_json::from_str(&draft.facts).ok());
    Ok(Json(json!({
        "case": CaseLine::new(&file.case, file.now),
        "mails": mails,
        "facts": facts,
        "draft": file.draft.as_ref().map(|draft| json!({ "version": draft.version, "body": draft.body })),
        "body": file.body(),
        "answered_before": earlier(&shared.context, &file).await?,
        "candidates": Candidates::of(&shared.context.search, &desk.db, &file).await?.json(),
        "snippets": SnippetView::all(&shared.context.house, &file),
    })))
}

/// A mail without what may identify somebody; dates of service stay.
fn masked(mail: &MailFile) -> Value {
    let message = &mail.message;
    let found: Vec<Found> = mail.identifiers().into_iter().filter(|one| !one.needed).collect();
    let attachments = mail.beside.attachments.iter();
    let attachments: Vec<Attachment> =
        attachments.map(|one| Attachment { name: identifier::mask(&one.name).0, ..one.clone() }).collect();
    json!({
        "id": message.id, "sender": message.sender, "subject": identifier::mask(&message.subject).0,
        "sha256": message.sha256, "received_at": message.received_at.to_string(),
        "reading": mail.reading.as_ref().map(|reading| identifier::blanked_reading(reading, &found)),
        "identifiers": found, "attachments": attachments, "notes": mail.beside.notes,
    })
}

/// `POST /api/cases/{tag}/{claim|approve|return|hold|close|accept|put_back}`. Answers with the case as it is then; a refusal with 409,
/// or 422 and the findings that need a reason.
pub(super) async fn act(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Path((tag, action)): Path<(String, String)>,
    headers: HeaderMap,
    order: Result<Json<Order>, JsonRejection>,
) -> Result<Response, Failure> {
    let token = headers.get("x-form-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    check_token(&who, token)?;
    let Json(order) = order.map_err(|error| Failure::from_status(error.status()))?;
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    if order.version.is_some_and(|version| version != case.version) {
        return refused(&shared, ReviewError::Changed).await;
    }
    let by = who.user.id;
    let done = match action.as_str() {
        "claim" => review::claim(desk, case.id, by, order.take_over).await,
        "approve" => match &order.body {
            Some(body) => review::approve(desk, &case, by, body, &order.overrides).await,
            None => return Err(Failure::Malformed),
        },
        "return" => steps::take(desk, &case, by, Step::Return).await,
        "hold" => steps::take(desk, &case, by, Step::Hold { note: order.note }).await,
        "close" => steps::take(desk, &case, by, Step::Close).await,
        "accept" | "put_back" => {
            let system = order.system.ok_or(Failure::Malformed)?;
            let code = Code::normal(system, &order.code);
            if action == "accept" {
                review::accept(desk, &case, by, system, &code).await
            } else {
                review::put_back(desk, &case, by, system, &code).await
            }
        }
        _ => return Err(Failure::NotFound),
    };
    shared.context.bell.ring();
    match done {
        Ok(case) => Ok(Json(json!({ "case": CaseLine::new(&case, desk.clock.now()) })).into_response()),
        Err(refusal) => refused(&shared, refusal).await,
    }
}

async fn refused(shared: &Shared, refusal: ReviewError) -> Result<Response, Failure> {
    let (status, findings) = match &refusal {
        ReviewError::Store(error) => return Err(error.into()),
        ReviewError::Findings(findings) => (StatusCode::UNPROCESSABLE_ENTITY, findings.as_slice()),
        _ => (StatusCode::CONFLICT, [].as_slice()),
    };
    let detail = words_for(&shared.context.desk, &refusal).await;
    Ok((status, Json(json!({ "error": "Refused", "detail": detail, "findings": findings }))).into_response())
}

impl<'a> CaseLine<'a> {
    fn new(case: &'a Case, now: caseconsult_core::domain::instant::Instant) -> Self {
        Self {
            tag: case.tag.as_str(),
            state: case.state.name(),
            version: case.version,
            stale: case.stale,
            received_at: case.received_at.to_string(),
            asker: case.asker.as_ref().map(ToString::to_string),
            claimed: case.claim.is_some_and(|(_, until)| until > now),
        }
    }
}
