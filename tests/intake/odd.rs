//! Mails that no reader expects: each has a ledger row, a case and its bytes, and the next mail is handled.

use std::io::Write as _;

use base64::{Engine, engine::general_purpose::STANDARD};
use caseconsult_core::domain::{case::CaseState, digest::Digest};
use caseconsult_store::{cases, raw};
use caseconsult_workers::poller;

use super::given::{self, question};
use crate::support::dovecot::{Dovecot, OURS};

/// A header that is well-formed as far as `rest` lets it be.
fn mail(rest: &[u8]) -> Vec<u8> {
    [
        b"From: Pat Example <pat@example.test>\r\nTo: coder@example.test\r\nDate: Mon, 2 Mar 2026 12:00:00 +0000\r\n",
        rest,
    ]
    .concat()
}

/// Ten mebibytes of nothing in a few kilobytes.
fn zip_bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("notes.txt", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&vec![0; 10 << 20]).unwrap();
    STANDARD.encode(archive.finish().unwrap().into_inner()).into_bytes()
}

fn nested(depth: usize) -> Vec<u8> {
    let mut bytes = mail(b"Subject: nested\r\nMIME-Version: 1.0\r\n");
    for _ in 0..depth {
        bytes.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\n");
    }
    bytes
}

/// What it is called, its bytes, and the state of its case.
fn odd_mails() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let attached = |header: &[u8], content: &[u8]| {
        let start: &[u8] =
            b"Subject: attached\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\nIs 99213 right?\r\n--b\r\n";
        mail(&[start, header, content, b"\r\n--b--\r\n"].concat())
    };
    vec![
        ("empty", Vec::new(), "held"),
        ("no headers", b"\r\nIs 99213 right?\r\n".to_vec(), "held"),
        ("100,000 nested mails", nested(100_000), "held"),
        (
            "truncated multipart",
            mail(b"Subject: cut\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Ty"),
            "received",
        ),
        (
            "unknown charset",
            mail(b"Subject: =?x-klingon?Q?=A4?=\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\xA4\xA5 99213\r\n"),
            "received",
        ),
        ("NUL bytes", mail(b"Subject: a\0b\r\nMessage-ID: <n\0ul@example.test>\r\n\r\n99\x00213\r\n"), "received"),
        ("8-bit headers", mail(b"Subject: \xC4rger mit 99213 \xFF\xFE\r\n\r\n99213?\r\n"), "received"),
        ("no Message-ID", mail(b"Subject: no id\r\n\r\n99213?\r\n"), "received"),
        (
            "two Message-IDs",
            mail(b"Message-ID: <one@example.test>\r\nMessage-ID: <two@example.test>\r\nSubject: two ids\r\n\r\n99213?\r\n"),
            "received",
        ),
        (
            "zip bomb",
            attached(b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n", &zip_bomb()),
            "received",
        ),
        (
            "60 MiB attachment",
            attached(b"Content-Type: application/octet-stream\r\n\r\n", &b"x\r\n".repeat((60 << 20) / 3)),
            "held",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_odd_mail_is_a_case_with_its_bytes_and_the_next_one_is_handled() {
    let Some(server) = Dovecot::start() else { return };
    let (context, _folder) = given::context().await;
    let settings = given::imaps(&server);
    // One by one, so that each is followed by a mail that must not suffer.
    for (number, (name, bytes, expected)) in (1..).zip(odd_mails()) {
        server.put(OURS, &bytes);
        server.put(OURS, &question(number));
        let summary = poller::once(&context, &settings).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((summary.cases, summary.waiting, summary.unfetchable), (2, 0, 0), "{name}: {}", server.log());
        let all = cases::list(&context.db, &cases::Filter::default()).await.unwrap();
        let mut newest: Vec<&str> = all.iter().rev().take(2).map(|case| case.state.name()).collect();
        newest.sort_unstable();
        assert_eq!(newest, [expected, "received"], "{name}");
        if bytes.len() < 50 << 20 && !bytes.contains(&0) {
            // Dovecot sends no NUL; everything else comes as it lies in the mailbox.
            let kept = raw::read(&context.db, &Digest::of(&bytes), u64::MAX).await.unwrap();
            assert!(kept.is_some_and(|kept| kept.complete && kept.bytes == bytes), "{name}: its bytes are kept");
        }
    }
    let rows = given::ledger(&context, &settings).await;
    assert_eq!(rows.get("case").copied(), Some(server.count(OURS, "INBOX")), "{rows:?}");
    let held = cases::list(&context.db, &cases::Filter { states: vec!["held"], ..Default::default() }).await.unwrap();
    assert!(held.iter().all(|case| matches!(case.state, CaseState::Held { .. })));
}
