//! What sent replies are found by: nothing before a reply was sent, and nothing after it came back.

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState, Step},
        code::{Code, CodeSystem},
        enhanced_status::EnhancedStatus,
        event::Actor,
        ids::{AttemptId, ReplyId},
        instant::Instant,
        outcome::SendOutcome,
    },
    draft::kind::Kind,
    mail::{
        head::Verdict,
        returned::{Reported, Returned},
    },
    precedent::Terms,
};
use caseconsult_store::{
    Db,
    cases::{self, Case},
    precedents::{self, Sent},
    replies::{self, NewReply},
    users,
};

use super::{
    given::{self, MINUTE, NOON, accept, address, arrival, noon},
    on_both,
    outbox::reply,
};

on_both![
    only_a_reply_that_was_sent_is_found,
    a_reply_that_was_found_to_have_arrived_is_found,
    a_reply_that_was_deferred_or_refused_is_not_found,
    a_reply_that_came_back_is_found_no_more,
    what_was_sent_since_is_read_from_any_moment,
];

fn terms(word: &str) -> Terms {
    Terms {
        kinds: vec![Kind::K2],
        codes: vec![(CodeSystem::Cpt, Code::normal(CodeSystem::Cpt, "20610"))],
        words: vec![word.to_owned()],
        ..Terms::default()
    }
}

/// A case with a reply under way, which will be found by these terms.
async fn sending(db: &Db, word: &str) -> (Case, ReplyId, AttemptId) {
    let by = match users::by_name(db, "kim").await.unwrap() {
        Some(kim) => kim.id,
        None => given::reviewer(db, "kim").await,
    };
    let case = given::claimed(db, by).await;
    let reply = NewReply { terms: terms(word), ..reply("Dear Pat") };
    let case = replies::approve(db, &noon(), &case, by, &reply).await.unwrap();
    let case = given::leased(db, case.id, Step::Deliver).await;
    let (case, attempt) = replies::start_sending(db, &noon(), &case).await.unwrap();
    (case, reply.id, attempt)
}

async fn finish(db: &Db, case: &Case, attempt: AttemptId, outcome: SendOutcome) -> Case {
    replies::finish_sending(db, &noon(), case, attempt, &outcome, None, false).await.unwrap()
}

fn taken() -> SendOutcome {
    SendOutcome::Sent { reply: "250 ok".to_owned() }
}

async fn found(db: &Db, from: Instant) -> Vec<Sent> {
    let mut found = Vec::new();
    precedents::each_sent(db, from, &mut |sent| found.push(sent)).await.unwrap();
    found
}

async fn only_a_reply_that_was_sent_is_found(db: Db) {
    let (case, reply, attempt) = sending(&db, "knee").await;
    assert_eq!(found(&db, Instant::default()).await, [], "it is on its way");
    assert!(precedents::of(&db, &[reply]).await.unwrap().is_empty());
    finish(&db, &case, attempt, taken()).await;
    let sent = Sent { reply, case: case.id, at: NOON, terms: terms("knee") };
    assert_eq!(found(&db, Instant::default()).await, [sent]);
    let shown = precedents::of(&db, &[reply]).await.unwrap();
    let [shown] = shown.as_slice() else { panic!("{shown:?}") };
    assert_eq!((&shown.tag, shown.body.as_str(), shown.facts.as_str()), (&case.tag, "Dear Pat", "{}"));
    assert_eq!((shown.asker.as_ref(), shown.asker_name.as_str()), (case.asker.as_ref(), "Pat Example"));
    assert!(precedents::of(&db, &[]).await.unwrap().is_empty());
}

async fn a_reply_that_was_found_to_have_arrived_is_found(db: Db) {
    let (case, reply, attempt) = sending(&db, "knee").await;
    let case = finish(&db, &case, attempt, SendOutcome::Uncertain { reply: String::new() }).await;
    assert_eq!(found(&db, Instant::default()).await, [], "nobody knows");
    let kim = users::by_name(&db, "kim").await.unwrap().unwrap().id;
    let case =
        cases::advance_now(&db, &noon(), &case, &CaseEvent::FoundSent { by: kim }, Actor::User(kim)).await.unwrap();
    assert_eq!(case.state, CaseState::Sent { reply });
    assert_eq!(found(&db, Instant::default()).await.len(), 1);
}

async fn a_reply_that_was_deferred_or_refused_is_not_found(db: Db) {
    for outcome in [SendOutcome::Later { reply: String::new() }, SendOutcome::Refused { reply: String::new() }] {
        let (case, _, attempt) = sending(&db, "knee").await;
        finish(&db, &case, attempt, outcome).await;
    }
    assert_eq!(found(&db, Instant::default()).await, []);
}

async fn a_reply_that_came_back_is_found_no_more(db: Db) {
    let (case, sent, attempt) = sending(&db, "knee").await;
    finish(&db, &case, attempt, taken()).await;
    let mut report = arrival(1, "mailer-daemon@relay.test", "bounce");
    report.head.verdict =
        Verdict::Ignored { kind: caseconsult_core::domain::case::IgnoredKind::Bounce, rule: "a report".to_owned() };
    let told = Reported { address: address("pat@example.test"), failed: true, status: EnhancedStatus::read("5.1.1") };
    let header_id = format!("<cc.{sent}@ours.example.test>");
    report.head.returned = Some(Returned { reply: sent, header_id, recipients: vec![told] });
    accept(&db, report).await;
    assert_eq!(found(&db, Instant::default()).await, []);
    assert!(precedents::of(&db, &[sent]).await.unwrap().is_empty(), "also for whoever found it before");
}

async fn what_was_sent_since_is_read_from_any_moment(db: Db) {
    for word in ["knee", "hip", "elbow"] {
        let (case, _, attempt) = sending(&db, word).await;
        finish(&db, &case, attempt, taken()).await;
    }
    assert_eq!(found(&db, NOON).await.len(), 3, "the moment itself counts");
    assert_eq!(found(&db, NOON.plus(MINUTE)).await, []);
}
