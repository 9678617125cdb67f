//! Unfinished text: kept while typing, so that a lost connection or a sign-off costs two seconds of it at most; a snippet
//! put into it; and the preview of what the asker would see.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use caseconsult_core::{draft::house::snippet::inserted, mail::markdown};
use serde::Serialize;

use super::{
    CaseFile,
    actions::{show_refusal, words_for},
    editor_view::{FindingList, Typed},
    file::find,
    snippet_view,
};
use crate::{
    review,
    web::{failure::Failure, form::SignedForm, router::Shared, session::SignedIn},
};

/// What the script learns from keeping the text.
#[derive(Serialize)]
pub(in crate::web) struct Kept {
    /// Empty when the claim still stands; otherwise why the text can no longer be approved.
    problem: String,
    /// The findings as HTML.
    findings: String,
}

/// `POST /cases/{tag}/keep`: called by the script every two seconds while there is something new.
pub(in crate::web) async fn keep(
    State(shared): State<Arc<Shared>>,
    Path(tag): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let body = form.fields.text("body");
    let (status, problem) = match review::keep(desk, &case, form.who.user.id, &body).await {
        Ok(()) => (StatusCode::OK, String::new()),
        Err(review::ReviewError::Store(error)) => return Err(error.into()),
        Err(refusal) => (StatusCode::CONFLICT, words_for(desk, &refusal).await),
    };
    let findings = FindingList::new(&review::findings(desk, &case, &body).await?, &form.fields);
    let findings = shared.context.pages.html(&findings)?.0;
    Ok((status, Json(Kept { problem, findings })).into_response())
}

/// `POST /cases/{tag}/insert`: puts the chosen snippet into the text, keeps that, and shows it. The script does the same
/// at the cursor, without the server.
pub(in crate::web) async fn insert(
    State(shared): State<Arc<Shared>>,
    Path(tag): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let mut typed = Typed::from(&form.fields);
    let file = CaseFile::read(desk, case.clone(), form.who.user.id).await?;
    let snippet = snippet_view::filled(&shared.context.house, &file, form.fields.line("snippet"));
    if let Some(snippet) = &snippet {
        typed.body = inserted(&typed.body, snippet);
    }
    match review::keep(desk, &case, form.who.user.id, &typed.body).await {
        Ok(()) => {
            let problem = snippet.is_none().then(|| "Choose a snippet first.".to_owned());
            let file = CaseFile::read(desk, case, form.who.user.id).await?;
            let page = super::page::view(&shared, &form.who, file, problem, Some(typed), false).await?;
            Ok(page.into_response())
        }
        Err(refusal) => show_refusal(&shared, &form.who, &tag, &refusal, Some(typed)).await,
    }
}

/// `POST /cases/{tag}/preview`: keeps the text and shows the page with the preview open.
pub(in crate::web) async fn preview(
    State(shared): State<Arc<Shared>>,
    Path(tag): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let typed = Typed::from(&form.fields);
    match review::keep(desk, &case, form.who.user.id, &typed.body).await {
        Ok(()) => {
            let file = CaseFile::read(desk, case, form.who.user.id).await?;
            let page = super::page::view(&shared, &form.who, file, None, Some(typed), true).await?;
            Ok(page.into_response())
        }
        Err(refusal) => show_refusal(&shared, &form.who, &tag, &refusal, Some(typed)).await,
    }
}

/// `GET /cases/{tag}/preview`: the HTML part of the mail as the reviewer's text makes it, for a frame of the case
/// page. It may set its own style, as a mail does, and nothing else: no script, no picture, no link out.
pub(in crate::web) async fn preview_html(
    State(shared): State<Arc<Shared>>,
    Path(tag): Path<String>,
    who: SignedIn,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let file = CaseFile::read(desk, case, who.user.id).await?;
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; base-uri 'none'",
    );
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(markdown::html::html_page(file.body()))).into_response())
}
