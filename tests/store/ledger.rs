//! What the poller goes by.

use caseconsult_core::domain::intake::IntakeState;
use caseconsult_store::{Db, intake};

use super::{
    given::{self, NOON, accept, arrival, noon},
    on_both,
};

on_both![
    a_mailbox_is_found_again_and_its_floor_only_rises,
    a_uid_that_is_listed_and_not_there_is_missed_and_then_vanished,
    a_uid_that_breaks_the_fetch_is_given_up_at_the_limit,
    a_mail_that_was_taken_in_is_neither_missed_nor_failing,
    done_and_open_uids_are_told_apart,
    what_was_taken_in_is_marked_once,
    one_poller_at_a_time,
];

async fn a_mailbox_is_found_again_and_its_floor_only_rises(db: Db) {
    let first = given::mailbox(&db).await;
    assert_eq!((first.floor_uid, first.renewed, first.swept_at.micros()), (0, false, 0));
    intake::set_floor(&db, first.id, 9).await.unwrap();
    intake::set_floor(&db, first.id, 5).await.unwrap();
    intake::swept(&db, &noon(), first.id).await.unwrap();
    let again = given::mailbox(&db).await;
    assert_eq!((again.id, again.floor_uid, again.swept_at), (first.id, 9, NOON));
    let renewed = intake::mailbox(&db, &noon(), "imap://test", 2).await.unwrap();
    assert_ne!(renewed.id, first.id);
    assert_eq!((renewed.floor_uid, renewed.renewed), (0, true));
}

async fn a_uid_that_is_listed_and_not_there_is_missed_and_then_vanished(db: Db) {
    let mailbox = given::mailbox(&db).await;
    for expected in [IntakeState::Missed, IntakeState::Vanished, IntakeState::Vanished] {
        intake::absent(&db, &noon(), mailbox.id, &[7]).await.unwrap();
        let counts = intake::counts(&db, "imap://test").await.unwrap();
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(expected, 1)]);
    }
    assert!(intake::unmarked(&db, mailbox.id, 10).await.unwrap().is_empty());
}

async fn a_uid_that_breaks_the_fetch_is_given_up_at_the_limit(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(intake::broke(&db, &noon(), mailbox.id, 7, 3).await.unwrap());
    }
    use IntakeState::{Failing, Unfetchable};
    assert_eq!(states, [Failing, Failing, Unfetchable, Unfetchable]);
    assert_eq!(intake::broke(&db, &noon(), mailbox.id, 8, 1).await.unwrap(), Unfetchable);
}

async fn a_mail_that_was_taken_in_is_neither_missed_nor_failing(db: Db) {
    let mailbox = given::mailbox(&db).await;
    accept(&db, arrival(7, "pat@example.test", "a")).await;
    intake::absent(&db, &noon(), mailbox.id, &[7]).await.unwrap();
    assert_eq!(intake::broke(&db, &noon(), mailbox.id, 7, 1).await.unwrap(), IntakeState::Case);
    let counts = intake::counts(&db, "imap://test").await.unwrap();
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(IntakeState::Case, 1)]);
}

async fn done_and_open_uids_are_told_apart(db: Db) {
    let mailbox = given::mailbox(&db).await;
    for uid in [3, 7] {
        accept(&db, arrival(uid, "pat@example.test", &format!("mail {uid}"))).await;
    }
    intake::broke(&db, &noon(), mailbox.id, 8, 3).await.unwrap();
    intake::broke(&db, &noon(), mailbox.id, 8, 3).await.unwrap();
    intake::absent(&db, &noon(), mailbox.id, &[9, 10]).await.unwrap();
    intake::absent(&db, &noon(), mailbox.id, &[10]).await.unwrap();
    let (done, open) = intake::known_uids(&db, mailbox.id, 3).await.unwrap();
    assert_eq!(done, [7, 10].into());
    assert_eq!(open, [(8, (IntakeState::Failing, 2)), (9, (IntakeState::Missed, 1))].into());
    let items: Vec<String> = (1..=1_200).map(|item| item.to_string()).collect();
    let known = intake::known_items(&db, mailbox.id, &items).await.unwrap();
    assert_eq!(known, ["3", "7", "10"].map(String::from).into());
}

async fn what_was_taken_in_is_marked_once(db: Db) {
    let mailbox = given::mailbox(&db).await;
    let batch = (1..=3).map(|uid| arrival(uid, "pat@example.test", &format!("mail {uid}"))).collect();
    intake::accept(&db, &noon(), &mailbox, batch).await.unwrap();
    let due = intake::unmarked(&db, mailbox.id, 2).await.unwrap();
    assert_eq!(
        due.iter().map(|(_, uid, item)| (*uid, item.as_str())).collect::<Vec<_>>(),
        [(Some(1), "1"), (Some(2), "2")]
    );
    intake::marked(&db, &due.iter().map(|(row, ..)| *row).collect::<Vec<_>>()).await.unwrap();
    intake::marked(&db, &[]).await.unwrap();
    let due = intake::unmarked(&db, mailbox.id, 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].1, Some(3));
}

async fn one_poller_at_a_time(db: Db) {
    let first = intake::lock(&db, "imap://test").await.unwrap();
    assert!(first.is_some());
    assert!(intake::lock(&db, "imap://other").await.unwrap().is_some(), "another source has another lock");
    if matches!(db, Db::Sqlite { .. }) {
        return;
    }
    assert!(intake::lock(&db, "imap://test").await.unwrap().is_none());
    drop(first);
    // The connection is closed by a task of its own.
    let until = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while intake::lock(&db, "imap://test").await.unwrap().is_none() {
        assert!(tokio::time::Instant::now() < until, "the lock outlived its holder");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
