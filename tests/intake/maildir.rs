//! Mails from a Maildir: taken by the commit, moved afterwards.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use caseconsult_store::intake;
use caseconsult_workers::{
    arrival::{self, Item},
    maildir::{self, MaildirError},
    summary::Summary,
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::given::{self, long_question, question};

fn empty_maildir() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for sub in ["new", "cur", "tmp"] {
        fs::create_dir(folder.path().join(sub)).unwrap();
    }
    folder
}

/// Delivers as a mail server does: written aside, then renamed.
fn deliver(folder: &Path, name: &str, mail: &[u8]) {
    fs::write(folder.join("tmp").join(name), mail).unwrap();
    fs::rename(folder.join("tmp").join(name), folder.join("new").join(name)).unwrap();
}

fn names(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn source(folder: &Path) -> String {
    format!("maildir:{}", folder.canonicalize().unwrap().display())
}

#[tokio::test]
async fn new_mails_become_cases_and_move_to_cur() {
    let (context, _db) = given::context().await;
    let folder = empty_maildir();
    let folder = folder.path();
    deliver(folder, "1700000001.M1.host", &question(1));
    deliver(folder, "1700000002.M2.host:2,", &question(2));
    deliver(folder, "1700000003.M3.host", &long_question(3, 1_500_000));
    deliver(folder, ".hidden", b"not a mail");
    fs::write(folder.join("cur/1600000000.theirs:2,"), question(4)).unwrap();
    let summary = maildir::once(&context, folder).await.unwrap();
    assert_eq!(summary, Summary { cases: 3, ..Summary::default() });
    assert_eq!(names(folder.join("new")), [".hidden"]);
    assert_eq!(
        names(folder.join("cur")),
        ["1600000000.theirs:2,", "1700000001.M1.host:2,S", "1700000002.M2.host:2,S", "1700000003.M3.host:2,S"]
    );
    assert_eq!(given::ledger_of(&context, &source(folder)).await, BTreeMap::from([("case", 3)]));
    assert_eq!(maildir::once(&context, folder).await.unwrap(), Summary::default());
}

#[tokio::test]
async fn a_mail_that_was_accepted_and_not_yet_moved_is_moved_and_not_taken_again() {
    let (context, _db) = given::context().await;
    let folder = empty_maildir();
    let folder = folder.path();
    deliver(folder, "1700000001.M1.host", &question(1));
    let mailbox = intake::mailbox(&context.db, &context.clock, &source(folder), 0).await.unwrap();
    let file = folder.join("new/1700000001.M1.host");
    let arrival = arrival::in_file(&context, Item::Named("1700000001.M1.host"), &file).unwrap();
    intake::accept(&context.db, &context.clock, &mailbox, vec![arrival]).await.unwrap();
    assert_eq!(maildir::once(&context, folder).await.unwrap(), Summary::default());
    assert_eq!(names(folder.join("cur")), ["1700000001.M1.host:2,S"]);
    assert_eq!(given::cases(&context).await, BTreeMap::from([("received".to_owned(), 1)]));
}

#[tokio::test]
async fn a_folder_that_is_no_maildir_is_named() {
    let (context, _db) = given::context().await;
    let folder = tempfile::tempdir().unwrap();
    let error = maildir::once(&context, folder.path()).await.unwrap_err();
    assert!(matches!(error, MaildirError::Folder { .. }));
    assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
}

#[tokio::test]
async fn a_mail_dropped_in_is_noticed_and_the_end_comes_when_it_is_asked_for() {
    let (context, _db) = given::context().await;
    let folder = empty_maildir();
    let stop = CancellationToken::new();
    let running = tokio::spawn(maildir::run(context.clone(), folder.path().to_owned(), stop.clone()));
    let source = source(folder.path());
    for number in 1..=2 {
        deliver(folder.path(), &format!("170000000{number}.M1.host"), &question(number));
        given::until(async || given::ledger_of(&context, &source).await.get("case") == Some(&u64::from(number))).await;
    }
    stop.cancel();
    running.await.unwrap().unwrap();
}
