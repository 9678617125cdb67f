//! A database, settings and mails to begin with.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use caseconsult_core::{
    domain::{address::EmailAddress, intake::IntakeState},
    draft::Templates,
    mail::token::ThreadKey,
};
use caseconsult_store::{Clock, Db, cases, db::DbSettings, intake};
use caseconsult_workers::{
    attachments::Reader,
    bell::Bell,
    context::Context,
    settings::{ImapSettings, SignIn, Tls},
};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::support::{
    dovecot::{Dovecot, OURS, PASSWORD},
    imap_script::ImapScript,
    postgres,
};

/// A worker's context on an empty SQLite file, which goes with the folder.
pub(crate) async fn context() -> (Context, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let db = Db::open(&DbSettings { url, max_connections: 4 }).await.unwrap();
    db.migrate().await.unwrap();
    (context_on(db), folder)
}

/// A worker's context on an empty PostgreSQL database; none where there is no PostgreSQL.
pub(crate) async fn postgres_context() -> Option<Context> {
    let url = postgres::migrated().await?;
    Some(context_on(Db::open(&DbSettings { url, max_connections: 8 }).await.unwrap()))
}

fn context_on(db: Db) -> Context {
    Context {
        db,
        clock: Clock::system(),
        thread_key: Arc::new(ThreadKey::new(b"a secret for tests alone")),
        own_address: EmailAddress::parse(OURS).unwrap(),
        own_name: "Coding Desk".to_owned(),
        own_aliases: Vec::new(),
        templates: Arc::new(Templates::embedded().unwrap()),
        house: Arc::default(),
        max_mail_bytes: 50 << 20,
        reader: Reader::new(env!("CARGO_BIN_EXE_caseconsult").into()),
        bell: Bell::new(),
        node: "test".to_owned(),
    }
}

/// How to reach our mailbox on a private Dovecot, over TLS.
pub(crate) fn imaps(server: &Dovecot) -> ImapSettings {
    let password = SignIn::Password(SecretString::from(PASSWORD));
    ImapSettings {
        port: server.imaps_port,
        ca_file: Some(server.certs.ca.clone()),
        ..quick(ImapSettings::new("localhost", OURS, password))
    }
}

/// How to reach a scripted server.
pub(crate) fn plain(server: &ImapScript) -> ImapSettings {
    let password = SignIn::Password(SecretString::from(PASSWORD));
    let settings = quick(ImapSettings::new("127.0.0.1", OURS, password));
    ImapSettings { port: server.port, tls: Tls::None, answer_timeout: Duration::from_millis(400), ..settings }
}

/// No pause that a test would have to wait for.
fn quick(settings: ImapSettings) -> ImapSettings {
    ImapSettings { min_backoff: Duration::from_millis(5), max_backoff: Duration::from_millis(50), ..settings }
}

/// A question of an invented customer.
pub(crate) fn question(number: u32) -> Vec<u8> {
    format!(
        "From: Pat Example <pat{number}@example.test>\r\nTo: {OURS}\r\nSubject: Question {number}\r\n\
         Message-ID: <question-{number}@example.test>\r\nDate: Mon, 2 Mar 2026 12:00:00 +0000\r\n\r\n\
         May 20610 be billed with 99213 on the same day? ({number})\r\n"
    )
    .into_bytes()
}

/// The same with a body of about so many bytes.
pub(crate) fn long_question(number: u32, bytes: usize) -> Vec<u8> {
    let mut mail = question(number);
    let line = b"The operative note follows, line by line, and goes on for a while yet.\r\n";
    mail.extend(line.iter().cycle().take(bytes));
    mail
}

/// The ledger of a source: how many rows are in each state.
pub(crate) async fn ledger(context: &Context, settings: &ImapSettings) -> BTreeMap<&'static str, u64> {
    ledger_of(context, &settings.source()).await
}

/// The same by the source's name.
pub(crate) async fn ledger_of(context: &Context, source: &str) -> BTreeMap<&'static str, u64> {
    let counts = intake::counts(&context.db, source).await.unwrap();
    counts.into_iter().map(|(state, count): (IntakeState, u64)| (state.as_str(), count)).collect()
}

/// How many cases there are in each state.
pub(crate) async fn cases(context: &Context) -> BTreeMap<String, u64> {
    cases::counts(&context.db).await.unwrap().into_iter().collect()
}

/// Waits for what must become true soon.
pub(crate) async fn until(mut happened: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !happened().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it did not happen within 20 s");
}
