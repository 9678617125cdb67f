//! A client that asks for every mail in one FETCH and throws the answer away: what the server, TLS and the kernel take
//! by themselves on this machine, and so the most that any intake over one connection can reach.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore},
};

use crate::support::dovecot::{Dovecot, OURS, PASSWORD};

/// No tagged line is longer; bytes.
const LONGEST_LINE: usize = 1024;

/// How long the FETCH of the whole mailbox took, from its line to its tagged answer.
pub(crate) async fn bare_fetch(dovecot: &Dovecot) -> Duration {
    let mut roots = RootCertStore::empty();
    let authority = fs::read(&dovecot.certs.ca).unwrap();
    for certificate in CertificateDer::pem_slice_iter(&authority) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let tcp = TcpStream::connect(("localhost", dovecot.imaps_port)).await.unwrap();
    tcp.set_nodelay(true).unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut wire = TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap();
    command(&mut wire, "a", &format!("LOGIN \"{OURS}\" \"{PASSWORD}\"")).await;
    command(&mut wire, "b", "SELECT INBOX").await;
    let started = Instant::now();
    command(&mut wire, "c", "FETCH 1:* BODY.PEEK[]").await;
    started.elapsed()
}

/// Runs a command and reads up to the line of its tag.
async fn command(wire: &mut TlsStream<TcpStream>, tag: &str, line: &str) {
    wire.write_all(format!("{tag} {line}\r\n").as_bytes()).await.unwrap();
    let end = format!("\r\n{tag} ");
    // The tagged line is the last one: only the end of what came is looked at. It may be cut by the end of a read.
    let mut tail = b"\r\n".to_vec();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = wire.read(&mut buffer).await.unwrap();
        assert!(count > 0, "the server closed the connection");
        tail.extend_from_slice(&buffer[count.saturating_sub(LONGEST_LINE)..count]);
        tail.drain(..tail.len().saturating_sub(LONGEST_LINE));
        let tagged = tail.windows(end.len()).rposition(|window| window == end.as_bytes());
        if let Some(at) = tagged.filter(|_| tail.ends_with(b"\r\n")) {
            let answer = String::from_utf8_lossy(&tail[at + end.len()..]).into_owned();
            assert!(answer.starts_with("OK"), "{tag}: {answer}");
            return;
        }
    }
}
