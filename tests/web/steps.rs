//! Hold, release, return, close, and the end of doubt.

use caseconsult_core::domain::{
    case::{CaseEvent, CaseState},
    event::Actor,
    outcome::SendOutcome,
};
use caseconsult_store::{cases, replies};

use super::house::{House, field};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_held_with_a_note_and_released() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    let step = format!("{page}/step");
    let refused = ana.submit(&page, &step, &[("step", "hold"), ("note", " ")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Say in a few words why the case is held."));
    assert_eq!(ana.submit(&page, &step, &[("step", "hold"), ("note", "waits for the licence")]).status, 303);
    assert!(ana.get("/?show=held").body.contains("waits for the licence"));
    assert_eq!(ana.submit(&page, &step, &[("step", "release")]).status, 303);
    assert_eq!(house.state(&tag).await, "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn returning_a_case_keeps_the_text_for_whoever_typed_it() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    ana.submit(&page, &format!("{page}/step"), &[("step", "return"), ("body", "Half an answer")]);
    assert_eq!(house.state(&tag).await, "drafted");
    assert!(ana.get(&page).body.contains("Half an answer"));
    let mut ben = house.reviewer("ben").await;
    assert!(!ben.get(&page).body.contains("Half an answer"), "an unfinished text is its author's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_colleague_has_the_case_nobody_else_moves_it() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let (mut ana, mut ben) = (house.reviewer("ana").await, house.reviewer("ben").await);
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    for step in ["return", "close", "redraft"] {
        let refused = ben.submit(&page, &format!("{page}/step"), &[("step", step)]);
        assert_eq!(refused.status, 409, "{step}");
        assert!(refused.body.contains("ana has claimed this case"), "{step}");
    }
    assert_eq!(house.state(&tag).await, "in_review");
    assert_eq!(ana.submit(&page, &format!("{page}/step"), &[("step", "close")]).status, 303);
    assert_eq!(house.state(&tag).await, "closed");
    assert_eq!(ana.submit("/", &format!("{page}/step"), &[("step", "hold"), ("note", "no")]).status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_in_doubt_is_sent_again_only_when_the_tag_is_typed() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    let html = ana.get(&page).body;
    let body = "No date of service was given, so 2026-03-02 was assumed. 99213 is in force.";
    let version = field(&html, "version").unwrap();
    ana.submit(&page, &format!("{page}/approve"), &[("version", &version), ("body", body)]);
    // The worker hands it over, and the server's answer is lost.
    let approved = cases::find(&house.db, &tag).await.unwrap();
    let (sending, attempt) = replies::start_sending(&house.db, &house.clock, &approved).await.unwrap();
    let outcome = SendOutcome::Uncertain { reply: "connection lost after the final dot".to_owned() };
    replies::finish_sending(&house.db, &house.clock, &sending, attempt, &outcome, None, false).await.unwrap();

    let shown = ana.get(&page).body;
    assert!(shown.contains("connection lost after the final dot") && shown.contains("It did arrive"));
    assert!(ana.get("/").body.contains("class=\"alarm\""), "the queue says that something needs attention");
    let resolve = format!("{page}/resolve");
    let refused = ana.submit(&page, &resolve, &[("finding", "again"), ("typed", "yes")]);
    assert_eq!(refused.status, 422);
    assert_eq!(house.state(&tag).await, "uncertain");
    let typed = tag.as_str().to_lowercase();
    assert_eq!(ana.submit(&page, &resolve, &[("finding", "again"), ("typed", &typed)]).status, 303);
    let again = cases::find(&house.db, &tag).await.unwrap();
    assert_eq!(again.state, CaseState::Approved { reply: approved.state.reply().unwrap() }, "the same bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_says_who_did_what() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    let case = cases::find(&house.db, &tag).await.unwrap();
    let by = case.claim.unwrap().0;
    cases::advance_now(&house.db, &house.clock, &case, &CaseEvent::Returned { by }, Actor::User(by)).await.unwrap();
    let html = ana.get(&page).body;
    let history = html.split("history-title").nth(2).unwrap();
    for (what, who) in [("Returned to the queue", "ana"), ("Claimed", "ana"), ("Draft made", "the machine")] {
        let line =
            history.split("<li>").find(|line| line.contains(what)).unwrap_or_else(|| panic!("{what}: {history}"));
        assert!(line.contains(who), "{line}");
    }
}
