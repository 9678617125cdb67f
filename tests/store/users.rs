//! Accounts and sessions.

use caseconsult_core::domain::{ids::UserId, user::Role};
use caseconsult_store::{Clock, Db, StoreError, users};

use super::{
    given::{self, MINUTE, NOON, noon},
    on_both,
};

on_both![an_account_is_added_once, a_session_lasts_until_its_end, a_new_password_or_a_ban_ends_all_sessions];

async fn an_account_is_added_once(db: Db) {
    let kim = users::add(&db, &noon(), "kim", Role::Admin, "CPC", "$argon2id$1").await.unwrap();
    let taken = users::add(&db, &noon(), "kim", Role::Reviewer, "", "").await;
    assert!(matches!(&taken, Err(StoreError::Taken(name)) if name == "kim"), "{taken:?}");
    given::reviewer(&db, "abe").await;
    let found = users::by_name(&db, "kim").await.unwrap().unwrap();
    assert_eq!((found.id, found.role, found.credential.as_str(), found.disabled), (kim.id, Role::Admin, "CPC", false));
    assert_eq!(users::get(&db, kim.id).await.unwrap().password_hash, "$argon2id$1");
    assert!(users::by_name(&db, "nobody\0").await.unwrap().is_none());
    assert!(matches!(users::get(&db, UserId::new(noon().id())).await, Err(StoreError::NotFound(_))));
    let names: Vec<_> = users::list(&db).await.unwrap().into_iter().map(|user| user.name).collect();
    assert_eq!(names, ["abe", "kim"]);
}

async fn a_session_lasts_until_its_end(db: Db) {
    let kim = given::reviewer(&db, "kim").await;
    users::open_session(&db, &noon(), kim, "hash", "form", NOON.plus(MINUTE * 10)).await.unwrap();
    for minutes in [0, 2, 9] {
        let clock = Clock::fixed(NOON.plus(MINUTE * minutes));
        let session = users::session(&db, &clock, "hash").await.unwrap().unwrap();
        assert_eq!((session.user.id, session.form_token.as_str()), (kim, "form"));
        assert_eq!(session.expires_at, NOON.plus(MINUTE * 10));
    }
    let over = Clock::fixed(NOON.plus(MINUTE * 10));
    assert!(users::session(&db, &over, "hash").await.unwrap().is_none());
    assert!(users::session(&db, &noon(), "another").await.unwrap().is_none());
    // Whoever signs in next sweeps it away.
    users::open_session(&db, &over, kim, "later", "form", NOON.plus(MINUTE * 20)).await.unwrap();
    assert!(users::session(&db, &noon(), "hash").await.unwrap().is_none());
    users::close_session(&db, "later").await.unwrap();
    assert!(users::session(&db, &over, "later").await.unwrap().is_none());
}

async fn a_new_password_or_a_ban_ends_all_sessions(db: Db) {
    let (kim, lee) = (given::reviewer(&db, "kim").await, given::reviewer(&db, "lee").await);
    let sign_in = async |user, hash| {
        users::open_session(&db, &noon(), user, hash, "form", NOON.plus(MINUTE)).await.unwrap();
    };
    let signed_in = async |hash| users::session(&db, &noon(), hash).await.unwrap().is_some();
    sign_in(kim, "k1").await;
    sign_in(lee, "l1").await;
    users::set_password(&db, kim, "$argon2id$2").await.unwrap();
    assert_eq!(users::get(&db, kim).await.unwrap().password_hash, "$argon2id$2");
    assert!(!signed_in("k1").await && signed_in("l1").await);
    users::set_disabled(&db, lee, true).await.unwrap();
    assert!(!signed_in("l1").await && users::get(&db, lee).await.unwrap().disabled);
    sign_in(lee, "l2").await;
    assert!(!signed_in("l2").await, "a disabled account has no sessions");
    users::set_disabled(&db, lee, false).await.unwrap();
    sign_in(lee, "l3").await;
    assert!(signed_in("l3").await);
    let nobody = UserId::new(noon().id());
    assert!(matches!(users::set_password(&db, nobody, "x").await, Err(StoreError::NotFound(_))));
    assert!(matches!(users::set_disabled(&db, nobody, true).await, Err(StoreError::NotFound(_))));
}
