//! Live updates of the queue: when they come, and when they end.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    net::TcpStream,
    time::Duration,
};

use super::house::{House, Visitor};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_new_case_is_told_to_whoever_has_the_queue_open() {
    let house = House::open().await;
    let ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    let tag = house.case("Can we bill 99213?").await;
    let wanted = format!("href=\"/cases/{tag}\"");
    let mut told = lines.map_while(Result::ok);
    assert!(told.any(|line| line.starts_with("data: ") && line.contains(&wanted)), "the stream ended without it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_ends_with_the_session() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    ana.submit("/", "/sign-out", &[]);
    house.case("Can we bill 99213?").await;
    // Lines end when the server closes the stream, and fail when it stays open.
    let rest: Vec<String> = lines.map(|line| line.expect("the stream was to end")).collect();
    assert!(!rest.iter().any(|line| line.contains("/cases/")), "{rest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_stream_does_not_keep_the_server_from_stopping() {
    let mut house = House::open().await;
    let ana = house.reviewer("ana").await;
    let lines = listen(&house, &ana);
    let stopped = tokio::time::timeout(Duration::from_secs(10), house.stop()).await;
    assert!(stopped.is_ok(), "the server waits for the stream");
    drop(lines);
}
