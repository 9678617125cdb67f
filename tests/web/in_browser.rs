//! A real Chromium, with script and without.

use super::house::{House, PASSWORD};
use crate::support::browser::Browser;
use caseconsult_core::domain::user::Role;
use caseconsult_store::{cases, replies};

const ANSWER: &str = "No date of service was given, so 2026-03-02 was assumed. 99213 is in force.";

fn sign_in(browser: &Browser, house: &House) {
    browser.goto(&format!("http://{}/", house.address));
    browser.fill("#name", "ana");
    browser.fill("#password", PASSWORD);
    browser.click("form button.primary");
    browser.wait_for_text("h1", "Queue");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_a_case_is_opened_edited_and_approved() {
    let Some(browser) = Browser::start(false) else { return };
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let tag = house.case("Can we bill 99213?").await;
    sign_in(&browser, &house);
    browser.click(".cases .tag");
    browser.wait_for_text("h1", tag.as_str());
    browser.click("button[data-key=c]");
    browser.wait_for_text(".heading", "Yours");
    browser.fill("#body", ANSWER);
    browser.click("button[value=stay]");
    browser.wait_for_text(".notice", "The reply is on its way");
    assert_eq!(house.state(&tag).await, "approved");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_script_the_text_is_kept_while_typing_and_keys_approve() {
    let Some(browser) = Browser::start(true) else { return };
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let tag = house.case("Can we bill 99213?").await;
    sign_in(&browser, &house);
    browser.press(&['j']);
    browser.press(&['\u{E007}']);
    browser.wait_for_text("h1", tag.as_str());
    browser.press(&['c']);
    browser.wait_for_text(".heading", "Yours");
    assert!(browser.property("#body", "value").to_string().contains("[[ reviewer:"));
    browser.press(&['e']);
    browser.press(&['Y']);
    assert!(!browser.property("#body", "value").to_string().contains("[["), "what is typed takes its place");
    browser.fill("#body", "Half an answer");
    browser.wait_for_text("#keeping", "Kept");
    browser.goto(&format!("http://{}/cases/{tag}", house.address));
    assert_eq!(browser.property("#body", "value"), "Half an answer", "it survives leaving the page");

    browser.fill("#body", ANSWER);
    browser.press(&['\u{E009}', '\u{E007}']);
    browser.wait_for_text(".notice", "the reply is on its way");
    let case = cases::find(&house.db, &tag).await.unwrap();
    let reply = replies::get(&house.db, case.state.reply().unwrap()).await.unwrap();
    assert_eq!(reply.body, ANSWER);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_queue_shows_a_new_case_by_itself() {
    let Some(browser) = Browser::start(true) else { return };
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    sign_in(&browser, &house);
    browser.wait_for_text("#queue", "No case is here now.");
    let tag = house.case("Can we bill 99213?").await;
    browser.wait_for_text("#queue", tag.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_lets_our_own_page_work_and_no_script_of_a_mail_run() {
    let Some(browser) = Browser::start(true) else { return };
    let house = House::open().await;
    house.user("ana", Role::Reviewer).await;
    let tag =
        house.case("99213 <script>document.title='run'</script><img src=x onerror=\"document.title='run'\">").await;
    sign_in(&browser, &house);
    browser.goto(&format!("http://{}/cases/{tag}", house.address));
    browser.wait_for_text(".mail", "<script>document.title='run'</script>");
    assert_eq!(browser.title(), format!("{tag} · caseconsult"));
    assert_eq!(browser.url(), format!("http://{}/cases/{tag}", house.address));
}
