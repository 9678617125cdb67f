//! Which path leads where, and the layers around all of them.

use std::sync::Arc;

use axum::{Router, routing::get};
use tokio_util::sync::CancellationToken;

use super::{context::WebContext, health};

/// What the handlers of one running server share.
pub(super) struct Shared {
    pub(super) context: WebContext,
    #[expect(dead_code, reason = "stub: live updates end with it")]
    pub(super) stop: CancellationToken,
}

/// The whole site. Live updates end when `stop` is cancelled.
pub fn router(context: WebContext, stop: CancellationToken) -> Router {
    Router::new()
        .route("/healthz", get(health::up))
        .route("/readyz", get(health::ready))
        .with_state(Arc::new(Shared { context, stop }))
}
