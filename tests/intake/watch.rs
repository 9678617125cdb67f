//! IDLE, and what interrupts it.

use std::{sync::Arc, time::Duration};

use caseconsult_workers::{
    context::Context,
    poller::{self, PollError},
    settings::ImapSettings,
};
use tokio::{sync::Notify, task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use super::given::{self, question};
use crate::support::{
    dovecot::{Dovecot, OURS},
    imap_script::{ImapScript, Lie},
};

const LONG: Duration = Duration::from_secs(600);

/// A poller that runs until the end of the test.
struct Polling {
    context: Context,
    settings: ImapSettings,
    wake: Arc<Notify>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), PollError>>,
}

impl Polling {
    fn start(context: &Context, settings: ImapSettings) -> Self {
        let (wake, stop) = (Arc::new(Notify::new()), CancellationToken::new());
        let task = tokio::spawn(poller::run(context.clone(), settings.clone(), Arc::clone(&wake), stop.clone()));
        Self { context: context.clone(), settings, wake, stop, task }
    }

    /// Waits until so many mails have become cases.
    async fn cases(&self, wanted: u64) {
        given::until(async || {
            given::ledger(&self.context, &self.settings).await.get("case").copied().unwrap_or(0) == wanted
        })
        .await;
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_brings_a_mail_at_once_and_survives_a_kick() {
    let Some(server) = Dovecot::start() else { return };
    let (context, _folder) = given::context().await;
    let settings = ImapSettings { poll_every: LONG, idle_round: LONG, ..given::imaps(&server) };
    server.put(OURS, &question(1));
    let polling = Polling::start(&context, settings);
    polling.cases(1).await;
    server.deliver(OURS, &question(2));
    polling.cases(2).await;
    server.doveadm(&["kick", OURS]);
    server.deliver(OURS, &question(3));
    polling.cases(3).await;
    polling.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_ends_the_wait_with_idle_and_without() {
    let Some(server) = Dovecot::start() else { return };
    for (number, idle) in [(1, true), (2, false)] {
        let (context, _folder) = given::context().await;
        let settings = ImapSettings { idle, poll_every: LONG, idle_round: LONG, ..given::imaps(&server) };
        let polling = Polling::start(&context, settings);
        polling.cases(server.count(OURS, "INBOX")).await;
        // Put as a file, so that the server has nothing to tell of until it is asked.
        server.put(OURS, &question(number));
        polling.wake.notify_one();
        polling.cases(server.count(OURS, "INBOX")).await;
        polling.end().await;
    }
}

#[tokio::test]
async fn whatever_interrupts_idle_the_next_mail_is_taken() {
    for (command, lie) in [
        ("IDLE", Lie::Bye),
        ("IDLE", Lie::No),
        ("IDLE", Lie::Bad),
        ("IDLE", Lie::BareOk),
        ("IDLE", Lie::Cut),
        ("IDLE", Lie::Junk),
        ("IDLE", Lie::Silence),
        ("DONE", Lie::Silence),
        ("DONE", Lie::Cut),
    ] {
        let (context, _folder) = given::context().await;
        let server = ImapScript::start([(1, question(1))]).await;
        server.lie(command, lie, 1);
        let settings = given::plain(&server);
        let settings =
            ImapSettings { idle_round: Duration::from_millis(50), poll_every: Duration::from_millis(100), ..settings };
        let polling = Polling::start(&context, settings);
        polling.cases(1).await;
        given::until(async || server.given(command) > 0).await;
        server.add(2, question(2));
        polling.cases(2).await;
        polling.end().await;
    }
}

#[tokio::test]
async fn a_dead_connection_is_noticed_after_one_round_and_one_answer() {
    let (context, _folder) = given::context().await;
    let server = ImapScript::start([]).await;
    server.lie("DONE", Lie::Silence, 1);
    let (idle_round, answer_timeout) = (Duration::from_millis(300), Duration::from_millis(400));
    let settings = ImapSettings { idle_round, answer_timeout, poll_every: LONG, ..given::plain(&server) };
    let polling = Polling::start(&context, settings);
    given::until(async || server.given("IDLE") == 1).await;
    let begun = Instant::now();
    given::until(async || server.given("SELECT") == 2).await;
    assert!(begun.elapsed() < (idle_round + answer_timeout) * 2, "{:?}", begun.elapsed());
    let defaults = ImapSettings::new("localhost", "coder", caseconsult_workers::settings::SignIn::Nobody);
    assert!(defaults.idle_round + defaults.answer_timeout < Duration::from_secs(60));
    polling.end().await;
}
