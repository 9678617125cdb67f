//! Which path leads where, and the layers around all of them.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    accounts, api, assets,
    case::{actions, originals, page, reveal, working_copy},
    codes::{self, seen::CodesSeen},
    context::WebContext,
    failure::{self, Failure},
    form, headers, health, live, origin, outbox, queue, request_log, sign_in, slow,
    throttle::Throttle,
};

/// No page takes this long; what does is given up, and its database connection is free again.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// What the handlers of one running server share.
pub(super) struct Shared {
    pub(super) context: WebContext,
    pub(super) codes_seen: CodesSeen,
    pub(super) throttle: Throttle,
    pub(super) stop: CancellationToken,
}

/// The whole site. Live updates end when `stop` is cancelled.
pub fn router(context: WebContext, stop: CancellationToken) -> Router {
    let shared = Arc::new(Shared { context, codes_seen: CodesSeen::default(), throttle: Throttle::default(), stop });
    Router::new()
        .route("/", get(queue::page))
        .route("/next", post(queue::next))
        .route("/live/queue", get(live::queue))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/cases/{tag}", get(page::page))
        .route("/cases/{tag}/claim", post(actions::claim))
        .route("/cases/{tag}/save", post(actions::save))
        .route("/cases/{tag}/keep", post(working_copy::keep))
        .route("/cases/{tag}/insert", post(working_copy::insert))
        .route("/cases/{tag}/preview", get(working_copy::preview_html).post(working_copy::preview))
        .route("/cases/{tag}/approve", post(actions::approve))
        .route("/cases/{tag}/step", post(actions::step))
        .route("/cases/{tag}/wording", post(actions::words))
        .route("/cases/{tag}/resolve", post(actions::resolve))
        .route("/cases/{tag}/read", post(actions::read))
        .route("/cases/{tag}/candidates", post(actions::candidate))
        .route("/cases/{tag}/mails/{mail}/reveal", post(reveal::reveal))
        .route("/cases/{tag}/mails/{mail}/raw", get(originals::mail))
        .route("/cases/{tag}/mails/{mail}/headers", get(originals::headers))
        .route("/cases/{tag}/replies/{reply}/raw", get(originals::reply))
        .route("/codes", get(codes::search::page))
        .route("/codes/{system}/{code}", get(codes::page::page))
        .route("/accounts", get(accounts::page))
        .route("/accounts/add", post(accounts::add))
        .route("/accounts/switch", post(accounts::switch))
        .route("/outbox", get(outbox::page))
        .route("/api/session", get(api::session))
        .route("/api/cases", get(api::cases))
        .route("/api/cases/{tag}", get(api::case))
        .route("/api/cases/{tag}/{action}", post(api::act))
        .route("/api/codes", get(codes::search::api))
        .route("/api/codes/{system}/{code}", get(codes::page::api))
        .route("/static/{mark}/{name}", get(assets::show))
        .route("/healthz", get(health::up))
        .route("/readyz", get(health::ready))
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        // From the innermost layer outwards: the request log is the first to see a request and the last to see its
        // answer, and a panic becomes an error page like any other failure.
        .layer(DefaultBodyLimit::max(form::MOST_BYTES))
        .layer(CatchPanicLayer::custom(failure::of_panic))
        .layer(from_fn(async |request, next| slow::limit(LONGEST_ANSWER, request, next).await))
        .layer(from_fn_with_state(shared.clone(), origin::check))
        .layer(from_fn_with_state(shared.clone(), failure::render))
        .layer(from_fn(headers::set))
        .layer(from_fn_with_state(shared.clone(), request_log::record))
        .with_state(shared)
}
