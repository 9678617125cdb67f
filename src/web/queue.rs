//! The list of cases. Subjects are not shown here: what a customer wrote into one may be about a patient, and a
//! list is what stands open on a screen. The codes, the age and the state are what a coder chooses by.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use caseconsult_core::domain::{case::CaseState, ids::UserId, instant::Instant};
use caseconsult_store::{
    cases::{self, Case, Filter},
    users,
};
use serde::{Deserialize, Serialize};

use super::{
    codes::seen::Chip,
    context::WebContext,
    failure::Failure,
    form::SignedForm,
    frame::Frame,
    pages::View,
    router::Shared,
    session::SignedIn,
    words::{Moment, StateLabel, span},
};
use crate::review::{self, ReviewError};

/// Cases on one page of the list.
const PAGE: i64 = 50;

/// A group of states that a coder asks for together.
struct Group {
    key: &'static str,
    title: &'static str,
    states: &'static [&'static str],
}

/// The filters, in the order of a case's life.
const GROUPS: [Group; 10] = [
    Group { key: "waiting", title: "Waiting", states: &["drafted"] },
    Group { key: "review", title: "In review", states: &["in_review"] },
    Group { key: "held", title: "Held", states: &["held"] },
    Group { key: "outgoing", title: "Outgoing", states: &["approved", "sending"] },
    Group { key: "attention", title: "Needs attention", states: &["uncertain", "undeliverable"] },
    Group { key: "preparing", title: "Being prepared", states: &["received", "extracted"] },
    Group { key: "sent", title: "Sent", states: &["sent", "awaiting_asker"] },
    Group { key: "ignored", title: "Ignored", states: &["ignored"] },
    Group { key: "closed", title: "Closed", states: &["closed"] },
    Group { key: "all", title: "All", states: &[] },
];

/// What the address bar says.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: i64,
    done: Option<String>,
}

/// The queue page.
#[derive(Serialize)]
pub(super) struct QueuePage {
    frame: Frame,
    list: List,
}

impl View for QueuePage {
    const TEMPLATE: &'static str = "pages/queue.html";
}

/// The part of the page that live updates replace.
#[derive(Serialize)]
pub(super) struct List {
    shown: &'static str,
    title: &'static str,
    filters: Vec<FilterLink>,
    rows: Vec<Row>,
    waiting: u64,
    earlier: Option<i64>,
    later: Option<i64>,
    /// Changes when the list does; not shown.
    #[serde(skip)]
    pub(super) print: String,
}

impl View for List {
    const TEMPLATE: &'static str = "partials/case_rows.html";
}

#[derive(Serialize)]
struct FilterLink {
    key: &'static str,
    title: &'static str,
    count: u64,
    is_alarm: bool,
}

#[derive(Serialize)]
struct Row {
    tag: String,
    asker: String,
    state: StateLabel,
    stale: bool,
    received: Moment,
    chips: Vec<Chip>,
    more_chips: usize,
    claim: Option<ClaimLabel>,
    note: Option<String>,
}

/// Who works on a case.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClaimLabel {
    pub(super) name: String,
    pub(super) is_mine: bool,
    pub(super) left: String,
}

/// `GET /`.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let frame = Frame::new(&shared.context, &who, wanted.done.as_deref());
    let list = load(&shared, &who, &wanted).await?;
    Ok(shared.context.pages.html(&QueuePage { frame, list })?)
}

/// `POST /next`: claims the oldest waiting case and opens it.
pub(super) async fn next(State(shared): State<Arc<Shared>>, form: SignedForm) -> Result<Response, Failure> {
    let path = match claim_next(&shared.context, form.who.user.id).await? {
        Some(case) => format!("/cases/{}?done=next", case.tag),
        None => "/?done=none".to_owned(),
    };
    shared.context.bell.ring();
    Ok(Redirect::to(&path).into_response())
}

