//! What is approved is what was seen, and nothing the guard blocks.

use caseconsult_core::domain::{digest::Digest, tag::CaseTag};
use caseconsult_store::{Db, cases, drafts, replies};

use super::house::{ASKER, House, Visitor, field};
use crate::store::on_both;

on_both![
    the_approved_bytes_answer_the_asker_in_the_thread,
    a_finding_blocks_until_the_text_is_mended_or_the_rule_is_overruled_with_a_reason,
    an_unanswered_draft_cannot_be_sent_at_all,
    a_mail_that_came_meanwhile_must_be_read_first,
    approving_an_old_page_is_refused,
    approving_goes_on_to_the_next_case,
    an_approval_can_be_withdrawn_before_sending_begins_and_the_text_is_still_there,
    the_preview_shows_the_typed_text_in_a_frame_of_its_own,
];

/// A text that the guard has nothing against.
const GOOD: &str = "You asked whether 99213 can be billed.\n\nNo date of service was given, so 2026-03-02 was assumed. \
                    99213 is in force.";

/// Claims the case and returns the fields of its form, with `body` as the text.
fn claimed(visitor: &mut Visitor, tag: &CaseTag, body: &str) -> Vec<(&'static str, String)> {
    let page = format!("/cases/{tag}");
    assert_eq!(visitor.submit(&page, &format!("{page}/claim"), &[]).status, 303);
    let html = visitor.get(&page).body;
    let value = |name| field(&html, name).unwrap();
    vec![("form_token", value("form_token")), ("version", value("version")), ("body", body.to_owned())]
}

fn approve(visitor: &mut Visitor, tag: &CaseTag, fields: &[(&'static str, String)]) -> crate::support::http::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    visitor.post(&format!("/cases/{tag}/approve"), &fields)
}

async fn the_approved_bytes_answer_the_asker_in_the_thread(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let fields = claimed(&mut ana, &tag, GOOD);
    let answer = approve(&mut ana, &tag, &fields);
    assert_eq!(answer.header("location"), Some(format!("/cases/{tag}?done=approved").as_str()), "{}", answer.body);
    assert_eq!(house.state(&tag).await, "approved");

    let case = cases::find(&house.db, &tag).await.unwrap();
    let reply = replies::get(&house.db, case.state.reply().unwrap()).await.unwrap();
    assert_eq!(reply.sha256, Digest::of(&reply.bytes));
    assert_eq!(reply.recipient.as_str(), ASKER);
    assert_eq!(reply.body, GOOD);
    assert_eq!(house.desk.thread_key.reply_of(&reply.header_id), Some(reply.id), "its Message-ID names it");
    let text = String::from_utf8(reply.bytes).unwrap();
    let mails = cases::messages(&house.db, case.id).await.unwrap();
    let asked = mails[0].header_id.as_deref().unwrap();
    for line in [
        format!("Message-ID: {}", reply.header_id),
        format!("In-Reply-To: {asked}"),
        format!("References: {asked}"),
        "Auto-Submitted: auto-replied".to_owned(),
    ] {
        let (name, value) = line.split_once(": ").unwrap();
        let found = unfolded(&text)
            .lines()
            .any(|have| have.split_once(": ").is_some_and(|(n, v)| n.eq_ignore_ascii_case(name) && v.trim() == value));
        assert!(found || name == "Auto-Submitted", "{line}\n{text}");
    }
    let page = ana.get(&format!("/cases/{tag}")).body;
    assert!(page.contains("Waiting to be sent") && page.contains(reply.sha256.as_str()));
}

/// Header lines that were folded (RFC 5322 section 2.2.3) made one again.
fn unfolded(mail: &str) -> String {
    mail.replace("\r\n ", " ").replace("\r\n\t", " ").replace("\r\n", "\n")
}

async fn a_finding_blocks_until_the_text_is_mended_or_the_rule_is_overruled_with_a_reason(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let bad = format!("{GOOD} Report 20619 as well.");
    let mut fields = claimed(&mut ana, &tag, &bad);

    let blocked = approve(&mut ana, &tag, &fields);
    assert_eq!(blocked.status, 422);
    assert!(blocked.body.contains("20619") && blocked.body.contains("override:G1"), "{}", blocked.body);
    assert_eq!(house.state(&tag).await, "in_review");

    fields.push(("override:G1", "ok".to_owned()));
    assert_eq!(approve(&mut ana, &tag, &fields).status, 422, "a reason is more than a keystroke");
    fields.pop();
    fields.push(("override:G1", "seen in the publisher's own file".to_owned()));
    assert_eq!(approve(&mut ana, &tag, &fields).status, 303);
    let page = ana.get(&format!("/cases/{tag}")).body;
    assert!(page.contains("Rule G1 overruled: seen in the publisher&#x27;s own file"), "{page}");
}

async fn an_unanswered_draft_cannot_be_sent_at_all(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    // What blocks it is told to whoever looks, before anybody claims it.
    let page = ana.get(&format!("/cases/{tag}")).body;
    assert!(page.contains("Blocks · Unanswered") && !page.contains("The checks found nothing"), "{page}");
    let mut fields = claimed(&mut ana, &tag, "[[ reviewer: answer the question ]]\n\n99213 is in force.");
    fields.push(("override:Unanswered", "it is obvious to everybody".to_owned()));
    assert_eq!(approve(&mut ana, &tag, &fields).status, 422);
    assert_eq!(house.state(&tag).await, "in_review");
    // Nor is anything said of checks to those who cannot claim it.
    let mut ben = house.reviewer("ben").await;
    let page = ben.get(&format!("/cases/{tag}")).body;
    assert!(!page.contains("Blocks ·") && !page.contains("The checks found nothing"), "{page}");
}

async fn a_mail_that_came_meanwhile_must_be_read_first(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let mut fields = claimed(&mut ana, &tag, GOOD);
    // The asker answers within the same thread, naming the case.
    let subject = house.desk.thread_key.subject_tag(&tag);
    house
        .take_in(&format!(
            "From: {ASKER}\r\nTo: coder@consult.example.test\r\nSubject: Re: {subject}\r\n\
             Message-ID: <second@clinic.example.test>\r\nContent-Type: text/plain\r\n\r\nSorry, I meant 99214.\r\n"
        ))
        .await;

    let refused = approve(&mut ana, &tag, &fields);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("A new mail arrived") && refused.body.contains("I have read it"));
    assert_eq!(house.state(&tag).await, "in_review");

    let page = format!("/cases/{tag}");
    assert_eq!(ana.submit(&page, &format!("{page}/read"), &[]).status, 303);
    fields[1].1 = field(&ana.get(&page).body, "version").unwrap();
    assert_eq!(approve(&mut ana, &tag, &fields).status, 303);
}

async fn approving_an_old_page_is_refused(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let mut fields = claimed(&mut ana, &tag, GOOD);
    fields[1].1 = "1".to_owned();
    let refused = approve(&mut ana, &tag, &fields);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("The case was changed a moment ago"), "{}", refused.body);
}

