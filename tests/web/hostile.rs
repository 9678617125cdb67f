//! Mails that want to be more than text.

use super::house::House;

const SCRIPT: &str = "<script>alert(1)</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_script_in_a_mail_is_shown_as_its_letters() {
    let house = House::open().await;
    let tag = house
        .mail(&format!(
            "From: \"{SCRIPT}\" <pat@clinic.example.test>\r\nTo: coder@consult.example.test\r\n\
             Subject: {SCRIPT} \"><img src=x onerror=alert(2)>\r\nMessage-ID: <x@clinic.example.test>\r\n\
             Content-Type: text/plain\r\n\r\n99213 </textarea>{SCRIPT}\r\n\r\n> quoted {SCRIPT}\r\n"
        ))
        .await;
    let mut ana = house.reviewer("ana").await;
    for path in [format!("/cases/{tag}"), "/".to_owned(), "/?show=all".to_owned()] {
        let html = ana.get(&path).body;
        assert!(!html.contains("<script>alert"), "{path}");
        assert!(!html.contains("<img src=x"), "{path}");
    }
    let html = ana.get(&format!("/cases/{tag}")).body;
    assert!(html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{html}");
    assert!(html.contains("class=\"cpt\""), "the code in it is still found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_html_mail_is_shown_as_text() {
    let house = House::open().await;
    let tag = house
        .mail(
            "From: pat@clinic.example.test\r\nTo: coder@consult.example.test\r\nSubject: q\r\n\
             Message-ID: <h@clinic.example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n\
             <p onclick=\"alert(3)\">Can we bill <b>20610</b>?</p><img src=\"https://evil.example.test/pixel\">\r\n",
        )
        .await;
    let html = house.reviewer("ana").await.get(&format!("/cases/{tag}")).body;
    assert!(!html.contains("onclick") && !html.contains("evil.example.test"), "{html}");
    assert!(html.contains(">20610</mark>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_original_is_a_download_and_never_a_page() {
    let house = House::open().await;
    let tag = house.case(&format!("99213 {SCRIPT}")).await;
    let mut ana = house.reviewer("ana").await;
    let html = ana.get(&format!("/cases/{tag}")).body;
    let path = regex::Regex::new(r#"href="(/cases/[^"]+/raw)""#).unwrap().captures(&html).unwrap()[1].to_owned();
    let raw = ana.get(&path);
    assert_eq!(raw.header("content-type"), Some("application/octet-stream"));
    assert!(raw.header("content-disposition").unwrap().starts_with("attachment; filename=\"CC-"));
    assert!(raw.body.contains(SCRIPT), "byte for byte");
    assert!(raw.header("content-security-policy").unwrap().contains("sandbox"));

    let headers = ana.get(&path.replace("/raw", "/headers"));
    assert_eq!(headers.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(headers.body.contains("Message-ID:") && !headers.body.contains(SCRIPT), "the header alone");
    assert_eq!(house.visitor().get(&path).status, 303, "and only for those who are signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_of_one_case_is_not_found_under_another() {
    let house = House::open().await;
    let first = house.case("Can we bill 99213?").await;
    let second = house.case("And 99214?").await;
    let mut ana = house.reviewer("ana").await;
    let html = ana.get(&format!("/cases/{first}")).body;
    let path = regex::Regex::new(r#"href="(/cases/[^"]+/raw)""#).unwrap().captures(&html).unwrap()[1].to_owned();
    assert_eq!(ana.get(&path).status, 200);
    assert_eq!(ana.get(&path.replace(first.as_str(), second.as_str())).status, 404);
}
