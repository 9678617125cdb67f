//! Answers connections until told to stop.

use std::net::SocketAddr;

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{context::WebContext, router::router};

/// Serves pages on `listener` until `stop`; then open requests finish and open live updates end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, context: WebContext, stop: CancellationToken) -> std::io::Result<()> {
    let service: IntoMakeServiceWithConnectInfo<_, SocketAddr> =
        router(context, stop.clone()).into_make_service_with_connect_info();
    axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await
}
