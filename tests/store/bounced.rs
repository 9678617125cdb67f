//! Replies that come back: what a delivery report proves, and what it does not.

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState, IgnoredKind},
        enhanced_status::EnhancedStatus,
        event::Actor,
        ids::ReplyId,
        outcome::SendOutcome,
    },
    mail::{
        head::Verdict,
        returned::{Reported, Returned},
    },
};
use caseconsult_store::{Db, cases, events, intake::Arrival, queue, replies};

use super::{
    given::{accept, address, arrival, noon},
    on_both,
    outbox::{approved, sending},
};

on_both![
    a_bounce_is_tied_to_its_case_by_the_copy_that_it_returns,
    a_reply_that_came_back_waits_for_a_person_and_is_not_sent_again,
    a_late_bounce_of_an_earlier_reply_leaves_the_case_where_it_is,
];

/// A report about a reply of ours: to whom, with which action, from which host our Message-ID is said to be.
fn bounce(uid: u32, reply: ReplyId, recipient: &str, failed: bool, host: &str) -> Arrival {
    let mut mail = arrival(uid, "mailer-daemon@relay.test", &format!("bounce {uid}"));
    mail.head.verdict = Verdict::Ignored { kind: IgnoredKind::Bounce, rule: "a report".to_owned() };
    let told = Reported { address: address(recipient), failed, status: EnhancedStatus::read("5.1.1") };
    mail.head.returned = Some(Returned { reply, header_id: format!("<cc.{reply}@{host}>"), recipients: vec![told] });
    mail
}

async fn a_bounce_is_tied_to_its_case_by_the_copy_that_it_returns(db: Db) {
    let (waiting, unsent, _) = approved(&db).await;
    let (case, sent, attempt) = sending(&db).await;
    let taken = SendOutcome::Sent { reply: "250 ok".to_owned() };
    let case = replies::finish_sending(&db, &noon(), &case, attempt, &taken, None, false).await.unwrap();
    let ours = "ours.example.test";
    for (mail, tied) in [
        // It may arrive yet.
        (bounce(1, sent, "pat@example.test", false, ours), Some(case.id)),
        // A customer's own, about a reply to another; a Message-ID that is only like ours; a reply that never left.
        (bounce(2, sent, "kim@example.test", true, ours), None),
        (bounce(3, sent, "pat@example.test", true, "relay.test"), None),
        (bounce(4, unsent, "pat@example.test", true, ours), None),
        (bounce(5, ReplyId::new(noon().id()), "pat@example.test", true, ours), None),
    ] {
        let taken = accept(&db, mail).await.case.unwrap();
        let parked = cases::get(&db, taken).await.unwrap();
        assert_eq!((parked.state.name(), parked.hint), ("ignored", tied));
    }
    for case in [waiting, case] {
        let present = cases::get(&db, case.id).await.unwrap();
        assert_eq!((present.state, present.version, present.stale), (case.state, case.version, false));
        assert_eq!(cases::messages(&db, case.id).await.unwrap().len(), 1);
    }
}

async fn a_reply_that_came_back_waits_for_a_person_and_is_not_sent_again(db: Db) {
    let (case, sent, attempt) = sending(&db).await;
    let taken = SendOutcome::Sent { reply: "250 queued as 4F2".to_owned() };
    let case = replies::finish_sending(&db, &noon(), &case, attempt, &taken, None, false).await.unwrap();
    let owed = queue::owed(&db, &noon()).await.unwrap();
    let report = bounce(1, sent, "pat@example.test", true, "ours.example.test");
    let parked = accept(&db, report).await.case.unwrap();
    assert_eq!(cases::get(&db, parked).await.unwrap().hint, Some(case.id));

    let back = cases::get(&db, case.id).await.unwrap();
    assert_eq!(back.state, CaseState::Undeliverable { reply: sent });
    let cause = back.last_cause.clone().unwrap();
    assert!(cause.as_str().contains("status 5.1.1: the address"), "{cause}");
    let tries = replies::attempts(&db, sent).await.unwrap();
    assert_eq!((tries.len(), tries[0].outcome.as_deref()), (1, Some("bounced")));
    assert_eq!(tries[0].reply_text.as_deref(), Some("250 queued as 4F2"), "what the server said stays");
    assert_eq!(queue::owed(&db, &noon()).await.unwrap(), owed, "nobody is told to send anything");

    // The same news again is a line of history.
    accept(&db, bounce(2, sent, "pat@example.test", true, "ours.example.test")).await;
    let again = cases::get(&db, case.id).await.unwrap();
    assert_eq!((again.state, again.version), (back.state, back.version));
    let told = events::of_case(&db, case.id).await.unwrap();
    assert_eq!(told.iter().filter(|event| event.what == "bounced").count(), 2);
}

async fn a_late_bounce_of_an_earlier_reply_leaves_the_case_where_it_is(db: Db) {
    let (case, first, attempt) = sending(&db).await;
    let taken = SendOutcome::Sent { reply: "250 ok".to_owned() };
    let case = replies::finish_sending(&db, &noon(), &case, attempt, &taken, None, false).await.unwrap();
    let kim = caseconsult_store::users::by_name(&db, "kim").await.unwrap().unwrap().id;
    let again = CaseEvent::RedraftWanted { by: kim };
    cases::advance_now(&db, &noon(), &case, &again, Actor::User(kim)).await.unwrap();
    accept(&db, bounce(1, first, "pat@example.test", true, "ours.example.test")).await;
    let present = cases::get(&db, case.id).await.unwrap();
    assert_eq!(present.state, CaseState::Received, "it is being worked on");
    assert!(events::of_case(&db, case.id).await.unwrap().iter().any(|event| event.what == "bounced"));
}
