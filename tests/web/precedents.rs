//! What was answered before, beside the draft: found, explained, flagged, and without a trace of who asked.

use caseconsult_core::domain::{case::Step, outcome::SendOutcome, tag::CaseTag};
use caseconsult_store::{cases, drafts, replies};
use serde_json::Value;

use super::house::{House, Visitor};
use crate::store::given;

/// Another customer's mail, with something of most kinds that identifies.
const THEIRS: &str = "From: Odalys Penhallow <odalys@penhallow-ortho.example.test>\r\nTo: coder@consult.example.test\r\n\
     Subject: Eleanor Whitlock\r\nMessage-ID: <q@penhallow.example.test>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
     Content-Type: text/plain\r\n\r\nPatient Eleanor Whitlock, DOB 04/17/1958, MRN 00447120: knee injection 20610 with \
     ultrasound guidance 76942 on 02/11/2026. Can both be billed together?\r\n\r\nOdalys Penhallow\r\n217-555-0148\r\n";
const PRIVATE: [&str; 9] =
    ["Odalys", "Penhallow", "penhallow", "Eleanor", "Whitlock", "04/17/1958", "00447120", "217-555-0148", "02/11/2026"];

/// Approves and sends a reply with this text.
async fn answered(house: &House, tag: &CaseTag, body: &str) {
    let kim = match caseconsult_store::users::by_name(&house.db, "kim").await.unwrap() {
        Some(kim) => kim.id,
        None => given::reviewer(&house.db, "kim").await,
    };
    let case = cases::find(&house.db, tag).await.unwrap();
    let case = caseconsult::review::claim(&house.desk, case.id, kim, false).await.unwrap();
    let approved = caseconsult::review::approve(&house.desk, &case, kim, body, &[]).await;
    approved.unwrap_or_else(|error| panic!("{error:?}"));
    sent(house, tag).await;
}

async fn sent(house: &House, tag: &CaseTag) {
    let case = cases::find(&house.db, tag).await.unwrap();
    let lease = cases::lease(&house.db, &house.clock, case.id, Step::Deliver, "test", given::MINUTE).await.unwrap();
    let cases::Lease::Taken(case) = lease else { panic!("no lease") };
    let (case, attempt) = replies::start_sending(&house.db, &house.clock, &case).await.unwrap();
    let taken = SendOutcome::Sent { reply: "250 ok".to_owned() };
    replies::finish_sending(&house.db, &house.clock, &case, attempt, &taken, None, false).await.unwrap();
}

const REPLY: &str = "Hello Odalys Penhallow,\n\n## Short answer\n\nOne line for the injection. 20610 is in force on the date of service.\n";

fn page(visitor: &mut Visitor, tag: &CaseTag) -> String {
    visitor.get(&format!("/cases/{tag}")).body.replace("&#x2f;", "/")
}

fn json(visitor: &mut Visitor, tag: &CaseTag) -> Value {
    serde_json::from_str(&visitor.get(&format!("/api/cases/{tag}")).body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_reply_stands_beside_the_draft_and_nobody_in_it() {
    let house = House::open().await;
    let theirs = house.mail(THEIRS).await;
    let ours =
        house.case("Shoulder injected under ultrasound guidance, 20610 and 76942 on 3/1/2026. Both together?").await;
    let mut ana = house.reviewer("ana").await;
    assert!(page(&mut ana, &ours).contains("No reply that was sent is like this case."), "nothing was sent yet");

    answered(&house, &theirs, REPLY).await;
    let html = page(&mut ana, &ours);
    let panel = &html[html.find("Answered before").unwrap()..];
    let panel = &panel[..panel.find("</section>").unwrap()];
    assert!(panel.contains(theirs.as_str()) && panel.contains("One line for the injection."), "{panel}");
    assert!(panel.contains(r#"<span class="chip">20610</span>"#) && panel.contains("guidance"), "{panel}");
    for private in PRIVATE {
        assert!(!html.contains(private), "the page shows {private}");
    }
    let json = json(&mut ana, &ours);
    let found = &json["answered_before"][0];
    assert_eq!((&found["case"], &found["same_asker"]), (&Value::from(theirs.as_str()), &Value::from(false)));
    assert!(found["likeness"].as_u64().unwrap() > 20, "{found}");
    assert!(found["editions"].as_array().is_some_and(|editions| !editions.is_empty()), "{found}");
    for private in PRIVATE {
        assert!(!json.to_string().contains(private), "the JSON shows {private}");
    }
    let draft = cases::find(&house.db, &ours).await.unwrap();
    let draft = drafts::latest(&house.db, draft.id).await.unwrap().unwrap();
    assert!(!draft.body.contains("One line for the injection."), "nothing of it enters a draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_changed_since_is_flagged() {
    let house = House::open().await;
    // C9166 ended on 30 June 2024 and J3247 came in its place, in the built-in catalogue.
    let theirs = house.case("Secukinumab infusion, C9166 on 6/3/2024. How many units?").await;
    answered(
        &house,
        &theirs,
        "## Short answer\n\nC9166 is in force on the date of service. Its last day is 2024-06-30.\n",
    )
    .await;
    let ours = house.case("Secukinumab infusion, C9166 on 3/1/2026. How many units?").await;
    let mut ana = house.reviewer("ana").await;
    let found = json(&mut ana, &ours)["answered_before"][0].clone();
    let changes: Vec<&str> =
        found["changes"].as_array().unwrap().iter().map(|change| change["words"].as_str().unwrap()).collect();
    assert!(changes.iter().any(|words| words.contains("C9166 on this case's date of service: ended")), "{changes:?}");
    assert!(page(&mut ana, &ours).contains("Changed since"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_of_which_nothing_is_known_says_so() {
    let house = House::open().await;
    let theirs = house.case("Knee injection 20610 with 76942 on 3/1/2026, both?").await;
    answered(&house, &theirs, "## Short answer\n\n20610 is in force on the date of service.\n").await;
    let spoil = "UPDATE drafts SET facts = '{}'";
    match &house.db {
        caseconsult_store::Db::Sqlite { write, .. } => drop(sqlx::query(spoil).execute(write).await.unwrap()),
        caseconsult_store::Db::Postgres { pool, .. } => drop(sqlx::query(spoil).execute(pool).await.unwrap()),
    }
    let ours = house.case("Hip injection 20610 with 76942 on 3/1/2026, both?").await;
    let mut ana = house.reviewer("ana").await;
    assert!(page(&mut ana, &ours).contains("Editions unknown"));
}
