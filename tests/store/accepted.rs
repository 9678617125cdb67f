//! Codes that a reviewer took from the candidates.

use caseconsult_core::domain::{
    case::CaseState,
    code::{Code, CodeSystem},
    event::Actor,
};
use caseconsult_store::{Db, StoreError, accepted, events};

use super::{
    given::{self, noon},
    on_both,
};

on_both![
    a_code_is_taken_with_its_line_of_history_and_a_new_draft,
    a_code_is_put_back,
    whoever_saw_an_older_case_takes_nothing,
];

fn choice(code: &str) -> accepted::Choice {
    (CodeSystem::Hcpcs, Code::normal(CodeSystem::Hcpcs, code))
}

async fn a_code_is_taken_with_its_line_of_history_and_a_new_draft(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let (case, other) = (given::claimed(&db, kim).await, given::drafted(&db).await);
    let next = accepted::accept(&db, &noon(), &case, kim, &choice("L1833")).await.unwrap();
    assert_eq!(next.state, CaseState::Received, "it is drafted anew");
    assert_eq!(accepted::of_case(&db, case.id).await.unwrap(), [choice("L1833")]);
    let of_each = accepted::of_each(&db, &[case.id, other.id]).await.unwrap();
    assert_eq!((of_each.len(), of_each[&case.id].len()), (1, 1));
    let history = events::of_case(&db, case.id).await.unwrap();
    let line = history.iter().find(|event| event.what == accepted::ACCEPTED).unwrap();
    assert_eq!((line.who, line.detail.as_str()), (Actor::User(kim), r#"["HCPCS","L1833"]"#));
    assert!(history.iter().any(|event| event.what == "redraft_wanted"));
}

async fn a_code_is_put_back(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    accepted::accept(&db, &noon(), &case, kim, &choice("L1833")).await.unwrap();
    let other = given::drafted(&db).await;
    accepted::put_back(&db, &noon(), &other, kim, &choice("L1833")).await.unwrap();
    assert_eq!(accepted::of_case(&db, case.id).await.unwrap().len(), 1, "another case's");
    let case = given::redrafted(&db, case.id).await;
    accepted::put_back(&db, &noon(), &case, kim, &choice("L1833")).await.unwrap();
    assert_eq!(accepted::of_case(&db, case.id).await.unwrap(), []);
    let history = events::of_case(&db, case.id).await.unwrap();
    assert!(history.iter().any(|event| event.what == accepted::PUT_BACK));
}

async fn whoever_saw_an_older_case_takes_nothing(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    let case = given::claimed(&db, kim).await;
    accepted::accept(&db, &noon(), &case, kim, &choice("L1833")).await.unwrap();
    let late = accepted::accept(&db, &noon(), &case, kim, &choice("E0100")).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    assert_eq!(accepted::of_case(&db, case.id).await.unwrap(), [choice("L1833")]);
    let lines = events::of_case(&db, case.id).await.unwrap();
    assert_eq!(lines.iter().filter(|event| event.what == accepted::ACCEPTED).count(), 1);
}
