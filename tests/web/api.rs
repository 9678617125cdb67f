//! The same as JSON.

use serde_json::{Value, json};

use super::house::{House, Visitor};

fn get(visitor: &mut Visitor, path: &str) -> Value {
    let answer = visitor.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_lists_claims_and_approves() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let token = get(&mut ana, "/api/session")["form_token"].as_str().unwrap().to_owned();
    let listed = get(&mut ana, "/api/cases?state=drafted");
    assert_eq!(listed["cases"][0]["tag"], tag.as_str());
    assert_eq!(listed["cases"][0]["asker"], "p…@clinic.example.test", "masked, as in the queue");

    let path = format!("/api/cases/{tag}");
    let claimed = ana.post_json(&format!("{path}/claim"), &token, &json!({}));
    assert_eq!(claimed.status, 200, "{}", claimed.body);
    let case = get(&mut ana, &path);
    assert_eq!(case["mails"][0]["reading"]["mentions"][0]["code"], "99213");
    let version = &case["case"]["version"];

    let blocked =
        ana.post_json(&format!("{path}/approve"), &token, &json!({ "version": version, "body": "Use 20619." }));
    let refusal: Value = serde_json::from_str(&blocked.body).unwrap();
    assert_eq!((blocked.status, &refusal["findings"][0]["rule"]), (422, &json!("G1")), "{refusal}");
    let body = "No date of service was given, so 2026-03-02 was assumed. 99213 is in force.";
    let approved = ana.post_json(&format!("{path}/approve"), &token, &json!({ "version": version, "body": body }));
    assert_eq!(approved.status, 200, "{}", approved.body);
    assert_eq!(house.state(&tag).await, "approved");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_closed_to_whoever_is_not_signed_in_or_has_no_token() {
    let house = House::open().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut stranger = house.visitor();
    for path in ["/api/session".to_owned(), "/api/cases".to_owned(), format!("/api/cases/{tag}")] {
        let answer = stranger.get(&path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(serde_json::from_str::<Value>(&answer.body).is_ok(), "{path} answers in JSON");
    }
    let mut ana = house.reviewer("ana").await;
    assert_eq!(ana.post_json(&format!("/api/cases/{tag}/claim"), "", &json!({})).status, 403);
    let token = get(&mut ana, "/api/session")["form_token"].as_str().unwrap().to_owned();
    for (path, body, status) in [
        (format!("/api/cases/{tag}/explode"), json!({}), 404),
        (format!("/api/cases/{tag}/claim"), json!({ "unknown": 1 }), 400),
        (format!("/api/cases/{tag}/approve"), json!({}), 400),
        (format!("/api/cases/{tag}/claim"), json!({ "version": 99 }), 409),
    ] {
        assert_eq!(ana.post_json(&path, &token, &body).status, status, "{path} {body}");
    }
    assert_eq!(house.state(&tag).await, "drafted");
}
