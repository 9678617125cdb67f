//! Texts of the house that a reviewer inserts, with the case's values, with and without script.

use std::sync::Arc;

use caseconsult_core::{domain::user::Role, draft::HouseBook};

use super::house::{House, PASSWORD, field};
use crate::support::browser::Browser;

const FILE: &str = r#"
[[snippet]]
name = "Ask for the <note>"
text = "Please send the note for {{ code }} & what {{ payer }} wrote."

[[snippet]]
name = "Two lines"
text = """
First of {{ codes }}.

- second
"""

[[snippet]]
name = "Of last year"
until = 2025-12-31
text = "Old words."
"#;

async fn house() -> House {
    let (book, errors) = HouseBook::read([("rules.toml".to_owned(), FILE.to_owned())]);
    assert_eq!(errors, []);
    House::open_with(|context| context.house = Arc::new(book)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_a_chosen_snippet_is_put_above_the_place_for_the_answer() {
    let house = house().await;
    let tag = house.case("Can we bill 99213?").await;
    let mut ana = house.reviewer("ana").await;
    let page = format!("/cases/{tag}");
    assert!(!ana.get(&page).body.contains("id=\"snippet\""), "nothing to insert into before the case is claimed");
    ana.submit(&page, &format!("{page}/claim"), &[]);
    let html = ana.get(&page).body;
    assert!(html.contains("Ask for the &lt;note&gt; (lacks payer)"), "{html}");
    assert!(!html.contains("Of last year"), "it has expired");

    let version = field(&html, "version").unwrap();
    let insert = |ana: &mut super::house::Visitor, name: &str, body: &str| {
        ana.submit(&page, &format!("{page}/insert"), &[("version", &version), ("body", body), ("snippet", name)])
    };
    let body = "One.\n\n[[ reviewer: x ]]\n\n## Sources\n\n1. a";
    let inserted = insert(&mut ana, "Two lines", body);
    assert_eq!(inserted.status, 200, "{}", inserted.body);
    let whole = "One.\n\nFirst of 99213.\n\n- second\n\n[[ reviewer: x ]]\n\n## Sources\n\n1. a</textarea>";
    assert!(inserted.body.contains(whole), "{}", inserted.body);
    assert!(ana.get(&page).body.contains(whole), "it is kept");

    let missing = insert(&mut ana, "Ask for the <note>", "Yes.");
    assert!(
        missing.body.contains("Please send the note for 99213 &amp; what [[ reviewer: the payer ]] wrote.</textarea>")
    );
    assert!(missing.body.contains("Unanswered"), "the guard does not let the gap out");

    for nothing in ["", "Of last year", "no such"] {
        let answer = insert(&mut ana, nothing, "Yes.");
        assert!(answer.body.contains("Choose a snippet first."), "{nothing}");
        assert!(answer.body.contains("\nYes.</textarea>"), "{}", answer.body);
    }
    let mut ben = house.reviewer("ben").await;
    assert_eq!(insert(&mut ben, "Two lines", "Mine.").status, 409, "the case is ana's");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_script_it_takes_the_place_of_the_mark_and_then_goes_to_the_cursor() {
    let Some(browser) = Browser::start(true) else { return };
    let house = house().await;
    house.user("ana", Role::Reviewer).await;
    let tag = house.case("Can we bill 99213?").await;
    browser.goto(&format!("http://{}/", house.address));
    browser.fill("#name", "ana");
    browser.fill("#password", PASSWORD);
    browser.click("form button.primary");
    browser.wait_for_text("h1", "Queue");
    browser.goto(&format!("http://{}/cases/{tag}", house.address));
    browser.click("button[data-key=c]");
    browser.wait_for_text(".heading", "Yours");
    browser.click("#snippet option:nth-child(3)");
    browser.click("[data-insert]");
    let text = || browser.property("#body", "value").as_str().unwrap_or_default().to_owned();
    assert!(text().contains("First of 99213.\n\n- second\n") && !text().contains("[["), "{}", text());
    browser.press(&['!']);
    assert!(text().contains("- second\n!"), "typing goes on behind it: {}", text());
    browser.wait_for_text("#keeping", "Kept");
    assert_eq!(browser.url(), format!("http://{}/cases/{tag}?done=claimed", house.address), "without leaving the page");
}
