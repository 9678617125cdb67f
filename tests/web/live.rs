//! Live updates of the queue: when they come, and when they end.

use std::{
    fs,
    io::{BufRead, BufReader, Lines, Write},
    net::TcpStream,
    time::Duration,
};

use caseconsult_store::Db;
use caseconsult_workers::{
    fleet::Fleet,
    maildir,
    settings::{Transport, WorkSettings},
};
use tokio_util::sync::CancellationToken;

use super::house::{ASKER, House, Visitor};
use crate::store::on_both;

on_both![
    a_new_case_is_told_to_whoever_has_the_queue_open,
    a_draft_of_this_process_is_told_at_once,
    the_stream_ends_with_the_session,
    an_open_stream_does_not_keep_the_server_from_stopping,
];

/// Opens the stream; the lines of the answer as they come.
fn listen(house: &House, visitor: &Visitor) -> Lines<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(house.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let path = "/live/queue?show=waiting";
    let cookie = visitor.cookie().unwrap();
    let headers = format!("host: x\r\nconnection: close\r\ncookie: caseconsult={cookie}\r\n");
    write!(stream, "GET {path} HTTP/1.1\r\n{headers}\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines();
    let head: Vec<String> = lines.by_ref().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
    assert!(head.contains(&"content-type: text/event-stream".to_owned()), "{head:?}");
    lines
}

async fn a_new_case_is_told_to_whoever_has_the_queue_open(db: Db) {
    let house = House::on(db).await;
    let ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    let tag = house.case("Can we bill 99213?").await;
    let wanted = format!("href=\"/cases/{tag}\"");
    let mut told = lines.map_while(Result::ok);
    assert!(told.any(|line| line.starts_with("data: ") && line.contains(&wanted)), "the stream ended without it");
}

/// The page hears it from the poller and the workers of its own process: it would look by itself only in an hour.
async fn a_draft_of_this_process_is_told_at_once(db: Db) {
    let house = House::on_with(db, |context| context.look_every = Duration::from_secs(3600)).await;
    let ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    let mailbox = tempfile::tempdir().unwrap();
    for folder in ["new", "cur", "tmp"] {
        fs::create_dir(mailbox.path().join(folder)).unwrap();
    }
    fs::write(mailbox.path().join("new/1"), format!("From: <{ASKER}>\r\n\r\nCan we bill 99213?\r\n")).unwrap();

    let context = super::work::context(&house);
    let outbox = Transport::Folder(mailbox.path().join("outbox"));
    let fleet = Fleet {
        context: context.clone(),
        work: WorkSettings::default(),
        transport: outbox,
        copies_to: None,
        writer: None,
    };
    let stop = CancellationToken::new();
    let poller = tokio::spawn(maildir::run(context, mailbox.path().to_owned(), stop.clone()));
    let workers = tokio::spawn(fleet.run(stop.clone()));
    let told = tokio::task::spawn_blocking(move || {
        lines.map_while(Result::ok).any(|line| line.starts_with("data: ") && line.contains(">Waiting</span>"))
    });
    assert!(told.await.unwrap(), "nothing rang when the draft was there");
    stop.cancel();
    poller.await.unwrap().unwrap();
    workers.await.unwrap().unwrap();
}

async fn the_stream_ends_with_the_session(db: Db) {
    let house = House::on(db).await;
    let mut ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    ana.submit("/", "/sign-out", &[]);
    house.case("Can we bill 99213?").await;
    // Lines end when the server closes the stream, and fail when it stays open.
    let rest: Vec<String> = lines.map(|line| line.expect("the stream was to end")).collect();
    assert!(!rest.iter().any(|line| line.contains("/cases/")), "{rest:?}");
}

async fn an_open_stream_does_not_keep_the_server_from_stopping(db: Db) {
    let mut house = House::on(db).await;
    let ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    let stopped = tokio::time::timeout(Duration::from_secs(10), house.stop()).await;
    assert!(stopped.is_ok(), "the server waits for the stream");
    drop(lines);
}
