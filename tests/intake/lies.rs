//! Servers that break off, refuse, fall silent or talk nonsense: each mail ends in the right state, and none is
//! lost or doubled.

use std::{collections::BTreeMap, time::Duration};

use caseconsult_store::intake;
use caseconsult_workers::{
    imap::ImapError,
    poller::{self, PollError, Summary},
    settings::ImapSettings,
};

use futures::future::join_all;

use super::given::{self, ledger, long_question, question};
use crate::support::imap_script::{ImapScript, Lie};

async fn ten_mails() -> ImapScript {
    ImapScript::start((1..=10).map(|number| (number * 3, question(number)))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_lie_at_any_command_loses_no_mail_and_doubles_none() {
    use Lie::{Bad, BareOk, Bye, Chatter, Cut, Junk, Nil, No, Refuse, Silence};
    let table = [
        ("SEARCH", vec![Cut, No, Refuse, Bad, Bye, Silence, Chatter, Junk]),
        ("SIZE", vec![Cut, No, Refuse, Bad, Bye, Silence, BareOk, Chatter, Junk]),
        ("BODY", vec![Cut, No, Refuse, Bad, Bye, Silence, BareOk, Chatter, Junk, Nil]),
        ("STORE", vec![Cut, Bye, Silence, Chatter, Junk]),
        ("CAPABILITY", vec![Cut, Bye, Silence, Junk]),
        ("LOGIN", vec![Cut, Bye, Silence, Junk]),
        ("SELECT", vec![Cut, No, Bad, Bye, Silence, BareOk, Chatter, Junk]),
        ("NOOP", vec![Cut, Bye, Silence, Chatter, Junk]),
    ];
    let all = table.into_iter().flat_map(|(command, lies)| lies.into_iter().map(move |lie| one_lie(command, lie)));
    join_all(all).await;
}

async fn one_lie(command: &'static str, lie: Lie) {
    let (context, _folder) = given::context().await;
    let server = ten_mails().await;
    if command == "BODY" {
        // It comes in parts.
        server.add(18, long_question(6, 1_100_000));
    }
    server.lie(command, lie, 1);
    let settings = given::plain(&server);
    // Not every refusal is tried again at once: a NO to SELECT is for the next run.
    let first = poller::once(&context, &settings).await;
    let then = poller::once(&context, &settings).await;
    let said = format!("{command} {lie:?}: {first:?}, then {then:?}");
    assert!(then.is_ok(), "{said}");
    assert_eq!(ledger(&context, &settings).await, BTreeMap::from([("case", 10)]), "{said}");
    assert_eq!(given::cases(&context).await, BTreeMap::from([("received".to_owned(), 10)]), "{said}");
    assert_eq!(server.seen(), 10, "{said}");
}

#[tokio::test]
async fn an_empty_list_with_ok_is_not_the_end_of_the_mailbox() {
    let (context, _folder) = given::context().await;
    let server = ten_mails().await;
    let settings = given::plain(&server);
    server.lie("SEARCH", Lie::BareOk, 1);
    assert_eq!(poller::once(&context, &settings).await.unwrap(), Summary::default());
    assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 10);
}

#[tokio::test]
async fn old_mails_are_not_asked_for_again_but_for_the_sweep_which_finds_what_was_restored() {
    let (context, _folder) = given::context().await;
    let server = ten_mails().await;
    let settings = given::plain(&server);
    assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 10);
    let mailbox = intake::mailbox(&context.db, &context.clock, &settings.source(), 7).await.unwrap();
    assert_eq!(mailbox.floor_uid, 30, "two looks agree on it");
    server.add(4, question(11));
    assert_eq!(poller::once(&context, &settings).await.unwrap(), Summary::default());
    let sweeping = ImapSettings { sweep_every: Duration::ZERO, ..settings };
    assert_eq!(poller::once(&context, &sweeping).await.unwrap().cases, 1);
}

