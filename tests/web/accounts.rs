//! What administrators do, and reviewers may not.

use caseconsult_core::domain::user::Role;
use caseconsult_store::users;

use super::house::{House, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_adds_and_disables_accounts() {
    let house = House::open().await;
    house.user("root", Role::Admin).await;
    let mut root = house.visitor();
    root.sign_in("root");
    let ben = [("name", "ben"), ("role", "reviewer"), ("credential", "CCS"), ("password", PASSWORD)];
    assert_eq!(root.submit("/accounts", "/accounts/add", &ben).status, 303);
    let mut visitor = house.visitor();
    assert_eq!(visitor.sign_in("ben").status, 303);

    let again = root.submit("/accounts", "/accounts/add", &ben);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("is taken") && again.body.contains("value=\"CCS\""), "{}", again.body);
    assert!(!again.body.contains(PASSWORD));
    let short = [("name", "kim"), ("role", "reviewer"), ("credential", ""), ("password", "short")];
    let refused = root.submit("/accounts", "/accounts/add", &short);
    assert!(refused.status == 422 && refused.body.contains("at least 15 characters"));

    let id = users::by_name(&house.db, "ben").await.unwrap().unwrap().id.to_string();
    assert_eq!(root.submit("/accounts", "/accounts/switch", &[("id", &id), ("to", "disabled")]).status, 303);
    assert_eq!(visitor.get("/").status, 303, "ben is signed out");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_disables_the_account_they_sit_in() {
    let house = House::open().await;
    let root = house.user("root", Role::Admin).await;
    let mut visitor = house.visitor();
    visitor.sign_in("root");
    let fields = [("id", root.id.to_string()), ("to", "disabled".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(visitor.submit("/accounts", "/accounts/switch", &fields).status, 403);
    assert_eq!(visitor.get("/accounts").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_cannot_add_accounts() {
    let house = House::open().await;
    let mut ana = house.reviewer("ana").await;
    assert!(!ana.get("/").body.contains("/accounts"));
    let fields = [("name", "eve"), ("role", "admin"), ("credential", ""), ("password", PASSWORD)];
    assert_eq!(ana.submit("/", "/accounts/add", &fields).status, 403);
    assert!(users::by_name(&house.db, "eve").await.unwrap().is_none());
}
