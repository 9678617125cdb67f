//! Every fault at every step of a scripted server is judged rightly, and the server has the mail exactly when the
//! judgement says so or says that nobody knows.

use caseconsult_core::domain::outcome::SendOutcome;
use caseconsult_workers::{
    settings::{SignIn, Tls},
    smtp,
};
use secrecy::SecretString;

use super::letter::{letter, plain};
use crate::support::smtp_script::{At, Do, SmtpScript};

fn password() -> SignIn {
    SignIn::Password(SecretString::from("secret"))
}

#[tokio::test]
async fn without_a_fault_the_bytes_arrive_as_approved() {
    let server = SmtpScript::start(Vec::new()).await;
    let reply = letter("bob@example.test", 10_000);
    let outcome = smtp::send(&plain(server.port, password()), &reply).await;
    assert_eq!(outcome, SendOutcome::Sent { reply: "250 2.0.0 queued as SCRIPT".to_owned() });
    assert_eq!(server.taken(), [reply.bytes]);
}

/// One row a step; columns: 4xx, 5xx, silence, closed, an answer that is no SMTP. `l`ater, `R`efused, `S`topped,
/// `?` uncertain.
#[tokio::test]
async fn every_fault_at_every_step_is_judged() {
    const TABLE: [(At, &str); 7] = [
        (At::Greeting, "lllll"),
        (At::Ehlo, "lllll"),
        (At::Auth, "lSlll"),
        (At::MailFrom, "lRlll"),
        (At::RcptTo, "lRlll"),
        (At::Data, "lRlll"),
        (At::Dot, "lR???"),
    ];
    let faults = [Do::Say("451 4.3.0 not now"), Do::Say("550 5.0.0 never"), Do::Silence, Do::Close, Do::Say("hello?")];
    assert_eq!(TABLE.map(|(at, _)| at), At::ALL);
    let server = SmtpScript::start(Vec::new()).await;
    for (at, expected) in TABLE {
        let mut row = String::new();
        for fault in faults {
            server.set(vec![(at, fault)]);
            let outcome = smtp::send(&plain(server.port, password()), &letter("bob@example.test", 3_000)).await;
            row.push(match &outcome {
                SendOutcome::Sent { .. } => 'T',
                SendOutcome::Later { .. } => 'l',
                SendOutcome::Refused { .. } => 'R',
                SendOutcome::Stopped { .. } => 'S',
                SendOutcome::Uncertain { .. } => '?',
            });
            assert!(!outcome.reply().is_empty(), "{at:?} {fault:?}");
        }
        assert_eq!(row, expected, "{at:?}");
    }
    assert_eq!(server.taken(), Vec::<Vec<u8>>::new(), "none of these servers took a mail");
}

#[tokio::test]
async fn a_mail_that_was_taken_without_an_answer_is_uncertain() {
    let server = SmtpScript::start(vec![(At::Dot, Do::TakeAndClose)]).await;
    let outcome = smtp::send(&plain(server.port, password()), &letter("bob@example.test", 3_000)).await;
    assert!(matches!(outcome, SendOutcome::Uncertain { .. }), "{outcome:?}");
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn answers_that_complete_nothing_are_not_taken_for_success() {
    // A 250 to DATA would make every line of the mail a command; a 354 to the dot promises nothing.
    for (script, later) in [(vec![(At::Data, Do::Say("250 ok"))], true), (vec![(At::Dot, Do::Say("354 more"))], false)]
    {
        let server = SmtpScript::start(script).await;
        let outcome = smtp::send(&plain(server.port, password()), &letter("bob@example.test", 3_000)).await;
        assert_eq!(matches!(outcome, SendOutcome::Later { .. }), later, "{outcome:?}");
        assert_eq!(matches!(outcome, SendOutcome::Uncertain { .. }), !later, "{outcome:?}");
        assert!(server.taken().is_empty());
    }
}

#[tokio::test]
async fn what_the_configuration_got_wrong_stops_the_outbox() {
    // No STARTTLS where it must be, and a sign-in wanted at MAIL FROM.
    let server = SmtpScript::start(vec![(At::MailFrom, Do::Say("530 5.7.0 sign in first"))]).await;
    let reply = letter("bob@example.test", 3_000);
    let mut settings = plain(server.port, SignIn::Nobody);
    let outcome = smtp::send(&settings, &reply).await;
    assert!(matches!(outcome, SendOutcome::Stopped { .. }), "{outcome:?}");
    settings.tls = Tls::Starttls;
    let outcome = smtp::send(&settings, &reply).await;
    assert!(matches!(&outcome, SendOutcome::Stopped { reply } if reply.contains("STARTTLS")), "{outcome:?}");
}

#[tokio::test]
async fn nobody_there_means_later() {
    let port = crate::support::machine::free_port();
    let outcome = smtp::send(&plain(port, password()), &letter("bob@example.test", 3_000)).await;
    assert!(matches!(&outcome, SendOutcome::Later { reply } if reply.starts_with("connecting: ")), "{outcome:?}");
}

#[tokio::test]
async fn bytes_that_could_smuggle_a_second_mail_are_never_handed_over() {
    let server = SmtpScript::start(Vec::new()).await;
    let mut reply = letter("bob@example.test", 3_000);
    reply.bytes.extend_from_slice(b"\n.\r\nMAIL FROM:<x@example.test>\r\n");
    let outcome = smtp::send(&plain(server.port, password()), &reply).await;
    assert!(matches!(outcome, SendOutcome::Refused { .. }), "{outcome:?}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_address_in_the_servers_answer_is_masked() {
    let script = vec![(At::RcptTo, Do::Say("550 5.1.1 <bob@example.test>: unknown"))];
    let server = SmtpScript::start(script).await;
    let outcome = smtp::send(&plain(server.port, password()), &letter("bob@example.test", 3_000)).await;
    assert_eq!(outcome, SendOutcome::Refused { reply: "RCPT TO: 550 5.1.1 <b…@example.test>: unknown".to_owned() });
}