#[tokio::test]
async fn a_mail_that_breaks_every_connection_is_found_and_the_rest_goes_on() {
    let (context, _folder) = given::context().await;
    let server = ImapScript::start((1..=120).map(|number| (number, question(number)))).await;
    server.poison(77);
    let settings = given::plain(&server);
    let summary = poller::once(&context, &settings).await.unwrap();
    assert_eq!(summary, Summary { cases: 119, unfetchable: 1, ..Summary::default() });
    assert_eq!(ledger(&context, &settings).await, BTreeMap::from([("case", 119), ("unfetchable", 1)]));
    assert_eq!(poller::once(&context, &settings).await.unwrap(), Summary::default(), "it is not tried for ever");
}

#[tokio::test]
async fn a_server_that_gives_no_mail_for_a_while_makes_none_unfetchable() {
    for lie in [Lie::Refuse, Lie::Bye] {
        let (context, _folder) = given::context().await;
        let server = ten_mails().await;
        let settings = given::plain(&server);
        server.lie("BODY", lie, u32::MAX);
        for _ in 0..3 {
            let error = poller::once(&context, &settings).await.unwrap_err();
            assert!(matches!(error, PollError::Imap(_)), "{error:?}");
        }
        let rows = ledger(&context, &settings).await;
        assert!(rows.keys().all(|state| *state == "failing"), "{rows:?}");
        server.repent();
        assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 10);
        assert_eq!(ledger(&context, &settings).await, BTreeMap::from([("case", 10)]));
    }
}

#[tokio::test]
async fn a_mail_without_a_body_is_waited_for_while_it_is_listed_and_vanishes_when_it_is_not() {
    let (context, _folder) = given::context().await;
    let server = ImapScript::start([(5, question(5))]).await;
    let settings = given::plain(&server);
    server.lie("BODY", Lie::Nil, u32::MAX);
    let summary = poller::once(&context, &settings).await.unwrap();
    assert_eq!((summary.taken(), summary.waiting, summary.vanished), (0, 1, 0));
    let left = ledger(&context, &settings).await;
    assert!(left == BTreeMap::from([("failing", 1)]), "listed, so neither vanished nor done: {left:?}");
    server.add(6, question(6));
    server.remove(5);
    server.repent();
    let summary = poller::once(&context, &settings).await.unwrap();
    assert_eq!((summary.cases, summary.vanished, summary.waiting), (1, 1, 0));
    assert_eq!(ledger(&context, &settings).await, BTreeMap::from([("case", 1), ("vanished", 1)]));
}

#[tokio::test]
async fn a_body_that_comes_at_last_is_taken() {
    let (context, _folder) = given::context().await;
    let server = ImapScript::start([(5, question(5))]).await;
    let settings = given::plain(&server);
    server.lie("BODY", Lie::Nil, 3);
    assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 1);
    assert_eq!(ledger(&context, &settings).await, BTreeMap::from([("case", 1)]));
}

#[tokio::test]
async fn refused_marks_are_no_loss_and_are_made_up_for() {
    for lie in [Lie::No, Lie::Bad] {
        let (context, _folder) = given::context().await;
        let server = ten_mails().await;
        let settings = given::plain(&server);
        server.lie("STORE", lie, u32::MAX);
        assert_eq!(poller::once(&context, &settings).await.unwrap().cases, 10);
        server.repent();
        assert_eq!(poller::once(&context, &settings).await.unwrap(), Summary::default());
        assert_eq!(server.seen(), 10);
    }
}

#[tokio::test]
async fn a_server_that_never_answers_ends_the_run_with_the_reason() {
    let (context, _folder) = given::context().await;
    let server = ten_mails().await;
    let settings = given::plain(&server);
    server.lie("SEARCH", Lie::Silence, u32::MAX);
    let error = poller::once(&context, &settings).await.unwrap_err();
    assert!(matches!(error, PollError::Imap(ImapError::Silent { command: "SEARCH", .. })), "{error:?}");
}
