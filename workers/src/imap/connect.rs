//! From settings to a session that is signed in: TCP, TLS, greeting, STARTTLS, capabilities, sign-in.

use async_imap::imap_proto::{Response, Status};
use tokio::time::timeout;

use super::{ImapError, Session, exec::words, sign_in::sign_in, wire::Wire};
use crate::{
    settings::{ImapSettings, Tls},
    tls::client_config,
};

/// Connects and signs in. Everything up to the capabilities is bounded by `connect_timeout`.
///
/// # Errors
/// See [`ImapError`]; [`ImapError::is_configuration`] tells what only an operator can mend.
pub async fn connect(settings: &ImapSettings) -> Result<Session, ImapError> {
    let limit = settings.connect_timeout;
    let mut session = timeout(limit, greeted(settings))
        .await
        .unwrap_or(Err(ImapError::Silent { command: "the connection's start", limit }))?;
    sign_in(&mut session, settings).await?;
    // What a server can do after the sign-in differs from before.
    session.ask_capabilities().await?;
    Ok(session)
}

async fn greeted(settings: &ImapSettings) -> Result<Session, ImapError> {
    let (host, silence) = (settings.host.as_str(), settings.answer_timeout);
    let (wire, on_this_machine) = Wire::open(host, settings.port, silence).await?;
    let mut session = match settings.tls {
        Tls::Implicit => {
            let wire = wire.protect(host, client_config(settings.ca_file.as_deref())?, silence).await?;
            let mut session = Session::over(wire, silence);
            greeting(&mut session).await?;
            session
        }
        Tls::Starttls => {
            let mut plain = Session::over(wire, silence);
            greeting(&mut plain).await?;
            plain.exec("STARTTLS", "STARTTLS", |_| {}).await?;
            let config = client_config(settings.ca_file.as_deref())?;
            // No greeting follows, and nothing the server said before counts (RFC 9051 §6.2.1).
            Session::over(plain.into_wire().protect(host, config, silence).await?, silence)
        }
        Tls::None if on_this_machine => {
            let mut session = Session::over(wire, silence);
            greeting(&mut session).await?;
            session
        }
        Tls::None => return Err(ImapError::PlainRefused(host.to_owned())),
    };
    session.ask_capabilities().await?;
    Ok(session)
}

/// Only `* OK` will do: PREAUTH would mean an account that we did not choose.
async fn greeting(session: &mut Session) -> Result<(), ImapError> {
    const GREETING: &str = "the greeting";
    session
        .answer(GREETING, |response| match response {
            Response::Data { status: Status::Ok, .. } => Ok(()),
            Response::Data { outcome, .. } => {
                Err(ImapError::Refused { command: "the connection", text: words(outcome) })
            }
            _ => Err(ImapError::Unreadable { command: GREETING }),
        })
        .await?
}
