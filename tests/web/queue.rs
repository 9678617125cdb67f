//! The list of cases, and what it never shows.

use caseconsult_store::Db;

use super::house::House;
use crate::store::on_both;

on_both![the_list_shows_codes_and_age_but_neither_subject_nor_address, each_filter_counts_and_shows_its_states,];

async fn the_list_shows_codes_and_age_but_neither_subject_nor_address(db: Db) {
    let house = House::on(db).await;
    let tag = house
        .mail(
            "From: Pat Rivera <pat@clinic.example.test>\r\nTo: coder@consult.example.test\r\n\
             Subject: Jane Roe's knee\r\nMessage-ID: <s@clinic.example.test>\r\nContent-Type: text/plain\r\n\r\n\
             Can we bill 99213-25 with 20610-RT, dx M25.561?\r\n",
        )
        .await;
    house.pass(std::time::Duration::from_secs(7200));
    let html = house.reviewer("ana").await.get("/").body;
    for shown in [tag.as_str(), "p…@clinic.example.test", "99213-25", "20610-RT", "M25.561", "2 h ago", "Waiting"] {
        assert!(html.contains(shown), "{shown}\n{html}");
    }
    for private in ["Jane", "Roe", "knee", "pat@clinic", "Rivera"] {
        assert!(!html.contains(private), "{private}");
    }
    assert!(!html.contains(&format!("<title>{tag}")), "a title is what browsers write into their history");
}

async fn each_filter_counts_and_shows_its_states(db: Db) {
    let house = House::on(db).await;
    let waiting = house.case("Can we bill 99213?").await;
    let claimed = house.case("And 99214?").await;
    let ignored =
        house.take_in("From: list@example.test\r\nAuto-Submitted: auto-replied\r\nSubject: away\r\n\r\nAway.\r\n");
    let ignored = caseconsult_store::cases::get(&house.db, ignored.await).await.unwrap().tag;
    let mut ana = house.reviewer("ana").await;
    ana.submit(&format!("/cases/{claimed}"), &format!("/cases/{claimed}/claim"), &[]);
    for (show, here, not_here) in [
        ("waiting", &waiting, [&claimed, &ignored]),
        ("review", &claimed, [&waiting, &ignored]),
        ("ignored", &ignored, [&waiting, &claimed]),
    ] {
        let html = ana.get(&format!("/?show={show}")).body;
        assert!(html.contains(here.as_str()), "{show}");
        assert!(not_here.iter().all(|tag| !html.contains(tag.as_str())), "{show}");
    }
    let all = ana.get("/?show=all").body;
    assert!([&waiting, &claimed, &ignored].iter().all(|tag| all.contains(tag.as_str())));
    assert!(all.contains("All <span class=\"count\">3</span>"), "{all}");
}