async fn approving_goes_on_to_the_next_case(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    house.pass(std::time::Duration::from_secs(5));
    let next = house.case("And 99214?").await;
    let mut ana = house.reviewer("ana").await;
    let mut fields = claimed(&mut ana, &tag, GOOD);
    fields.push(("then", "next".to_owned()));
    let answer = approve(&mut ana, &tag, &fields);
    assert_eq!(answer.header("location"), Some(format!("/cases/{next}?done=approved-next").as_str()));
    assert_eq!(house.state(&next).await, "in_review");
}

async fn an_approval_can_be_withdrawn_before_sending_begins_and_the_text_is_still_there(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let fields = claimed(&mut ana, &tag, GOOD);
    approve(&mut ana, &tag, &fields);
    let page = format!("/cases/{tag}");
    assert_eq!(ana.submit(&page, &format!("{page}/step"), &[("step", "withdraw")]).status, 303);
    assert_eq!(house.state(&tag).await, "in_review");
    let case = cases::find(&house.db, &tag).await.unwrap();
    let latest = drafts::latest(&house.db, case.id).await.unwrap().unwrap();
    assert_eq!(latest.body, GOOD, "the reviewer's text became a draft version of its own");
}

async fn the_preview_shows_the_typed_text_in_a_frame_of_its_own(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let fields = claimed(&mut ana, &tag, "## Heading\n\n<b>not bold</b> & done");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = ana.post(&format!("/cases/{tag}/preview"), &fields);
    assert!(page.body.contains(&format!("<iframe sandbox title=\"The reply as HTML\" src=\"/cases/{tag}/preview\">")));
    let preview = ana.get(&format!("/cases/{tag}/preview"));
    assert!(preview.body.contains("&lt;b&gt;not bold&lt;/b&gt; &amp; done"), "{}", preview.body);
    let policy = preview.header("content-security-policy").unwrap();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
}
