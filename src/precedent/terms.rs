//! What a case is found by, from what the store knows of it.

use caseconsult_core::{
    catalog::TextSource,
    domain::code::{Code, CodeSystem},
    draft::{Facts, Mail, guard, kind},
    extract::Reading,
    precedent::Terms,
};
use caseconsult_store::{
    Db, StoreError,
    cases::{self, Case, Message},
    drafts, readings,
};

/// The terms of a case with these mails, oldest first, as far as they were read. The kinds are those of its draft.
#[must_use]
pub fn terms(mails: &[(&Message, &Reading)], facts: Option<&Facts>) -> Terms {
    let briefed: Vec<Mail<'_>> = mails
        .iter()
        .map(|(message, reading)| Mail { received: message.received_at.date(), reading, unread_attachments: &[] })
        .collect();
    let kinds: Vec<_> = match facts {
        Some(facts) => facts.kinds.iter().map(|asked| asked.kind).collect(),
        None => kind::Told::of(&briefed).kinds.iter().map(|asked| asked.kind).collect(),
    };
    let names: Vec<&str> = mails.iter().map(|(message, _)| message.sender_name.as_str()).collect();
    let terms = Terms::of(&briefed, &kinds, &names);
    // AMA's wording is not kept a second time: titles of other systems are public.
    let titles = facts.iter().flat_map(|facts| &facts.lines).filter_map(|line| line.title.as_ref());
    let titles = titles.filter(|title| title.source != TextSource::Licensed);
    terms.called(titles.map(|title| title.text.as_str()))
}

/// Those of a case, and the facts of its newest draft. A mail whose reading is of an older shape adds nothing.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn of_case(db: &Db, case: &Case) -> Result<(Terms, Option<Facts>), StoreError> {
    let mails = cases::messages(db, case.id).await?;
    let stored = readings::of_case(db, case.id).await?;
    let reading = |mail: &Message| -> Option<Reading> {
        let stored = stored.iter().find(|stored| stored.message == mail.id)?;
        serde_json::from_str(&stored.reading).ok()
    };
    let read: Vec<(&Message, Reading)> = mails.iter().filter_map(|mail| Some((mail, reading(mail)?))).collect();
    let read: Vec<(&Message, &Reading)> = read.iter().map(|(mail, reading)| (*mail, reading)).collect();
    let facts: Option<Facts> =
        drafts::latest(db, case.id).await?.and_then(|draft| serde_json::from_str(&draft.facts).ok());
    Ok((terms(&read, facts.as_ref()), facts))
}

/// The same with the codes that the text of the reply names. Its words are not kept: most replies share them.
#[must_use]
pub fn of_answer(terms: Terms, reply: &str) -> Terms {
    let codes: Vec<(CodeSystem, Code)> = guard::codes_in(reply);
    terms.answered_with(codes.iter().map(|(system, code)| (*system, code)))
}
