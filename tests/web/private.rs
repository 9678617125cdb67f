//! What may identify a patient: masked until somebody asks to see it, and then it is known who did.

use caseconsult_core::domain::{event::Actor, tag::CaseTag};
use caseconsult_store::{cases, events};

use super::house::{House, Visitor};

/// A mail with something of most kinds.
const TEXT: &str = "Hi Dana,\r\n\r\nPatient Eleanor Whitlock, DOB 04/17/1958, MRN 00447120, was seen on 03/02/2026 for \
                    99213-25.\r\nSSN 912-44-0718, cell 217-555-0148, of 1420 Maple Court, Springfield, IL 62704.";
/// What of it must not be seen.
const PRIVATE: [&str; 8] =
    ["Eleanor", "Whitlock", "04/17/1958", "00447120", "912-44-0718", "217-555-0148", "Maple Court", "62704"];

async fn case(house: &House) -> CaseTag {
    house
        .mail(&format!(
            "From: Pat Rivera <pat@clinic.example.test>\r\nTo: coder@consult.example.test\r\n\
             Subject: Eleanor Whitlock 99213\r\nMessage-ID: <p@clinic.example.test>\r\n\
             Date: Mon, 2 Mar 2026 09:58:00 +0000\r\nContent-Type: text/plain\r\n\r\n{TEXT}\r\n"
        ))
        .await
}

/// A page without its escapes, so that `04/17/1958` is found in it when it is there.
fn plain(html: &str) -> String {
    html.replace("&#x2f;", "/")
}

fn assert_hidden(html: &str, where_: &str, except: &[&str]) {
    let html = plain(html);
    for text in PRIVATE.iter().filter(|text| !except.contains(text)) {
        assert!(!html.contains(text), "{where_} shows {text}");
    }
}

