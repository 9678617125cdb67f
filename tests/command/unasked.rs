//! A mail in which nobody asks about coding waits for a person, who may release it to be drafted all the same.

use std::{sync::Arc, time::Duration};

use caseconsult::review::{
    Desk,
    steps::{self, Step},
};
use caseconsult_core::{domain::address::EmailAddress, mail::token::ThreadKey};
use caseconsult_store::{
    Clock, Db,
    cases::{self, Filter},
    db::DbSettings,
    users,
};

use super::run::{COMPLETE, Folder};

const JOB: &str = "From: talent@staffing.example.test\r\nTo: coding@service.test\r\nSubject: Remote coder, 1099\r\n\
    Message-ID: <job@staffing.example.test>\r\n\r\n\
    Hello coders,\r\nwe have 6 openings for remote coders, CPC with 3 years of experience. $31-36/h, equipment provided.\r\n\
    Please apply with resume to talent@staffing.example.test.\r\n";
const QUESTION: &str = "From: pat@clinic.example.test\r\nTo: coding@service.test\r\nSubject: knee\r\n\
    Message-ID: <question@clinic.example.test>\r\n\r\nCan we bill CPT 20610 with 99213-25 on the same day? DOS 11/12/2026.\r\n";

async fn state_of(db: &Db, sender: &str) -> cases::Case {
    let all = cases::list(db, &Filter { states: Vec::new(), limit: 10, offset: 0 }).await.unwrap();
    all.into_iter().find(|case| case.asker.as_ref().is_some_and(|asker| asker.as_str() == sender)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_asks_nothing_is_held_until_a_person_releases_it() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    folder.write("job.eml", JOB);
    folder.write("question.eml", QUESTION);
    for arguments in [&["import", "job.eml", "question.eml"][..], &["work", "--until-idle"]] {
        let ended = folder.run(arguments);
        assert!(ended.success, "{ended:?}");
    }
    let added = folder.run_with(&["user", "add", "robin", "--password-file", "-"], b"three plain words\n", &[]);
    assert!(added.success, "{added:?}");
    let url = format!("sqlite:{}", folder.path().join("cases.db").display());
    let db = Db::open(&DbSettings { url, max_connections: 2 }).await.unwrap();
    assert_eq!(state_of(&db, "pat@clinic.example.test").await.state.name(), "drafted");
    let held = state_of(&db, "talent@staffing.example.test").await;
    assert_eq!(held.state.name(), "held");
    let told = folder.run(&["show", held.tag.as_str()]);
    assert!(told.out.contains("held: ") && told.out.contains("a job"), "{told:?}");

    let desk = Desk {
        db: db.clone(),
        clock: Clock::system(),
        thread_key: Arc::new(ThreadKey::new(b"a secret of sixteen bytes or more")),
        own_address: EmailAddress::parse("coding@service.test").unwrap(),
        own_name: "Coding desk".to_owned(),
        claim_length: Duration::from_secs(600),
    };
    let robin = users::list(&db).await.unwrap().remove(0);
    steps::take(&desk, &held, robin.id, Step::Release).await.unwrap();
    assert!(folder.run(&["work", "--until-idle"]).success);
    assert_eq!(state_of(&db, "talent@staffing.example.test").await.state.name(), "drafted", "it is not held twice");
}
