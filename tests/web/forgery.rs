//! Requests that another site made the browser send.

use caseconsult_core::domain::user::Role;

use super::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.visitor();
    ana.sign_in("ana");
    let other = house.user("ben", Role::Reviewer).await;
    let mut ben = house.visitor();
    ben.sign_in(&other.name);
    let bens_token = ben.form_token("/");

    for fields in [&[][..], &[("form_token", "")], &[("form_token", "guess")], &[("form_token", bens_token.as_str())]] {
        let refused = ana.post(&format!("/cases/{tag}/claim"), fields);
        assert_eq!(refused.status, 403, "{fields:?}");
        assert!(refused.body.contains("This form is not from this session."));
    }
    assert_eq!(house.state(&tag).await, "drafted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_from_another_site_is_refused_even_with_the_token() {
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.visitor();
    ana.sign_in("ana");
    let token = ana.form_token("/");
    let path = format!("/cases/{tag}/claim");
    let own_origin = format!("http://{}", house.address);
    for (header, value, status) in [
        ("origin", "https://evil.example.test", 403),
        ("origin", "null", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "same-origin", 303),
        ("origin", own_origin.as_str(), 303),
    ] {
        let answer = ana.post_with(&path, &[("form_token", &token)], &[(header, value)]);
        assert_eq!(answer.status, status, "{header}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_carries_the_headers_that_keep_it_apart() {
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let mut ana = house.visitor();
    ana.sign_in("ana");
    for path in ["/", "/sign-in", "/no-such-page", "/api/cases", "/healthz"] {
        let answer = ana.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 32), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_pages_without_internals() {
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let mut ana = house.visitor();
    ana.sign_in("ana");
    for (path, status, words) in [
        ("/no-such-page", 404, "Not found"),
        ("/cases/CC-00000000", 404, "Not found"),
        ("/cases/nonsense", 404, "Not found"),
        ("/accounts", 403, "This page is for administrators."),
        ("/next", 405, "Not possible"),
    ] {
        let answer = ana.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(words), "{path}");
        assert!(answer.body.contains(answer.header("x-request-id").unwrap()), "{path} names its request");
    }
    let token = ana.form_token("/");
    let endless = "x".repeat(3 << 20);
    let too_large = ana.post("/next", &[("form_token", &token), ("body", &endless)]);
    assert_eq!(too_large.status, 413);
    let json = ana.get("/api/cases/CC-00000000");
    assert_eq!((json.status, json.header("content-type")), (404, Some("application/json")));
}
