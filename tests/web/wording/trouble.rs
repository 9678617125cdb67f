//! A model that is down, slow, cut off, too long, or says nonsense: the rule-written draft stands, and the history says why.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex, mpsc},
};

use caseconsult_core::domain::user::Role;
use caseconsult_store::{cases, drafts, events};
use caseconsult_workers::{draft::Draft, extract::Extract, queue::Work, wording::Writer};
use serde_json::{Value, json};

use super::{ANSWERED, drafted, newest, taken_in};
use crate::{
    support::model_script::{self, Do, ModelScript, completion, faithful, response, told},
    web::{house::House, work},
};

/// The reason in the case's history.
async fn reason(house: &House, tag: &caseconsult_core::domain::tag::CaseTag) -> Option<String> {
    let case = cases::find(&house.db, tag).await.unwrap();
    let events = events::of_case(&house.db, case.id).await.unwrap();
    let told = events.iter().find(|event| event.what == drafts::NOT_WORDED)?;
    let detail: Value = serde_json::from_str(&told.detail).unwrap();
    Some(detail["reason"].as_str().unwrap().to_owned())
}

/// An answer with this sentence, on these facts and with these codes, in every section.
fn saying(request: &Value, text: &str, facts: &[&str], codes: &[&str]) -> String {
    let one = json!([{ "text": text, "facts": facts, "codes": codes }]);
    assert!(!told(request).0.is_empty());
    json!({ "question": one, "answer": one, "why": one, "rejected": one }).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_model_does_the_rules_draft_stands_and_the_history_says_why() {
    let house = House::open().await;
    let ruled = newest(&house, &drafted(&house, ANSWERED, None).await).await;
    let body = |tag: &str, body: &str| body.replace(tag, "CC-");
    type Script = fn(&Value) -> Do;
    let scripts: [(Script, &str); 18] = [
        (|_| Do::Send(response("500 Internal Server Error", "{}")), "status 500"),
        (|_| Do::Send(response("401 Unauthorized", "{}")), "status 401"),
        (
            |_| Do::Send(b"HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/\r\ncontent-length: 0\r\n\r\n".to_vec()),
            "status 302",
        ),
        (|_| Do::Silence, "did not answer within 0.3 s"),
        (|_| Do::Send(Vec::new()), "cut off"),
        (|_| Do::Send(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()), "cut off"),
        (|_| Do::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"choices\": [".to_vec()), "cut off"),
        (|_| Do::Send(response("200 OK", "<html>Bad gateway</html>")), "not JSON"),
        (|_| Do::Send(response("200 OK", "{\"choices\": []}")), "does not have the form"),
        (|_| Do::Send(response("200 OK", &"x".repeat(10 << 20))), "too long"),
        (|_| Do::Send(completion(&" ".repeat(100))), "no text"),
        (|_| Do::Say("Sure! Bill it.".to_owned()), "not JSON"),
        (|_| Do::Say("{\"reply\": \"Bill it.\"}".to_owned()), "does not have the form"),
        (|_| Do::Say("y".repeat(100 << 10)), "too long"),
        (
            |_| {
                let cut =
                    json!({ "choices": [{ "message": { "content": "{\"answer\":" }, "finish_reason": "length" }] });
                Do::Send(response("200 OK", &cut.to_string()))
            },
            "limit of tokens",
        ),
        (|request| Do::Say(saying(request, "C9166 ended.", &[], &["C9166"])), "no fact named"),
        (|request| Do::Say(saying(request, "C9166 ended.", &["F77"], &["C9166"])), "an unknown fact named"),
        (
            |request| Do::Say(saying(request, "C9166 ended.", &["F1"], &["C9166", "J3247"])),
            "a code that was not offered",
        ),
    ];
    for (script, expected) in scripts {
        let model = ModelScript::start(script);
        let tag = drafted(&house, ANSWERED, Some(model.writer(300))).await;
        let reason = reason(&house, &tag).await.unwrap_or_else(|| panic!("{expected}: it was taken"));
        assert!(reason.contains(expected), "{expected}: {reason}");
        assert_eq!(model.requests().len(), 1, "{expected}");
        let draft = newest(&house, &tag).await;
        assert_eq!((draft.version, house.state(&tag).await), (1, "drafted"), "{expected}");
        let first = drafts::versions(&house.db, cases::find(&house.db, &tag).await.unwrap().id).await.unwrap();
        let own_tag = tag.as_str();
        let ruled_tag = ruled.body.split_whitespace().nth(1).unwrap().trim_end_matches('.');
        assert_eq!(body(own_tag, &first[0].body), body(ruled_tag, &ruled.body), "{expected}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_is_down_rests_and_is_not_asked_for_every_case() {
    let house = House::open().await;
    // A port at which nobody listens any more.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let writer = model_script::writer(address, 5_000);
    let first = drafted(&house, ANSWERED, Some(writer.clone())).await;
    assert!(reason(&house, &first).await.unwrap().contains("cannot be reached"));
    let second = drafted(&house, ANSWERED, Some(writer)).await;
    assert!(reason(&house, &second).await.unwrap().contains("failed a moment ago"));
    assert_eq!(house.state(&second).await, "drafted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_locked_while_a_model_thinks_and_a_second_worker_changes_nothing() {
    let house = House::open().await;
    let (let_go, when) = mpsc::channel();
    let (asked, was_asked) = mpsc::channel();
    let (when, asked) = (Mutex::new(Some(when)), Mutex::new(asked));
    let model = ModelScript::start(move |request| {
        // The test listens for the first request alone.
        let _ = asked.lock().unwrap().send(());
        let content = faithful(request, "Thus ");
        match when.lock().unwrap().take() {
            Some(when) => Do::SayWhen(content, when),
            None => Do::Say(content),
        }
    });
    let case = taken_in(&house, ANSWERED).await;
    let work = |writer: Arc<Writer>| Draft::new(work::context(&house)).worded_by(Some(writer));
    let extract = Extract::new(work::context(&house));
    let found = cases::get(&house.db, case).await.unwrap();
    let ground = extract.prepare(std::slice::from_ref(&found)).await.unwrap();
    let made = extract.make(&found, &ground).await.unwrap();
    extract.commit(vec![(found, made)]).await.pop().unwrap().unwrap();

    let found = cases::get(&house.db, case).await.unwrap();
    let slow = work(model.writer(60_000));
    let ground = slow.prepare(std::slice::from_ref(&found)).await.unwrap();
    let (made, ()) = tokio::join!(slow.make(&found, &ground), async {
        tokio::task::spawn_blocking(move || was_asked.recv().unwrap()).await.unwrap();
        // The one writing connection of SQLite is free.
        house.user("ana", Role::Reviewer).await;
        let_go.send(()).unwrap();
    });
    let made = made.unwrap_or_else(|_| panic!("not made"));
    // Another worker took the case over meanwhile, and was first.
    let again = work(model.writer(60_000));
    let other = again.make(&found, &ground).await.unwrap_or_else(|_| panic!("not made"));
    assert_eq!(slow.together(), 1, "a case at a time, since all that are leased together wait for each other");
    again.commit(vec![(found.clone(), other)]).await.pop().unwrap().unwrap();
    assert!(slow.commit(vec![(found, made)]).await.pop().unwrap().is_err(), "the later one is dropped");
    let versions = drafts::versions(&house.db, case).await.unwrap();
    assert_eq!(versions.len(), 2, "the rules' draft and the model's, once each");
    assert_eq!(model.requests().len(), 2);
}