/// The path of the form that reveals, and the value of the button with this mask that comes first after `before`.
fn button(html: &str, before: &str, mask: &str) -> (String, String) {
    let action = regex::Regex::new(r#"action="(/cases/[^"]+/reveal)""#).unwrap().captures(html).unwrap()[1].to_owned();
    let rest = &html[html.find(before).unwrap_or_else(|| panic!("no {before:?} in the page"))..];
    let pattern = format!(r#"name="span" value="([0-9]+-[0-9]+)"[^>]*>{}<"#, regex::escape(mask));
    let span = regex::Regex::new(&pattern).unwrap().captures(rest).unwrap_or_else(|| panic!("no {mask} in the page"));
    (action, span[1].to_owned())
}

async fn reveals(house: &House, tag: &CaseTag) -> Vec<(Actor, String)> {
    let case = cases::find(&house.db, tag).await.unwrap();
    let history = events::of_case(&house.db, case.id).await.unwrap();
    history.into_iter().filter(|event| event.what == "revealed").map(|event| (event.who, event.detail)).collect()
}

fn page(visitor: &mut Visitor, tag: &CaseTag) -> String {
    plain(&visitor.get(&format!("/cases/{tag}")).body)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_identifies_a_patient_is_shown_before_it_is_revealed() {
    let house = House::open().await;
    let tag = case(&house).await;
    let mut ana = house.reviewer("ana").await;
    for path in [
        format!("/cases/{tag}"),
        "/".to_owned(),
        "/?show=all".to_owned(),
        format!("/api/cases/{tag}"),
        "/api/cases".to_owned(),
    ] {
        assert_hidden(&ana.get(&path).body, &path, &[]);
    }
    let html = page(&mut ana, &tag);
    assert!(html.contains(">99213</mark>"), "the code stays");
    assert!(html.contains(">03/02/2026</mark>"), "the date of service stays, marked: codes are looked up by it");
    let json: serde_json::Value = serde_json::from_str(&ana.get(&format!("/api/cases/{tag}")).body).unwrap();
    let reading = &json["mails"][0]["reading"];
    let span = &reading["mentions"].as_array().unwrap().last().unwrap()["span"];
    let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    assert_eq!(&reading["text"].as_str().unwrap()[at("start")..at("end")], "99213", "offsets are those of the mail");
    assert!(reveals(&house, &tag).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_detail_is_revealed_to_one_person_and_the_history_says_so_without_it() {
    let house = House::open().await;
    let tag = case(&house).await;
    let mut ana = house.reviewer("ana").await;
    let mut ben = house.reviewer("ben").await;
    let path = format!("/cases/{tag}");
    let (action, span) = button(&page(&mut ana, &tag), "DOB", "[date]");
    let answer = ana.submit(&path, &action, &[("span", &span)]);
    assert_eq!(answer.status, 303);
    let location = answer.header("location").unwrap();
    assert!(location.starts_with(&format!("{path}#at-")), "{location}");
    assert_hidden(location, "the address", &[]);

    let html = page(&mut ana, &tag);
    assert!(html.contains(">04/17/1958</mark>"));
    assert_hidden(&html, "the page with one detail revealed", &["04/17/1958"]);
    assert!(html.contains("Revealed a date in a mail"), "it is in the history");
    assert_hidden(&page(&mut ben, &tag), "a colleague's page", &[]);

    let [(who, detail)] = &reveals(&house, &tag).await[..] else { panic!("one event") };
    assert!(matches!(who, Actor::User(_)));
    assert_hidden(detail, "the event", &[]);

    house.pass(std::time::Duration::from_secs(9 * 3600));
    assert_hidden(&page(&mut ana, &tag), "the page a day later", &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_mail_is_revealed_by_its_own_event() {
    let house = House::open().await;
    let tag = case(&house).await;
    let mut ana = house.reviewer("ana").await;
    let (action, _) = button(&page(&mut ana, &tag), "DOB", "[date]");
    assert_eq!(ana.submit(&format!("/cases/{tag}"), &action, &[("span", "all")]).status, 303);
    let html = page(&mut ana, &tag);
    for text in PRIVATE {
        assert!(html.contains(text), "{text} is shown");
    }
    assert!(html.contains("Revealed all of a mail") && !html.contains("class=\"masked\""));
    assert_hidden(&ana.get("/?show=all").body, "the list", &[]);
    assert_hidden(&ana.get(&format!("/api/cases/{tag}")).body, "the API", &[]);
    assert_eq!(reveals(&house, &tag).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_revealed_that_is_no_identifier_or_that_a_strange_form_asks_for() {
    let house = House::open().await;
    let tag = case(&house).await;
    let other = house.case("Can we bill 99214?").await;
    let mut ana = house.reviewer("ana").await;
    let path = format!("/cases/{tag}");
    let (action, span) = button(&page(&mut ana, &tag), "DOB", "[date]");
    for wrong in ["", "0-5", "5-0", "nonsense", "0-99999999999999999999999"] {
        assert_eq!(ana.submit(&path, &action, &[("span", wrong)]).status, 400, "{wrong:?}");
    }
    assert_eq!(ana.post(&action, &[("span", &span)]).status, 403, "no token");
    let elsewhere = action.replace(tag.as_str(), other.as_str());
    assert_eq!(ana.submit(&path, &elsewhere, &[("span", &span)]).status, 404, "the mail of another case");
    assert!(reveals(&house, &tag).await.is_empty() && reveals(&house, &other).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_the_original_is_in_the_history() {
    let house = House::open().await;
    let tag = case(&house).await;
    let mut ana = house.reviewer("ana").await;
    let html = page(&mut ana, &tag);
    let raw = regex::Regex::new(r#"href="(/cases/[^"]+/raw)""#).unwrap().captures(&html).unwrap()[1].to_owned();
    assert_eq!(ana.get(&raw).status, 200);
    assert_eq!(ana.get(&raw.replace("/raw", "/headers")).status, 200);
    let html = page(&mut ana, &tag);
    assert!(html.contains("Original of a mail downloaded") && html.contains("Header of a mail read"), "{html}");
}
