//! Who gets in, who does not, and how long it lasts.

use std::time::Duration;

use caseconsult_core::domain::user::Role;
use caseconsult_store::{Db, users};

use super::house::{House, PASSWORD};
use crate::store::on_both;

on_both![
    the_right_password_opens_the_queue_and_a_wrong_one_does_not,
    the_cookie_is_out_of_the_reach_of_scripts_and_other_sites,
    the_database_holds_no_cookie_that_a_browser_could_send,
    a_disabled_account_is_out_at_once,
    guessing_is_slowed_down_and_the_right_password_does_not_help_meanwhile,
    a_session_ends_by_itself_and_by_signing_out,
    signing_in_changes_the_cookie,
    after_signing_in_one_is_where_one_wanted_to_go,
];

async fn the_right_password_opens_the_queue_and_a_wrong_one_does_not(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    let sent_away = visitor.get("/");
    assert_eq!((sent_away.status, sent_away.header("location")), (303, Some("/sign-in")));

    for (name, password) in [("ana", "not her password"), ("nobody", PASSWORD), ("ana", "")] {
        let refused = visitor.post("/sign-in", &[("name", name), ("password", password)]);
        assert_eq!(refused.status, 401, "{name}");
        assert!(refused.body.contains("The name or the password is wrong."));
        assert!(!refused.body.contains(PASSWORD), "a password is never sent back");
    }
    assert_eq!(visitor.sign_in("ana").status, 303);
    let queue = visitor.get("/");
    assert_eq!(queue.status, 200);
    assert!(queue.body.contains("<h1>Queue</h1>"));
    assert_eq!(queue.header("cache-control"), Some("no-store"));
}

async fn the_cookie_is_out_of_the_reach_of_scripts_and_other_sites(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let answer = house.visitor().sign_in("ana");
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "on loopback there is no HTTPS");

    let public = House::open_with(|context| context.secure_cookies = true).await;
    public.user("ana", Role::Reviewer).await;
    let answer = public.visitor().sign_in("ana");
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-") && cookie.contains("Secure"), "{cookie}");
}

async fn the_database_holds_no_cookie_that_a_browser_could_send(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    visitor.sign_in("ana");
    let cookie = visitor.cookie().unwrap().to_owned();
    let found = users::session(&house.db, &house.clock, &cookie).await.unwrap();
    assert!(found.is_none(), "the cookie's value is not how the session is stored");
    assert_eq!(visitor.get("/").status, 200, "and yet it opens the session");
}

async fn a_disabled_account_is_out_at_once(db: Db) {
    let house = House::on(db).await;
    let ana = house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    visitor.sign_in("ana");
    users::set_disabled(&house.db, ana.id, true).await.unwrap();
    assert_eq!(visitor.get("/").status, 303, "her open session ends");
    let refused = house.visitor().sign_in("ana");
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("This account is disabled"));
}

async fn guessing_is_slowed_down_and_the_right_password_does_not_help_meanwhile(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    let statuses: Vec<u16> = (0..7)
        .map(|_| visitor.post("/sign-in", &[("name", "ana"), ("password", "guess guess guess")]).status)
        .collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    assert_eq!(visitor.sign_in("ana").status, 429);
    house.pass(Duration::from_secs(31));
    assert_eq!(visitor.sign_in("ana").status, 303);
}

async fn a_session_ends_by_itself_and_by_signing_out(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    visitor.sign_in("ana");
    house.pass(Duration::from_secs(12 * 3600 - 60));
    assert_eq!(visitor.get("/").status, 200);
    house.pass(Duration::from_secs(120));
    assert_eq!(visitor.get("/").status, 303, "twelve hours have passed");

    visitor.sign_in("ana");
    let cookie = visitor.cookie().unwrap().to_owned();
    let out = visitor.submit("/", "/sign-out", &[]);
    assert_eq!((out.status, out.header("location")), (303, Some("/sign-in")));
    let mut thief = house.visitor();
    thief.set_cookie(&cookie);
    assert_eq!(thief.get("/").status, 303, "the old cookie opens nothing");
}

async fn signing_in_changes_the_cookie(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    visitor.sign_in("ana");
    let before = visitor.cookie().unwrap().to_owned();
    visitor.sign_in("ana");
    assert_ne!(visitor.cookie().unwrap(), before);
    let mut planted = house.visitor();
    planted.set_cookie(&before);
    assert_eq!(planted.get("/").status, 303, "the earlier one is worth nothing");
}

async fn after_signing_in_one_is_where_one_wanted_to_go(db: Db) {
    let house = House::on(db).await;
    house.user("ana", Role::Reviewer).await;
    let mut visitor = house.visitor();
    let away = visitor.get("/accounts");
    assert_eq!(away.header("location"), Some("/sign-in?next=/accounts"));
    let fields = [("name", "ana"), ("password", PASSWORD), ("next", "/accounts")];
    assert_eq!(visitor.post("/sign-in", &fields).header("location"), Some("/accounts"));
    let fields = [("name", "ana"), ("password", PASSWORD), ("next", "//evil.example.test")];
    assert_eq!(visitor.post("/sign-in", &fields).header("location"), Some("/"));
}
