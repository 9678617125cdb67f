//! What the reviewer sees of a model's wording, and the way back.

use std::time::Duration;

use caseconsult_core::draft::Facts;
use caseconsult_store::{cases, drafts};

use super::{ANSWERED, drafted, newest};
use crate::{
    store::on_both,
    support::model_script::{Do, ModelScript, faithful},
    web::house::House,
};

on_both![the_reviewer_sees_who_phrased_it_and_can_have_the_rules_words_and_the_models];

async fn the_reviewer_sees_who_phrased_it_and_can_have_the_rules_words_and_the_models(db: caseconsult_store::Db) {
    let house = House::on(db).await;
    let model = ModelScript::start(|request| Do::Say(faithful(request, "Thus ")));
    let tag = drafted(&house, ANSWERED, Some(model.writer(10_000))).await;
    let case = cases::find(&house.db, &tag).await.unwrap();
    let versions = drafts::versions(&house.db, case.id).await.unwrap();
    let [ruled, worded] = versions.as_slice() else { panic!("{versions:?}") };
    assert!(worded.body.contains("Thus HCPCS C9166 ended") && !ruled.body.contains("Thus "), "{}", worded.body);
    let facts: Facts = serde_json::from_str(&worded.facts).unwrap();
    assert_eq!(facts.wording.map(|wording| wording.model).as_deref(), Some("script-1"));

    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    let words = format!("{page}/wording");
    let html = ana.get(&page).body;
    assert!(html.contains("phrased by the model <strong>script-1</strong>") && html.contains("Phrased by a model too"));
    assert!(!html.contains("Back to the rules"), "only for whoever holds the case");
    assert_eq!(ana.submit(&page, &words, &[("words", "rules")]).status, 409);

    assert_eq!(ana.submit(&page, &format!("{page}/claim"), &[]).status, 303);
    assert!(ana.get(&page).body.contains("Back to the rules’ words"));
    // An edited text is not lost by it.
    let edited = format!("{}\nMy own line.\n", worded.body);
    house.pass(Duration::from_secs(1));
    assert_eq!(ana.submit(&page, &words, &[("words", "rules"), ("body", &edited)]).status, 303);
    house.pass(Duration::from_secs(1));
    let html = ana.get(&page).body;
    assert!(!html.contains("phrased by the model <strong>"), "{html}");
    assert!(html.contains("Take the model’s words") && html.contains("Went back to the rules’ words"));
    assert_eq!(newest(&house, &tag).await.body, ruled.body);

    assert_eq!(ana.submit(&page, &words, &[("words", "rules")]).status, 422, "it is in the rules' words already");
    assert_eq!(ana.submit(&page, &words, &[("words", "model")]).status, 303);
    assert_eq!(newest(&house, &tag).await.body, worded.body);
    let versions = drafts::versions(&house.db, case.id).await.unwrap();
    assert_eq!(versions.iter().map(|draft| draft.version).collect::<Vec<_>>(), [1, 2, 3, 4], "both are kept");
    assert_eq!(ana.submit(&page, &words, &[("words", "mine")]).status, 400);
}
