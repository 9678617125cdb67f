//! The real round trip: LMTP into Dovecot, IDLE over IMAPS, case, draft, approval in a browser, Postfix with STARTTLS
//! and AUTH, the asker's thread, the Sent copy, and the answer that joins the case.

use std::time::{Duration, Instant};

use caseconsult_core::domain::intake::IntakeState;
use caseconsult_store::{Db, db::DbSettings, intake};

use super::site::{Backend, REPLY, REVIEWER, Site, mail, runtime};
use crate::support::{
    browser::Browser,
    dovecot::{ASKER, OURS},
};

fn there_and_back(backend: Backend) {
    let Some(site) = Site::new(backend) else { return };
    let Some(browser) = Browser::start(true) else { return };
    let mut serve = site.start(&["serve"]);
    let url = serve.url();

    site.dovecot.deliver(OURS, &mail(ASKER, 7));
    let cases = site.wait_for(1, &["drafted"]);
    let tag = cases[0]["tag"].as_str().unwrap().to_owned();

    browser.goto(&url);
    browser.fill("#name", REVIEWER.0);
    browser.fill("#password", REVIEWER.1);
    browser.click("main form button");
    browser.click("a.tag");
    browser.wait_for_text("#facts-title", "Facts");
    browser.click("button[data-key=c]");
    browser.wait_for_text(".heading", "Yours");
    browser.fill("#body", REPLY);
    browser.click("button[formaction$='/approve'][value=stay]");
    browser.wait_for_text(".notice", "The reply is on its way");
    site.wait_for(1, &["sent"]);

    let received = arrived(&site, ASKER, "INBOX", 1);
    let reply = String::from_utf8(received).unwrap();
    let head = unfolded(&reply);
    let field =
        |name: &str| head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or("").to_owned();
    assert_eq!(field("In-Reply-To"), "<trip-7@clinic.example.test>");
    assert_eq!(field("References"), "<thread-7@clinic.example.test> <trip-7@clinic.example.test>");
    assert!(field("Subject").contains(&tag) && !field("Subject").contains("20610"), "{}", field("Subject"));
    assert!(field("Message-ID").starts_with("<cc.") && !field("Auto-Submitted").is_empty(), "{head}");
    assert!(field("To").contains(ASKER) && field("From").contains(OURS), "{head}");
    assert!(reply.contains("text/plain") && reply.contains("text/html") && reply.contains("20610-RT"), "{reply}");
    assert!(
        String::from_utf8(arrived(&site, OURS, "Sent", 1)).unwrap().contains(&field("Message-ID")),
        "the Sent copy is the same mail"
    );

    // The asker answers in the thread: it joins the case, which is drafted anew.
    let answer = format!(
        "From: Dana <{ASKER}>\r\nTo: <{OURS}>\r\nSubject: Re: {}\r\nDate: Wed, 18 Nov 2026 10:00:00 -0600\r\n\
         Message-ID: <answer@clinic.example.test>\r\nIn-Reply-To: {}\r\n\r\nAnd with 99213-25?\r\n",
        field("Subject"),
        field("Message-ID")
    );
    site.dovecot.deliver(OURS, answer.as_bytes());
    let began = Instant::now();
    while site.show(&tag)["mails"] != 2 {
        assert!(began.elapsed() < Duration::from_secs(30), "the answer did not join: {:#}", site.show(&tag));
        std::thread::sleep(Duration::from_millis(100));
    }
    site.wait_for(1, &["drafted"]);
    serve.stop();

    let source = format!("imap://{OURS}@localhost:{}/INBOX", site.dovecot.imaps_port);
    let counts = runtime().block_on(async {
        let db = Db::open(&DbSettings { url: site.url.clone(), max_connections: 2 }).await.unwrap();
        intake::counts(&db, &source).await.unwrap()
    });
    assert_eq!(counts.get(&IntakeState::Case), Some(&1));
    assert_eq!(counts.get(&IntakeState::FollowUp), Some(&1));
    assert_eq!(
        counts.values().sum::<u64>(),
        site.dovecot.count(OURS, "INBOX"),
        "the ledger counts what the server holds"
    );
}

/// The only mail of a mailbox, once there are `count`.
fn arrived(site: &Site, account: &str, mailbox: &str, count: u64) -> Vec<u8> {
    let began = Instant::now();
    while site.dovecot.count(account, mailbox) < count {
        assert!(began.elapsed() < Duration::from_secs(30), "nothing arrived in {mailbox} of {account}");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(site.dovecot.count(account, mailbox), count);
    site.dovecot.mails(account, mailbox).remove(0)
}

/// The header with its folded lines joined (RFC 5322 §2.2.3).
fn unfolded(mail: &str) -> String {
    let lines = mail.replace("\r\n", "\n");
    let head = lines.split("\n\n").next().unwrap().to_owned();
    head.replace("\n ", " ").replace("\n\t", " ")
}

#[test]
fn a_mail_becomes_a_reply_in_its_thread_on_sqlite() {
    there_and_back(Backend::Sqlite);
}

#[test]
fn a_mail_becomes_a_reply_in_its_thread_on_postgres() {
    there_and_back(Backend::Postgres);
}
