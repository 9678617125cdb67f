//! A proxy before a real mail server that, once armed, lets the final dot through and swallows the answer: what
//! a network does that fails at the worst moment. It counts bytes alone, so it works through TLS.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The proxy.
pub(crate) struct ReplyLoss {
    pub(crate) port: u16,
    armed: Arc<AtomicBool>,
    accepting: JoinHandle<()>,
}

/// Once this many bytes went towards the server, the mail's text is among them: TLS and commands need fewer.
const TEXT_BEGAN: u64 = 20_000;

impl ReplyLoss {
    /// Starts one before the server on this port.
    pub(crate) async fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let armed = Arc::new(AtomicBool::new(false));
        let shared = Arc::clone(&armed);
        let accepting = tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                tokio::spawn(pass(client, server, Arc::clone(&shared)));
            }
        });
        Self { port, armed, accepting }
    }

    /// From now on the answer to a mail of at least 20 kB is lost.
    pub(crate) fn arm(&self) {
        self.armed.store(true, Ordering::SeqCst);
    }

    /// From now on all goes well.
    pub(crate) fn disarm(&self) {
        self.armed.store(false, Ordering::SeqCst);
    }
}

impl Drop for ReplyLoss {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn pass(client: TcpStream, server: TcpStream, armed: Arc<AtomicBool>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let sent = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&sent);
    let up = tokio::spawn(async move {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from_client.read(&mut buffer).await {
            counted.fetch_add(count as u64, Ordering::SeqCst);
            if to_server.write_all(&buffer[..count]).await.is_err() {
                return;
            }
        }
    });
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from_server.read(&mut buffer).await {
        if armed.load(Ordering::SeqCst) && sent.load(Ordering::SeqCst) > TEXT_BEGAN {
            // The server has answered, so it has the mail; the client never hears of it.
            tokio::time::sleep(Duration::from_millis(10)).await;
            up.abort();
            return;
        }
        if to_client.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
