//! Two reviewers and one case.

use std::time::Duration;

use caseconsult_store::Db;

use super::house::{House, field};
use crate::store::on_both;

on_both![
    of_two_who_claim_one_gets_the_case_and_the_other_is_told_who,
    a_claim_lapses_unless_its_owner_types,
    text_typed_under_a_lost_claim_is_shown_again_and_nothing_is_sent,
    the_next_case_is_the_oldest_that_nobody_has,
];

async fn of_two_who_claim_one_gets_the_case_and_the_other_is_told_who(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let (mut ana, mut ben) = (house.reviewer("ana").await, house.reviewer("ben").await);
    let page = format!("/cases/{tag}");
    let claim = format!("{page}/claim");
    // Both have the page open before either acts.
    let (anas, bens) = (ana.form_token(&page), ben.form_token(&page));
    assert_eq!(ana.post(&claim, &[("form_token", &anas)]).status, 303);
    let refused = ben.post(&claim, &[("form_token", &bens)]);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("ana has claimed this case (10 min left unless they go on)."), "{}", refused.body);
    assert!(refused.body.contains("Take over from ana"));

    let take_over = [("form_token", bens.as_str()), ("take_over", "yes")];
    assert_eq!(ben.post(&claim, &take_over).status, 303);
    assert!(ana.get(&page).body.contains("Claimed by <strong>ben</strong>"));
}

async fn a_claim_lapses_unless_its_owner_types(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let (mut ana, mut ben) = (house.reviewer("ana").await, house.reviewer("ben").await);
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    let token = ana.form_token(&page);
    house.pass(Duration::from_secs(590));
    let kept = ana.post(&format!("{page}/keep"), &[("form_token", &token), ("body", "Half an answer")]);
    assert_eq!(kept.status, 200, "{}", kept.body);
    house.pass(Duration::from_secs(590));
    assert_eq!(ben.submit(&page, &format!("{page}/claim"), &[]).status, 409, "typing renewed it");
    house.pass(Duration::from_secs(20));
    assert_eq!(ben.submit(&page, &format!("{page}/claim"), &[]).status, 303, "it has lapsed");

    let lost = ana.post(&format!("{page}/keep"), &[("form_token", &token), ("body", "A whole answer")]);
    assert_eq!(lost.status, 409);
    assert!(lost.body.contains("ben has claimed this case"), "{}", lost.body);
    assert!(ana.get(&page).body.contains("A whole answer"), "her text is kept all the same");
}

async fn text_typed_under_a_lost_claim_is_shown_again_and_nothing_is_sent(db: Db) {
    let house = House::on(db).await;
    let tag = house.case("Can we bill 99213?").await;
    let (mut ana, mut ben) = (house.reviewer("ana").await, house.reviewer("ben").await);
    let page = format!("/cases/{tag}");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    let html = ana.get(&page).body;
    let (token, version) = (field(&html, "form_token").unwrap(), field(&html, "version").unwrap());
    ben.submit(&page, &format!("{page}/claim"), &[("take_over", "yes")]);

    let typed = "Yes: 99213 is in force.\n\nAn answer that took an hour.";
    let fields = [("form_token", token.as_str()), ("version", version.as_str()), ("body", typed)];
    let refused = ana.post(&format!("{page}/approve"), &fields);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("An answer that took an hour."), "the text is still in the editor");
    assert_eq!(house.state(&tag).await, "in_review");
}

async fn the_next_case_is_the_oldest_that_nobody_has(db: Db) {
    let house = House::on(db).await;
    let first = house.case("Can we bill 99213?").await;
    house.pass(Duration::from_secs(60));
    let second = house.case("And 99214?").await;
    let (mut ana, mut ben) = (house.reviewer("ana").await, house.reviewer("ben").await);
    let to = |tag: &dyn std::fmt::Display| format!("/cases/{tag}?done=next");
    assert_eq!(ana.submit("/", "/next", &[]).header("location"), Some(to(&first).as_str()));
    assert_eq!(ben.submit("/", "/next", &[]).header("location"), Some(to(&second).as_str()));
    assert_eq!(ben.submit("/", "/next", &[]).header("location"), Some("/?done=none"));
}
