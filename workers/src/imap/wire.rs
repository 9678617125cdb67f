//! The bytes between us and the server: TCP with what notices a dead peer, TLS over it, and a limit on how long
//! the server may say nothing while we wait for an answer.
//!
//! The limit counts silence, not the length of an answer: a large mail over a slow line is fine as long as it
//! moves. async-imap itself has no time limits anywhere.

use std::{
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use rustls_pki_types::ServerName;
use socket2::{SockRef, TcpKeepalive};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep},
};
use tokio_rustls::{TlsConnector, rustls::ClientConfig};

use super::ImapError;

/// After this long without a sign of life the kernel asks the peer for one, three times (RFC 9293 §3.8.4).
const KEEPALIVE_AFTER: Duration = Duration::from_secs(20);
const KEEPALIVE_EVERY: Duration = Duration::from_secs(8);
const KEEPALIVE_TRIES: u32 = 3;
/// What was sent must be acknowledged within this time (RFC 5482); also bounds the keepalive above.
#[cfg(target_os = "linux")]
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(45);

/// Anything that carries the protocol.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for T {}

/// A connection whose reads fail after too long a silence.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    silence: Option<Duration>,
    timer: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Wire {
    /// A TCP connection; `silence` bounds each wait for bytes.
    pub(super) async fn open(host: &str, port: u16, silence: Duration) -> Result<(Self, bool), ImapError> {
        let unreachable = |cause| ImapError::Unreachable { host: host.to_owned(), port, cause };
        let tcp = TcpStream::connect((host, port)).await.map_err(unreachable)?;
        tcp.set_nodelay(true).map_err(unreachable)?;
        let keepalive =
            TcpKeepalive::new().with_time(KEEPALIVE_AFTER).with_interval(KEEPALIVE_EVERY).with_retries(KEEPALIVE_TRIES);
        let socket = SockRef::from(&tcp);
        socket.set_tcp_keepalive(&keepalive).map_err(unreachable)?;
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(ACKNOWLEDGED_WITHIN)).map_err(unreachable)?;
        let on_this_machine = tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        Ok((Self::over(Box::new(tcp), silence), on_this_machine))
    }

    fn over(stream: Box<dyn Stream>, silence: Duration) -> Self {
        Self { stream, silence: Some(silence), timer: Box::pin(tokio::time::sleep(silence)), waiting: false }
    }

    /// TLS over this connection; the certificate must be for `host`.
    pub(super) async fn protect(
        self,
        host: &str,
        config: Arc<ClientConfig>,
        silence: Duration,
    ) -> Result<Self, ImapError> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| ImapError::BadHost(host.to_owned()))?;
        let tls = TlsConnector::from(config)
            .connect(name, self)
            .await
            .map_err(|cause| ImapError::Handshake { host: host.to_owned(), cause })?;
        Ok(Self::over(Box::new(tls), silence))
    }

    /// Sets the limit; None while waiting for news that may never come.
    pub(super) fn set_silence(&mut self, silence: Option<Duration>) {
        self.silence = silence;
        self.waiting = false;
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if let Poll::Ready(result) = Pin::new(&mut this.stream).poll_read(cx, buf) {
            this.waiting = false;
            return Poll::Ready(result);
        }
        let Some(silence) = this.silence else { return Poll::Pending };
        if !this.waiting {
            this.waiting = true;
            this.timer.as_mut().reset(Instant::now() + silence);
        }
        match this.timer.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}
