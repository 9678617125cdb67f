//! Sign-in: AUTHENTICATE PLAIN or LOGIN with a password, XOAUTH2 with an access token. Secrets go to the wire and
//! nowhere else.

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};

use super::{ImapError, Session, exec::Step, name::in_quotes};
use crate::{
    settings::{ImapSettings, SignIn},
    token,
};

/// Signs in as the settings say.
///
/// # Errors
/// [`ImapError::SignIn`] with the server's words when it refuses; [`ImapError::NoSignIn`] when it offers nothing fit.
pub(super) async fn sign_in(session: &mut Session, settings: &ImapSettings) -> Result<(), ImapError> {
    match &settings.sign_in {
        SignIn::Nobody => Err(ImapError::NoSignIn("anonymous")),
        SignIn::Password(password) => with_password(session, &settings.user, password).await,
        SignIn::XOauth2(source) => {
            let token = token::read(source).await?;
            let user = &settings.user;
            let text = SecretString::from(format!("user={user}\u{1}auth=Bearer {}\u{1}\u{1}", token.expose_secret()));
            authenticate(session, "XOAUTH2", &text).await
        }
    }
}

/// PLAIN where it is offered, since it carries any character; LOGIN otherwise.
async fn with_password(session: &mut Session, user: &str, password: &SecretString) -> Result<(), ImapError> {
    if session.can("AUTH=PLAIN") {
        let text = SecretString::from(format!("\0{user}\0{}", password.expose_secret()));
        return authenticate(session, "PLAIN", &text).await;
    }
    let secret = password.expose_secret();
    // A quoted string holds neither (RFC 3501 §4.3); a line end would begin a command of its own.
    let unfit = |text: &str| text.chars().any(|c| c.is_control() || !c.is_ascii());
    if session.can("LOGINDISABLED") || unfit(user) || unfit(secret) {
        return Err(ImapError::NoSignIn("PLAIN"));
    }
    let line = SecretString::from(format!("LOGIN {} {}", in_quotes(user), in_quotes(secret)));
    session.exec("LOGIN", line.expose_secret(), |_| {}).await.map_err(refusal)
}

/// AUTHENTICATE with one answer to the server's first challenge. To a second challenge, which XOAUTH2 servers send
/// to explain a refusal, the answer is an empty line; the tagged NO follows.
async fn authenticate(session: &mut Session, mechanism: &'static str, text: &SecretString) -> Result<(), ImapError> {
    const COMMAND: &str = "AUTHENTICATE";
    let tag = session.send(COMMAND, &format!("{COMMAND} {mechanism}")).await?;
    let mut answer = Some(SecretString::from(STANDARD.encode(text.expose_secret())));
    let mut challenges = 0;
    loop {
        match session.next(COMMAND, &tag, &mut |_| {}).await.map_err(refusal)? {
            Step::Finished => return Ok(()),
            Step::More => {}
            Step::Continue if challenges == 2 => return Err(ImapError::Unreadable { command: COMMAND }),
            Step::Continue => {
                challenges += 1;
                let line = answer.take().unwrap_or_default();
                session.write(COMMAND, line.expose_secret().as_bytes()).await?;
                session.write(COMMAND, b"\r\n").await?;
            }
        }
    }
}

fn refusal(error: ImapError) -> ImapError {
    match error {
        ImapError::Refused { text, .. } => ImapError::SignIn(text),
        other => other,
    }
}
