//! Extracted → Drafted: from what was read in a case's mails to the draft of a reply, with the facts that it is
//! made from. Called by the draft queue.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use caseconsult_core::{
    catalog::{Shelf, answer::Desk},
    domain::{
        case::{HoldReason, Step},
        code::{Code, CodeSystem},
        ids::CaseId,
        outcome::Cause,
        tag::CaseTag,
    },
    draft::{self, Brief, HouseBook, Mail, Templates, Wanted, kind},
    extract::Reading,
    mail::attachment::Remark,
};
use caseconsult_store::{
    StoreError,
    cases::{self, Case, Message},
    catalogue, drafts, events,
    readings::{self, StoredReading},
};
use jiff::civil::Date;

use crate::{
    context::Context,
    crash,
    extract::{Beside, apart},
    queue::{Failure, Work},
};

/// The draft step.
pub struct Draft {
    context: Context,
}

impl Draft {
    /// On this database.
    #[must_use]
    pub const fn new(context: Context) -> Self {
        Self { context }
    }
}

/// What the database holds for several cases.
pub struct Ground {
    messages: HashMap<CaseId, Vec<Message>>,
    readings: HashMap<CaseId, Vec<StoredReading>>,
}

/// The rules of the desk, and the day on which the draft is written: an expired rule is never used.
struct House {
    book: Arc<HouseBook>,
    today: Date,
}

/// One mail, as it was read.
struct ReadMail {
    received: Date,
    reading: Reading,
    unread_attachments: Vec<Remark>,
}

impl ReadMail {
    fn brief(&self) -> Mail<'_> {
        Mail { received: self.received, reading: &self.reading, unread_attachments: &self.unread_attachments }
    }
}

impl Work for Draft {
    const STEP: Step = Step::Draft;
    const TOGETHER: usize = 16;
    type Ground = Ground;
    /// The body, and the facts as JSON.
    type Made = (String, String);

    async fn prepare(&self, cases: &[Case]) -> Result<Ground, Failure> {
        let db = &self.context.db;
        let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
        let messages = cases::messages_of_each(db, &ids).await?;
        let readings = readings::of_each(db, &ids).await?;
        Ok(Ground { messages, readings })
    }

    async fn make(&self, case: &Case, ground: &Ground) -> Result<(String, String), Failure> {
        let mails = ground.mails(case)?;
        self.hold_unasked(case, &mails).await?;
        let mut shelf = self.shelf(&mails).await?;
        let wanted = Wanted::for_mails(&briefed(&mails));
        catalogue::add_children(&self.context.db, &mut shelf, &wanted.days).await?;
        let desk = catalogue::desk(&self.context.db, &wanted.tables, &wanted.keys, &wanted.days).await?;
        let Context { templates, house, clock, .. } = &self.context;
        let (tag, templates) = (case.tag.clone(), templates.clone());
        let house = House { book: house.clone(), today: clock.now().date() };
        apart(move || compose(&tag, &mails, &shelf, &desk, &house, &templates)).await?
    }

    async fn commit(&self, made: Vec<(Case, (String, String))>) -> Vec<Result<(), StoreError>> {
        let Context { db, clock, .. } = &self.context;
        crash::point("draft.before_commit");
        let results = match drafts::finish_drafts(db, clock, &made).await {
            Ok(results) => results,
            // One by one, so that one case's trouble stays its own.
            Err(_) => {
                let mut results = Vec::with_capacity(made.len());
                for (case, (body, facts)) in &made {
                    results.push(drafts::finish_draft(db, clock, case, body, facts).await.map(|_| ()));
                }
                results
            }
        };
        crash::point("draft.after_commit");
        results
    }
}

impl Ground {
    /// The case's mails, oldest first, as the extract step read them.
    fn mails(&self, case: &Case) -> Result<Vec<ReadMail>, Failure> {
        let messages = self.messages.get(&case.id).into_iter().flatten();
        let received: HashMap<_, _> = messages.map(|message| (message.id, message.received_at.date())).collect();
        let stored = self.readings.get(&case.id).map_or(&[][..], Vec::as_slice);
        let day = |stored: &StoredReading| received.get(&stored.message).copied();
        stored.iter().map(|one| read_back(one, day(one).unwrap_or_else(|| case.received_at.date()))).collect()
    }
}

impl Draft {
    /// Holds a case in which nobody asks about coding, so that a person looks at it; and never twice, since whoever
    /// releases it wants it drafted.
    async fn hold_unasked(&self, case: &Case, mails: &[ReadMail]) -> Result<(), Failure> {
        let Some(sort) = kind::asks_nothing(&briefed(mails)) else { return Ok(()) };
        let events = events::of_case(&self.context.db, case.id).await?;
        if events.iter().any(|event| event.what == "released") {
            return Ok(());
        }
        Err(Failure::Never(HoldReason::NoCodingQuestion { what: sort.words().to_owned() }))
    }

    /// What the catalogue says of the codes mentioned, and of those that it names as their successors.
    async fn shelf(&self, mails: &[ReadMail]) -> Result<Shelf, Failure> {
        let mentioned: HashSet<(CodeSystem, Code)> = mails
            .iter()
            .flat_map(|mail| &mail.reading.mentions)
            .map(|mention| (mention.system, mention.code.clone()))
            .collect();
        let mut codes: Vec<_> = mentioned.into_iter().collect();
        let shelf = catalogue::shelf(&self.context.db, &codes).await?;
        let successors: Vec<_> = codes
            .iter()
            .flat_map(|(system, code)| shelf.entries(*system, code))
            .flat_map(|entry| entry.see_also.iter().map(|code| (entry.system, code.clone())))
            .collect();
        if successors.is_empty() {
            return Ok(shelf);
        }
        codes.extend(successors);
        Ok(catalogue::shelf(&self.context.db, &codes).await?)
    }
}

fn read_back(stored: &StoredReading, received: Date) -> Result<ReadMail, Failure> {
    let unfit = |_| Failure::Later(Cause::new("what was read of a mail is damaged: release the case to read it again"));
    let reading: Reading = serde_json::from_str(&stored.reading).map_err(unfit)?;
    let beside: Beside = serde_json::from_str(&stored.reading).map_err(unfit)?;
    Ok(ReadMail { received, reading, unread_attachments: beside.unread() })
}

/// The mails as the drafter is given them.
fn briefed(mails: &[ReadMail]) -> Vec<Mail<'_>> {
    mails.iter().map(ReadMail::brief).collect()
}

fn compose(
    tag: &CaseTag,
    mails: &[ReadMail],
    shelf: &Shelf,
    desk: &Desk,
    house: &House,
    templates: &Templates,
) -> Result<(String, String), Failure> {
    let mails = briefed(mails);
    let house = house.book.valid_on(house.today);
    let facts = draft::facts(&Brief { tag, mails: &mails, shelf, desk, house });
    let body = draft::compose(templates, &facts).map_err(|error| Failure::Later(Cause::new(error.to_string())))?;
    let facts = serde_json::to_string(&facts)
        .map_err(|_| Failure::Later(Cause::new("a defect of the program: the facts are not JSON")))?;
    Ok((body, facts))
}
