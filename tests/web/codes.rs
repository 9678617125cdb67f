//! Pages about codes: one on a date of service, and codes from words; both as JSON too.

use serde_json::Value;

use super::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_told_for_the_date_of_service() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let ended = ana.get("/codes/hcpcs/C9166?on=2025-03-12");
    assert_eq!(ended.status, 200, "{}", ended.body);
    for told in ["Ended: its last day was 2024-06-30", "secukinumab", "published title", "J3247", "HCPCS Level II"] {
        assert!(ended.body.contains(told), "{told} is missing in {}", ended.body);
    }
    let before = ana.get("/codes/HCPCS/c9166?on=2024-06-30").body;
    assert!(before.contains("In force (") && !before.contains("Ended:"), "{before}");
    let unknown = ana.get("/codes/icd10cm/X99.99?on=2025-03-12").body;
    assert!(unknown.contains("Not found in: ") && unknown.contains("No loaded edition lists it"), "{unknown}");
    let own_words = ana.get("/codes/cpt/21256").body;
    assert!(own_words.contains("our own words, not the official text"), "{own_words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_asked_about_together() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let together = ana.get("/codes/cpt/20610?on=2025-03-12&with=76942,+99213").body;
    assert!(together.contains("20610 with 76942, practitioner") && together.contains("not loaded"), "{together}");
    let wrong = ana.get("/codes/cpt/20610?with=nonsense").body;
    assert!(wrong.contains("is no CPT, HCPCS Level II or ICD-10-CM code"), "{wrong}");
    let hostile = ana.get("/codes/cpt/20610?with=%3Cscript%3E").body;
    assert!(!hostile.contains("<script>alert") && !hostile.contains("\"<script>\""), "{hostile}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_told_as_such() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    for (path, status) in [
        ("/codes/klingon/20610", 404),
        ("/codes/hcpcs/20610", 404),
        ("/codes/cpt/20610?on=yesterday", 400),
        ("/codes/cpt/20610?setting=moon", 400),
        ("/codes?q=pain&system=klingon", 400),
        ("/api/codes/cpt/20610?on=2025-13-40", 400),
    ] {
        assert_eq!(ana.get(path).status, status, "{path}");
    }
    assert_eq!(house.visitor().get("/api/codes/cpt/20610").status, 401, "CPT texts are for whoever signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_found_from_words() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let found = ana.get("/codes?q=sugar+diabetes&on=2025-03-12&system=ICD10CM").body;
    assert!(found.contains("/codes/icd10cm/E11.9?on=2025-03-12") && found.contains("<mark class=\"word\">"), "{found}");
    let nothing = ana.get("/codes?q=zzyzx&on=2025-03-12").body;
    assert!(nothing.contains("Nothing was found") && nothing.contains("zzyzx"), "{nothing}");
    assert!(ana.get("/codes").body.contains("Type a diagnosis"));
    let answer: Value = serde_json::from_str(&ana.get("/api/codes?q=sugar+diabetes&on=2025-03-12").body).unwrap();
    assert_eq!(answer["lines"][0]["asked"], "sugar diabetes");
    let codes: Vec<&str> =
        answer["lines"].as_array().unwrap().iter().filter_map(|line| line["code"].as_str()).collect();
    assert!(codes.iter().any(|code| code.starts_with("E11")), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_told_as_json() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    let answer = ana.get("/api/codes/hcpcs/C9166?on=2025-03-12&with=J3247");
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(answer["on"], "2025-03-12");
    assert_eq!(answer["systems"][0]["standing"], "ended");
    assert_eq!(answer["history"][0]["billable"], true);
    assert_eq!(answer["edits"][0]["answer"], "not_loaded");
}
