//! Postfix: STARTTLS and sign-in, its refusals at each place, and an answer that is lost after the dot.

use std::time::{Duration, Instant};

use caseconsult_core::domain::outcome::SendOutcome;
use caseconsult_store::replies::Reply;
use caseconsult_workers::{
    settings::{SignIn, SmtpSettings, Tls, TokenSource},
    smtp,
};
use secrecy::SecretString;

use super::letter::letter;
use crate::support::{
    dovecot::{Dovecot, OURS, PASSWORD},
    postfix::Postfix,
    reply_loss::ReplyLoss,
};

struct Servers {
    postfix: Postfix,
    dovecot: Dovecot,
}

fn servers() -> Option<Servers> {
    let dovecot = Dovecot::start()?;
    let postfix = Postfix::start(&dovecot)?;
    Some(Servers { postfix, dovecot })
}

impl Servers {
    fn settings(&self) -> SmtpSettings {
        SmtpSettings {
            port: self.postfix.port,
            tls: Tls::Starttls,
            ca_file: Some(self.dovecot.certs.ca.clone()),
            command_timeout: Duration::from_secs(20),
            dot_timeout: Duration::from_secs(20),
            ..SmtpSettings::new("localhost", OURS, SignIn::Password(SecretString::from(PASSWORD)))
        }
    }

    /// The INBOX of an account once it holds so many mails; fewer after ten seconds.
    async fn inbox(&self, account: &str, wanted: usize) -> Vec<Vec<u8>> {
        let since = Instant::now();
        loop {
            let mails = self.dovecot.mails(account, "INBOX");
            if mails.len() >= wanted || since.elapsed() > Duration::from_secs(10) {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The mail as it was approved, found in what the mailbox holds, where lines end in LF and headers were added.
fn holds(mail: &[u8], reply: &Reply) -> bool {
    let approved = String::from_utf8(reply.bytes.clone()).unwrap().replace("\r\n", "\n");
    String::from_utf8_lossy(mail).replace("\r\n", "\n").ends_with(&approved)
}

#[tokio::test]
async fn a_reply_arrives_byte_for_byte_with_each_kind_of_tls_and_sign_in() {
    let Some(servers) = servers() else { return };
    let token = servers.dovecot.token(OURS, 600);
    let password = SignIn::Password(SecretString::from(PASSWORD));
    let ways = [
        (Tls::Starttls, servers.postfix.port, password.clone()),
        (Tls::Starttls, servers.postfix.port, SignIn::XOauth2(TokenSource::Fixed(SecretString::from(token)))),
        (Tls::Implicit, servers.postfix.smtps_port, password),
    ];
    for (number, (tls, port, sign_in)) in ways.into_iter().enumerate() {
        let reply = letter("bob@example.test", 5_000);
        let outcome = smtp::send(&SmtpSettings { tls, port, sign_in, ..servers.settings() }, &reply).await;
        assert!(
            matches!(&outcome, SendOutcome::Sent { reply } if reply.contains("queued as")),
            "{outcome:?}\n{}",
            servers.postfix.log()
        );
        let mails = servers.inbox("bob@example.test", number + 1).await;
        assert_eq!(mails.len(), number + 1);
        assert!(mails.iter().any(|mail| holds(mail, &reply)));
    }
}

#[tokio::test]
async fn refusals_are_told_apart_and_leave_no_mail() {
    let Some(servers) = servers() else { return };
    let settings = servers.settings();
    for (name, later) in [("user4xx", true), ("user5xx", false), ("eod4xx", true), ("eod5xx", false), ("eod421", true)]
    {
        let to = format!("{name}@example.test");
        let outcome = smtp::send(&settings, &letter(&to, 3_000)).await;
        assert_eq!(matches!(outcome, SendOutcome::Later { .. }), later, "{name}: {outcome:?}");
        assert_eq!(matches!(outcome, SendOutcome::Refused { .. }), !later, "{name}: {outcome:?}");
        assert_eq!(servers.dovecot.mails(&to, "INBOX"), Vec::<Vec<u8>>::new(), "{name}");
    }
}

#[tokio::test]
async fn a_wrong_password_or_token_or_certificate_stops_the_outbox() {
    let Some(servers) = servers() else { return };
    let expired = servers.dovecot.token(OURS, -60);
    let wrong = [
        SmtpSettings { sign_in: SignIn::Password(SecretString::from("wrong")), ..servers.settings() },
        SmtpSettings {
            sign_in: SignIn::XOauth2(TokenSource::Fixed(SecretString::from(expired))),
            ..servers.settings()
        },
        SmtpSettings { ca_file: None, ..servers.settings() },
    ];
    for settings in wrong {
        let outcome = smtp::send(&settings, &letter("bob@example.test", 3_000)).await;
        assert!(matches!(outcome, SendOutcome::Stopped { .. }), "{outcome:?}");
    }
    assert!(servers.dovecot.mails("bob@example.test", "INBOX").is_empty());
}

#[tokio::test]
async fn an_answer_lost_after_the_dot_is_uncertain_and_the_mail_is_there_once() {
    let Some(servers) = servers() else { return };
    let proxy = ReplyLoss::before(servers.postfix.port).await;
    proxy.arm();
    let reply = letter("bob@example.test", 60_000);
    let outcome = smtp::send(&SmtpSettings { port: proxy.port, ..servers.settings() }, &reply).await;
    assert!(matches!(outcome, SendOutcome::Uncertain { .. }), "{outcome:?}");
    let mails = servers.inbox("bob@example.test", 1).await;
    assert_eq!(mails.iter().filter(|mail| holds(mail, &reply)).count(), 1);
    proxy.disarm();
    let outcome =
        smtp::send(&SmtpSettings { port: proxy.port, ..servers.settings() }, &letter("bob@example.test", 60_000)).await;
    assert!(matches!(outcome, SendOutcome::Sent { .. }), "the proxy itself works: {outcome:?}");
}
