//! TCP, TLS, greeting and sign-in: from settings to a session in which a mail can be sent.
//!
//! Every step has its own time limit, because lettre's bounds the connect alone. A step that failed or took too
//! long ends the connection: it is dropped, never used again.

use std::{future::Future, io, panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt as _;
use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::AsyncSmtpConnection,
    extension::ClientId,
};
use rustls_pki_types::ServerName;
use secrecy::ExposeSecret as _;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{
    phase::{Failure, Phase, Trouble},
    starttls,
    stream::Stream,
};
use crate::{
    settings::{SignIn, SmtpSettings, Tls},
    tls, token,
};

/// A connection on which we are signed in.
pub struct Session {
    pub(super) connection: AsyncSmtpConnection,
}

/// Connects and signs in.
///
/// # Errors
/// The step that failed, and why. Nothing was sent.
pub async fn open(settings: &SmtpSettings) -> Result<Session, Failure> {
    let name = settings.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain);
    let stream = reach(settings, &name).await?;
    let greeting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &name);
    // lettre panics on an EHLO line of blanks; that is the server's fault, and must not look like a died process.
    let greeting = AssertUnwindSafe(greeting).catch_unwind().map(|result| match result {
        Ok(connected) => connected.map_err(Trouble::from),
        Err(_) => Err(Trouble::Broken("the server's answer to EHLO cannot be read".to_owned())),
    });
    let mut connection = within(settings.command_timeout, Phase::Hello, greeting).await?;
    sign_in(&mut connection, settings).await?;
    Ok(Session { connection })
}

/// TCP, and TLS where it is configured.
async fn reach(settings: &SmtpSettings, name: &ClientId) -> Result<Stream, Failure> {
    let connecting = async {
        TcpStream::connect((settings.host.as_str(), settings.port))
            .await
            .map_err(|error| Trouble::Broken(format!("{}:{}: {error}", settings.host, settings.port)))
    };
    let mut tcp = within(settings.connect_timeout, Phase::Connect, connecting).await?;
    // Without it the final dot, a write of its own, waits for the delayed acknowledgement of the text: 40 ms a mail.
    tcp.set_nodelay(true)
        .map_err(|error| Failure { phase: Phase::Connect, trouble: Trouble::Broken(error.to_string()) })?;
    match settings.tls {
        Tls::Implicit => protect(tcp, settings).await.map(Stream::tls),
        Tls::Starttls => {
            let agreed = async { Ok(starttls::agree(&mut tcp, &name.to_string()).await) };
            within(settings.command_timeout, Phase::Hello, agreed).await??;
            protect(tcp, settings).await.map(Stream::greeted)
        }
        Tls::None if tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback()) => Ok(Stream::plain(tcp)),
        Tls::None => {
            let text = "without TLS only a mail server on this machine may be used".to_owned();
            Err(Failure { phase: Phase::Tls, trouble: Trouble::Misfit(text) })
        }
    }
}

/// The TLS handshake, with the certificate checked against the configured host.
async fn protect(tcp: TcpStream, settings: &SmtpSettings) -> Result<TlsStream<TcpStream>, Failure> {
    let misfit = |text: String| Failure { phase: Phase::Tls, trouble: Trouble::Misfit(text) };
    let config = tls::client_config(settings.ca_file.as_deref()).map_err(|error| misfit(error.to_string()))?;
    let host = ServerName::try_from(settings.host.clone())
        .map_err(|_| misfit(format!("{:?} is not a host name", settings.host)))?;
    let handshake =
        async { TlsConnector::from(config).connect(host, tcp).await.map_err(|error| handshake_trouble(&error)) };
    within(settings.connect_timeout, Phase::Tls, handshake).await
}

/// A certificate that we do not trust needs an operator; any other failure may pass.
fn handshake_trouble(error: &io::Error) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(_)) => Trouble::Misfit(error.to_string()),
        _ => Trouble::Broken(error.to_string()),
    }
}

/// AUTH with what the settings hold; nothing for [`SignIn::Nobody`].
async fn sign_in(connection: &mut AsyncSmtpConnection, settings: &SmtpSettings) -> Result<(), Failure> {
    let (mechanisms, secret): (&[Mechanism], _) = match &settings.sign_in {
        SignIn::Nobody => return Ok(()),
        SignIn::Password(password) => (&[Mechanism::Plain, Mechanism::Login], password.clone()),
        SignIn::XOauth2(source) => {
            let token = token::read(source)
                .await
                .map_err(|error| Failure { phase: Phase::SignIn, trouble: Trouble::Misfit(error.to_string()) })?;
            (&[Mechanism::Xoauth2], token)
        }
    };
    let credentials = Credentials::new(settings.user.clone(), secret.expose_secret().to_owned());
    let auth = async { connection.auth(mechanisms, &credentials).await.map_err(Trouble::from) };
    within(settings.command_timeout, Phase::SignIn, auth).await?;
    Ok(())
}

/// A step under its time limit.
pub(super) async fn within<T>(
    limit: Duration,
    phase: Phase,
    step: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Failure> {
    timeout(limit, step).await.unwrap_or(Err(Trouble::Silence(limit))).map_err(|trouble| Failure { phase, trouble })
}
