//! For whoever watches the process: is it up, is its database there. No session, no detail.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};

use super::router::Shared;

/// `GET /healthz`: the process answers.
pub(super) async fn up() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
pub(super) async fn ready(State(shared): State<Arc<Shared>>) -> (StatusCode, &'static str) {
    match shared.context.desk.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(error = %error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
