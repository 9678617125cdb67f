//! What the workers do between intake and review, done at once and without a queue.

use caseconsult_core::{
    catalog::starter,
    domain::{case::CaseState, ids::CaseId},
    draft::{Brief, Mail, Templates, compose, facts},
    extract::Reading,
    mail::message::Message,
};
use caseconsult_store::{
    cases, drafts, raw,
    readings::{self, StoredReading},
};

use super::house::House;

/// Extracts and drafts, when the case waits for it.
pub(super) async fn run(house: &House, id: CaseId) {
    let case = cases::get(&house.db, id).await.unwrap();
    if case.state != CaseState::Received {
        return;
    }
    let mut read = Vec::new();
    for mail in cases::messages(&house.db, id).await.unwrap() {
        let kept = raw::read(&house.db, &mail.sha256, 1 << 20).await.unwrap().unwrap();
        let text = Message::read(&kept.bytes).unwrap().text;
        read.push((mail.id, mail.received_at.date(), Reading::of(&text, starter(), Some(mail.received_at.date()))));
    }
    let stored = |(message, _, reading): &(_, _, Reading)| StoredReading {
        message: *message,
        reading: serde_json::to_string(reading).unwrap(),
    };
    let stored: Vec<StoredReading> = read.iter().map(stored).collect();
    let case = readings::finish_extract(&house.db, &house.clock, &case, &stored).await.unwrap();

    let mails: Vec<Mail<'_>> = read
        .iter()
        .map(|(_, received, reading)| Mail { received: *received, reading, unread_attachments: 0 })
        .collect();
    let facts = facts(&Brief { tag: &case.tag, mails: &mails, shelf: starter() });
    let body = compose(&Templates::embedded().unwrap(), &facts).unwrap();
    let facts = serde_json::to_string(&facts).unwrap();
    drafts::finish_draft(&house.db, &house.clock, &case, &body, &facts).await.unwrap();
}
