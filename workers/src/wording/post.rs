//! One request over a connection of its own, to a checked address. HTTP/1.1 by hyper; TLS as for mail servers.

use std::{net::SocketAddr, sync::Arc};

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinSet,
};
use tokio_rustls::TlsConnector;

use super::{endpoint::Endpoint, trouble::Trouble};

/// The longest answer that is read, bytes. A wording has a few thousand.
const MOST_ANSWER: usize = 256 * 1024;

/// Posts `body` to `path` below the endpoint and returns what comes back with status 200.
pub(super) async fn post(
    endpoint: &Endpoint,
    addresses: &[SocketAddr],
    tls: Arc<ClientConfig>,
    path: &str,
    key: Option<&SecretString>,
    body: String,
) -> Result<Bytes, Trouble> {
    let mut request = Request::post(format!("{}{path}", endpoint.path))
        .header(header::HOST, endpoint.authority())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header(header::CONNECTION, "close");
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", key.expose_secret()));
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(|_| Trouble::Unfit)?;
    let tcp = TcpStream::connect(addresses).await.map_err(|error| Trouble::Unreachable(error.kind()))?;
    if endpoint.tls {
        let name = ServerName::try_from(endpoint.host.clone()).map_err(|_| Trouble::UnknownHost)?;
        let safe = TlsConnector::from(tls).connect(name, tcp).await;
        exchange(safe.map_err(|error| Trouble::Unreachable(error.kind()))?, request).await
    } else {
        exchange(tcp, request).await
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Bytes, Trouble> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Trouble::CutOff)?;
    // Ends with this function, also when it is dropped at the time limit.
    let mut driver = JoinSet::new();
    driver.spawn(async move {
        // What goes wrong on the connection is told to whoever waits for the answer.
        let _ = connection.await;
    });
    let response = sender.send_request(request).await.map_err(|_| Trouble::CutOff)?;
    if response.status() != StatusCode::OK {
        return Err(Trouble::Status(response.status().as_u16()));
    }
    read(response.into_body()).await
}

async fn read(body: Incoming) -> Result<Bytes, Trouble> {
    match Limited::new(body, MOST_ANSWER).collect().await {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Trouble::TooLong),
        Err(_) => Err(Trouble::CutOff),
    }
}
