//! One mail from MAIL FROM to the answer after the final dot.

use std::time::Duration;

use caseconsult_core::domain::{address::EmailAddress, outcome::SendOutcome};
use caseconsult_store::replies::Reply;
use lettre::{
    Address,
    transport::smtp::{
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::{Response, Severity},
    },
};
use tokio::time::timeout;

use super::{
    connect::{Session, open, within},
    phase::{Failure, Phase, Trouble},
};
use crate::settings::SmtpSettings;

/// How long we wait for the answer to QUIT, which decides nothing.
const FAREWELL: Duration = Duration::from_secs(5);

/// The most that is kept of what a server says, characters.
const MAX_WORDS: usize = 1000;

/// Hands the reply's bytes, exactly as approved, to the configured server. Returns in every case; neither address
/// stands in the outcome's text.
pub async fn send(settings: &SmtpSettings, reply: &Reply) -> SendOutcome {
    let outcome = match attempt(settings, reply).await {
        Ok(text) => SendOutcome::Sent { reply: text },
        Err(Refusal::Ours(text)) => SendOutcome::Refused { reply: text },
        Err(Refusal::Step(failure)) => failure.outcome(),
    };
    without_addresses(outcome, reply)
}

/// Why a mail did not go.
enum Refusal {
    /// We do not hand such bytes over.
    Ours(String),
    /// A step failed.
    Step(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Step(failure)
    }
}

async fn attempt(settings: &SmtpSettings, reply: &Reply) -> Result<String, Refusal> {
    let text = body(&reply.bytes)?;
    let sender = envelope(&reply.sender)?;
    let recipient = envelope(&reply.recipient)?;
    let Session { mut connection } = open(settings).await?;
    let limit = settings.command_timeout;
    within(limit, Phase::MailFrom, mail_from(&mut connection, sender, text)).await?;
    within(limit, Phase::RcptTo, completed(connection.command(Rcpt::new(recipient, Vec::new())))).await?;
    within(limit, Phase::Data, go_ahead(&mut connection)).await?;
    let answer = within(settings.dot_timeout, Phase::Text, completed(connection.message(text))).await?;
    // The mail is taken whatever comes now; nobody waits for the farewell.
    tokio::spawn(async move {
        let _ = timeout(FAREWELL, connection.quit()).await;
    });
    Ok(format!("{} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" ")))
}

/// The bytes without their last line end, since lettre writes one before the dot. Bare CR or LF is refused: what
/// one server takes for a line end and the next does not is how a second mail is smuggled in (RFC 5321 §2.3.8).
fn body(bytes: &[u8]) -> Result<&[u8], Refusal> {
    let bare = |pair: &[u8]| {
        matches!(pair, [b'\r', other] if *other != b'\n') || matches!(pair, [other, b'\n'] if *other != b'\r')
    };
    if bytes.first() == Some(&b'\n') || bytes.last() == Some(&b'\r') || bytes.windows(2).any(bare) {
        return Err(Refusal::Ours("the reply holds a line end that is not CRLF".to_owned()));
    }
    Ok(bytes.strip_suffix(b"\r\n").unwrap_or(bytes))
}

fn envelope(address: &EmailAddress) -> Result<Address, Refusal> {
    address.as_str().parse().map_err(|_| Refusal::Ours("an address does not fit an SMTP envelope".to_owned()))
}

async fn mail_from(connection: &mut AsyncSmtpConnection, sender: Address, text: &[u8]) -> Result<Response, Trouble> {
    let mut parameters = Vec::new();
    if !text.is_ascii() {
        if !connection.server_info().supports_feature(Extension::EightBitMime) {
            return Err(Trouble::Misfit(
                "the server takes no 8-bit text (RFC 6152), and the reply has some".to_owned(),
            ));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    completed(connection.command(Mail::new(Some(sender), parameters))).await
}

/// DATA must be answered with 354 and nothing else: a 250 here would make the mail's text a list of commands.
async fn go_ahead(connection: &mut AsyncSmtpConnection) -> Result<(), Trouble> {
    let answer = connection.command(Data).await?;
    if answer.has_code(354) { Ok(()) } else { Err(Trouble::Broken(format!("{} in answer to DATA", answer.code()))) }
}

/// A 2xx. lettre also passes 3xx, which completes nothing.
async fn completed(
    answer: impl Future<Output = Result<Response, lettre::transport::smtp::Error>>,
) -> Result<Response, Trouble> {
    let answer = answer.await?;
    if answer.code().severity == Severity::PositiveCompletion {
        Ok(answer)
    } else {
        Err(Trouble::Broken(format!("{} where 2xx was due", answer.code())))
    }
}

/// Servers like to repeat the address in their answer; it is kept where the reply is, and not in its outcome.
fn without_addresses(outcome: SendOutcome, reply: &Reply) -> SendOutcome {
    let clean = |text: String| -> String {
        let text = text.replace(reply.recipient.as_str(), &reply.recipient.masked());
        text.replace(reply.sender.as_str(), &reply.sender.masked()).chars().take(MAX_WORDS).collect()
    };
    match outcome {
        SendOutcome::Sent { reply } => SendOutcome::Sent { reply: clean(reply) },
        SendOutcome::Later { reply } => SendOutcome::Later { reply: clean(reply) },
        SendOutcome::Refused { reply } => SendOutcome::Refused { reply: clean(reply) },
        SendOutcome::Uncertain { reply } => SendOutcome::Uncertain { reply: clean(reply) },
        SendOutcome::Stopped { reply } => SendOutcome::Stopped { reply: clean(reply) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crlf_ends_a_line_and_the_last_one_is_lettres() {
        for bytes in ["a\nb\r\n", "a\rb\r\n", "\na\r\n", "a\r", "a\r\n.\n.\r\n", "a\r\r\n"] {
            assert!(body(bytes.as_bytes()).is_err(), "{bytes:?}");
        }
        for (bytes, text) in [("a\r\nb\r\n", "a\r\nb"), ("a", "a"), ("", ""), ("a\r\n\r\n", "a\r\n")] {
            assert_eq!(body(bytes.as_bytes()).ok(), Some(text.as_bytes()), "{bytes:?}");
        }
    }
}
