//! One log line a request: method, the route's pattern, status, time taken, request id. Never the path itself,
//! a query, an address or a name.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};

use super::router::Shared;

/// Names a request, so that a person can quote it and an operator can find it in the log.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) String);

/// Gives the request its id, and logs it when its answer is ready. A stream's time is that to its first byte.
pub(super) async fn record(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let clock = &shared.context.desk.clock;
    let started = clock.now();
    let id = clock.id().simple().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));

    let mut response = next.run(request).await;

    let status = response.status().as_u16();
    let ms = u64::try_from(clock.now().since(started).as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::error!(http.method = %method, http.route = route, http.status = status, ms, request = id, "failed");
    } else {
        tracing::info!(http.method = %method, http.route = route, http.status = status, ms, request = id, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
