//! Gives up on a request that takes too long.

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::failure::Failure;

/// The answer, or a failure after `longest`. A stream counts as answered with its first byte.
pub(super) async fn limit(longest: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Internal(format!("not answered within {} s", longest.as_secs())).into_response(),
    }
}
