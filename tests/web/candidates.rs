//! Codes for what is described: candidates that a reviewer accepts, and that are in no draft before.

use caseconsult_core::domain::tag::CaseTag;
use caseconsult_store::{cases, drafts};
use serde_json::{Value, json};

use super::house::{House, Visitor};

fn page(visitor: &mut Visitor, tag: &CaseTag) -> String {
    visitor.get(&format!("/cases/{tag}")).body.replace("&#x2f;", "/")
}

fn candidates(visitor: &mut Visitor, tag: &CaseTag) -> Value {
    let whole: Value = serde_json::from_str(&visitor.get(&format!("/api/cases/{tag}")).body).unwrap();
    whole["candidates"].clone()
}

async fn draft(house: &House, tag: &CaseTag) -> String {
    let case = cases::find(&house.db, tag).await.unwrap();
    drafts::latest(&house.db, case.id).await.unwrap().unwrap().body
}

const ASKED: &str = "Patient Eleanor Whitlock, DOB 04/17/1958, got a shot of ketorolac for a migraine in the office on \
                     3/1/2026. What is the HCPCS code for the drug?";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_described_has_candidates_and_nobody_is_searched_for() {
    let house = House::open().await;
    let tag = house.case(ASKED).await;
    let mut ana = house.reviewer("ana").await;
    let found = candidates(&mut ana, &tag);
    let codes: Vec<&str> = found["groups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["codes"].as_array().unwrap())
        .map(|code| code["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"J1885"), "{found}");
    assert_eq!(found["on"], "2026-03-01");
    for private in ["Eleanor", "Whitlock", "04/17/1958"] {
        assert!(!found.to_string().contains(private), "{private} in {found}");
    }
    let html = page(&mut ana, &tag);
    assert!(html.contains("Codes for what is described") && html.contains(r#"<mark class="word">"#), "{html}");
    assert!(!draft(&house, &tag).await.contains("J1885"), "a candidate is no answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_candidate_is_in_the_next_draft_and_in_the_history() {
    let house = House::open().await;
    let tag = house.case(ASKED).await;
    let mut ana = house.reviewer("ana").await;
    let path = format!("/cases/{tag}");
    let form = [("system", "HCPCS"), ("code", "J1885"), ("then", "accept")];
    assert_eq!(ana.post(&format!("{path}/candidates"), &form).status, 403, "no token");
    let answer = ana.submit(&path, &format!("{path}/candidates"), &form);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let case = cases::find(&house.db, &tag).await.unwrap();
    super::work::run(&house, case.id).await;
    let body = draft(&house, &tag).await;
    assert!(body.contains("| HCPCS J1885 |") && body.contains("not named in your mail"), "{body}");
    let html = page(&mut ana, &tag);
    assert!(html.contains("Candidate accepted: HCPCS Level II J1885"), "{html}");
    assert!(html.contains("accepted from the candidates; no mail names it"), "{html}");

    let back = [("system", "HCPCS"), ("code", "J1885"), ("then", "put-back")];
    assert_eq!(ana.submit(&path, &format!("{path}/candidates"), &back).status, 303);
    super::work::run(&house, case.id).await;
    assert!(!draft(&house, &tag).await.contains("J1885"));
    assert!(page(&mut ana, &tag).contains("Candidate put back"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_can_be_accepted() {
    let house = House::open().await;
    let tag = house.case(ASKED).await;
    let mut ana = house.reviewer("ana").await;
    let path = format!("/cases/{tag}");
    for (system, code, then, status) in [
        ("HCPCS", "J0000", "accept", 422),
        ("KLINGON", "J1885", "accept", 400),
        ("HCPCS", "J1885", "eat", 400),
        ("HCPCS", "<script>", "accept", 422),
    ] {
        let form = [("system", system), ("code", code), ("then", then)];
        assert_eq!(ana.submit(&path, &format!("{path}/candidates"), &form).status, status, "{system} {code}");
    }
    let session: Value = serde_json::from_str(&ana.get("/api/session").body).unwrap();
    let token = session["form_token"].as_str().unwrap();
    let wrong = ana.post_json(&format!("/api/cases/{tag}/accept"), token, &json!({ "code": "J1885" }));
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    let right =
        ana.post_json(&format!("/api/cases/{tag}/accept"), token, &json!({ "system": "HCPCS", "code": "j1885" }));
    assert_eq!(right.status, 200, "{}", right.body);
    assert_eq!(house.state(&tag).await, "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_his_codes_gets_none_and_who_is_not_found_is_told() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let named = house.case("Can we bill 20610 with 76942 on 3/1/2026?").await;
    assert!(!page(&mut ana, &named).contains("Codes for what is described"));
    let unheard = house.case("Which code is right for the flimflam zorbing of a quixl on 3/1/2026?").await;
    assert!(page(&mut ana, &unheard).contains("Nothing was found among the codes in force on 2026-03-01."));
}
