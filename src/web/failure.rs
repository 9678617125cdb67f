//! What can go wrong with a request, and the page that says so: in words, with a request id, without internals.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Request, State},
    http::{StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use caseconsult_store::StoreError;
use serde::Serialize;

use crate::review::ReviewError;

use super::{pages::View, request_log::RequestId, router::Shared};

/// Why a request was not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nobody is signed in; `next` is where to return after signing in.
    SignInNeeded { next: Option<String> },
    /// Signed in, and not allowed.
    Forbidden(&'static str),
    /// No such page or case.
    NotFound,
    /// The page exists, and cannot be asked this way.
    MethodNotAllowed,
    /// The case is no longer as the page showed it.
    Conflict(String),
    /// The form or the JSON cannot be read.
    Malformed,
    /// Larger than a form may be.
    TooLarge,
    /// Our fault. The cause goes to the log and never to the browser.
    Internal(String),
}

impl Failure {
    /// The failure that an extractor of the framework means by its status.
    pub(super) fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            _ => Self::Malformed,
        }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::SignInNeeded { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> (&'static str, &str) {
        match self {
            Self::SignInNeeded { .. } => ("Please sign in", "You are not signed in, or your session has ended."),
            Self::Forbidden(why) => ("Not allowed", why),
            Self::NotFound => ("Not found", "There is no such page or case. The case's tag may be mistyped."),
            Self::MethodNotAllowed => ("Not possible", "This page cannot be asked for in this way."),
            Self::Conflict(why) => ("The case has changed", why),
            Self::Malformed => ("Not understood", "The request could not be read. Go back and try again."),
            Self::TooLarge => ("Too large", "The text is larger than a reply can be (2 MiB)."),
            Self::Internal(_) => (
                "Something went wrong",
                "This is our fault, not yours. Nothing was sent. If it stays, give the request id to an administrator.",
            ),
        }
    }
}

impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::NotFound,
            StoreError::Conflict | StoreError::Stale | StoreError::NotAllowed(_) => Self::Conflict(sentence(error)),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<ReviewError> for Failure {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::Store(error) => error.into(),
            other => Self::Conflict(sentence(&other)),
        }
    }
}

impl From<minijinja::Error> for Failure {
    fn from(error: minijinja::Error) -> Self {
        // The kind and place only: details can quote the values that were being printed.
        Self::Internal(format!("template {:?} line {:?}: {}", error.name(), error.line(), error.kind()))
    }
}

impl IntoResponse for Failure {
    /// The bare status with the failure attached; [`render`] makes the page, because only it knows the request.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The failure that a panic becomes. Its words are not logged: they may quote what was being handled.
pub(super) fn of_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::Internal("a handler panicked".to_owned()).into_response()
}

/// An error's words as a sentence for people.
pub(super) fn sentence(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// The error page.
#[derive(Serialize)]
pub(super) struct FailurePage {
    title: &'static str,
    words: String,
    request: String,
}

impl View for FailurePage {
    const TEMPLATE: &'static str = "pages/failure.html";
}

/// Turns a failure into a page, or into JSON under `/api`.
pub(super) async fn render(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let is_api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let Some(failure) = response.extensions().get::<Arc<Failure>>().cloned() else { return response };

    if let Failure::Internal(cause) = &*failure {
        tracing::error!(request = id, cause, "a request failed");
    }
    let (title, words) = failure.words();
    if is_api {
        let body = Json(serde_json::json!({ "error": title, "detail": words, "request": id }));
        return (failure.status(), body).into_response();
    }
    if let Failure::SignInNeeded { next } = &*failure {
        return Redirect::to(&sign_in_path(next.as_deref())).into_response();
    }
    let page = FailurePage { title, words: words.to_owned(), request: id };
    match shared.context.pages.html(&page) {
        Ok(html) => (failure.status(), html).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "text/plain")], title).into_response(),
    }
}

/// `/sign-in`, with where to return to.
fn sign_in_path(next: Option<&str>) -> String {
    match next {
        Some(next) if next != "/" && next.parse::<Uri>().is_ok() => format!("/sign-in?next={next}"),
        _ => "/sign-in".to_owned(),
    }
}
