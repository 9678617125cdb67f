//! TLS, STARTTLS, passwords and tokens, good and bad.

use std::{sync::Arc, time::Duration};

use caseconsult_workers::{
    imap::{self, ImapError, mailbox::MailboxName},
    poller::{self, PollError},
    settings::{ImapSettings, SignIn, Tls, TokenSource},
};
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::given;
use crate::support::{
    certs::Certs,
    dovecot::{Dovecot, OURS},
};

fn token(server: &Dovecot, valid_seconds: i64) -> SignIn {
    SignIn::XOauth2(TokenSource::Fixed(SecretString::from(server.token(OURS, valid_seconds))))
}

#[tokio::test]
async fn each_way_in_opens_the_mailbox() {
    let Some(server) = Dovecot::start() else { return };
    let tls = given::imaps(&server);
    let starttls = ImapSettings { port: server.imap_port, tls: Tls::Starttls, ..tls.clone() };
    let by_address = ImapSettings { host: "127.0.0.1".to_owned(), ..tls.clone() };
    let plain = ImapSettings { port: server.imap_port, tls: Tls::None, ca_file: None, ..tls.clone() };
    let with_token = ImapSettings { sign_in: token(&server, 60), ..tls.clone() };
    for settings in [tls, starttls, by_address, plain, with_token] {
        let mut session = imap::connect(&settings).await.unwrap_or_else(|error| panic!("{settings:?}: {error}"));
        let selected = session.select(&MailboxName::new("INBOX").unwrap()).await.unwrap();
        assert!(session.can("MOVE") && session.can("IDLE") && !selected.read_only);
        assert_ne!(selected.uid_validity, 0);
    }
}

#[tokio::test]
async fn each_way_that_is_barred_says_why() {
    let Some(server) = Dovecot::start() else { return };
    let good = given::imaps(&server);
    let wrong_password = ImapSettings { sign_in: SignIn::Password(SecretString::from("hunter2")), ..good.clone() };
    let expired = ImapSettings { sign_in: token(&server, -60), ..good.clone() };
    for settings in [wrong_password, expired] {
        let error = imap::connect(&settings).await.unwrap_err();
        assert!(matches!(error, ImapError::SignIn(_)), "{error:?}");
        assert!(!error.is_configuration(), "a password is renewed elsewhere");
        assert!(!error.to_string().contains("hunter2"));
        let (context, _folder) = given::context().await;
        let error = poller::once(&context, &settings).await.unwrap_err();
        assert!(matches!(error, PollError::Imap(ImapError::SignIn(_))), "{error:?}");
    }
    let stranger = Certs::new();
    let wrong_authority = ImapSettings { ca_file: Some(stranger.ca.clone()), ..good.clone() };
    let error = imap::connect(&wrong_authority).await.unwrap_err();
    assert!(matches!(error, ImapError::Handshake { .. }), "{error:?}");
    assert!(error.to_string().contains("certificate"), "{error}");
    let no_file = ImapSettings { ca_file: Some("/nonexistent/ca.pem".into()), ..good.clone() };
    assert!(imap::connect(&no_file).await.unwrap_err().is_configuration());
    let closed = ImapSettings { port: crate::support::machine::free_port(), ..good };
    assert!(matches!(imap::connect(&closed).await.unwrap_err(), ImapError::Unreachable { .. }));
}

#[tokio::test]
async fn a_token_that_is_renewed_ends_the_retries() {
    let Some(server) = Dovecot::start() else { return };
    let (context, folder) = given::context().await;
    let file = folder.path().join("token");
    std::fs::write(&file, server.token(OURS, -60)).unwrap();
    let sign_in = SignIn::XOauth2(TokenSource::File(file.clone()));
    let settings = ImapSettings { sign_in, ..given::imaps(&server) };
    server.put(OURS, &given::question(1));
    let stop = CancellationToken::new();
    let polling = tokio::spawn(poller::run(context.clone(), settings.clone(), Arc::new(Notify::new()), stop.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!polling.is_finished(), "a refused token is no reason to give up");
    assert!(given::ledger(&context, &settings).await.is_empty());
    std::fs::write(&file, server.token(OURS, 60)).unwrap();
    given::until(async || given::ledger(&context, &settings).await.get("case") == Some(&1)).await;
    stop.cancel();
    polling.await.unwrap().unwrap();
}