/// Claims the oldest waiting case. Somebody else may be as fast: then the one after it is tried.
pub(super) async fn claim_next(context: &WebContext, by: UserId) -> Result<Option<Case>, Failure> {
    let filter = Filter { states: vec!["drafted"], limit: PAGE, offset: 0 };
    for case in cases::list(&context.desk.db, &filter).await? {
        match review::claim(&context.desk, case.id, by, false).await {
            Ok(case) => return Ok(Some(case)),
            Err(ReviewError::Taken { .. } | ReviewError::Changed | ReviewError::NotAllowed(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// The list as this person sees it now.
pub(super) async fn load(shared: &Shared, who: &SignedIn, wanted: &Wanted) -> Result<List, Failure> {
    let context = &shared.context;
    let (db, now) = (&context.desk.db, context.desk.clock.now());
    let group = GROUPS.iter().find(|group| group.key == wanted.show).unwrap_or(&GROUPS[0]);
    let offset = wanted.page.clamp(0, 10_000) * PAGE;
    let filter = Filter { states: group.states.to_vec(), limit: PAGE + 1, offset };

    let counts: HashMap<String, u64> = cases::counts(db).await?.into_iter().collect();
    let mut found = cases::list(db, &filter).await?;
    let has_more = i64::try_from(found.len()).is_ok_and(|length| length > PAGE);
    found.truncate(usize::try_from(PAGE).unwrap_or(50));
    let names: HashMap<UserId, String> = users::list(db).await?.into_iter().map(|user| (user.id, user.name)).collect();

    let mut rows = Vec::with_capacity(found.len());
    for case in &found {
        let (chips, more_chips) = shared.codes_seen.of_case(db, case).await?;
        rows.push(Row {
            tag: case.tag.to_string(),
            asker: case.asker.as_ref().map_or_else(|| "no usable sender".to_owned(), ToString::to_string),
            state: StateLabel::of(&case.state),
            stale: case.stale,
            received: Moment::new(case.received_at, now),
            chips,
            more_chips,
            claim: claim_label(case, who, &names, now),
            note: note(&case.state),
        });
    }
    let page = wanted.page.clamp(0, 10_000);
    Ok(List {
        shown: group.key,
        title: group.title,
        filters: GROUPS.iter().map(|group| filter_link(group, &counts)).collect(),
        rows,
        waiting: counts.get("drafted").copied().unwrap_or(0),
        earlier: (page > 0).then(|| page - 1),
        later: has_more.then(|| page + 1),
        print: print(&counts, &found),
    })
}

/// The claim that stands now, if any.
pub(super) fn claim_label(
    case: &Case,
    who: &SignedIn,
    names: &HashMap<UserId, String>,
    now: Instant,
) -> Option<ClaimLabel> {
    let (user, until) = case.claim.filter(|(_, until)| *until > now)?;
    Some(ClaimLabel {
        name: names.get(&user).cloned().unwrap_or_else(|| "a removed account".to_owned()),
        is_mine: user == who.user.id,
        left: span(until.since(now)),
    })
}

/// Why a parked case is parked. The mail's own words are never among it.
fn note(state: &CaseState) -> Option<String> {
    match state {
        CaseState::Held { reason } => Some(reason.to_string()),
        CaseState::Ignored { kind, .. } => Some(kind.to_string()),
        _ => None,
    }
}

fn filter_link(group: &Group, counts: &HashMap<String, u64>) -> FilterLink {
    let count = match group.states {
        [] => counts.values().sum(),
        states => states.iter().filter_map(|state| counts.get(*state)).sum(),
    };
    FilterLink { key: group.key, title: group.title, count, is_alarm: group.key == "attention" && count > 0 }
}

/// What the list depends on, but for the passing of time: equal prints need no new rendering.
fn print(counts: &HashMap<String, u64>, found: &[Case]) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort();
    let cases: Vec<_> = found.iter().map(|case| (case.id, case.version, case.stale, case.claim)).collect();
    format!("{counts:?} {cases:?}")
}

/// The states that a name asks for: one, or all without a name; none when there is no such state.
pub(super) fn state_named(name: Option<&str>) -> Option<Vec<&'static str>> {
    match name {
        None => Some(Vec::new()),
        Some(name) => CaseState::NAMES.into_iter().find(|known| *known == name).map(|known| vec![known]),
    }
}
