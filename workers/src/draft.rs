//! Extracted → Drafted: from what was read in a case's mails to the draft of a reply, with the facts that it is
//! made from. Where an operator wants it a model phrases parts of it; the rules' own draft is made first and stored in any
//! case. Called by the draft queue.

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
    draft::{
        self, Brief, Facts, HouseBook, Mail, Templates, Wanted,
        kind::{Asked, Sort, Told},
        wording::{self, Statements, Worded},
    },
    extract::Reading,
    mail::attachment::Remark,
};
use caseconsult_store::{
    StoreError, accepted,
    cases::{self, Case, Message},
    catalogue,
    drafts::{self, ByModel},
    events,
    readings::{self, StoredReading},
};
use jiff::civil::Date;

use crate::{
    context::Context,
    crash,
    extract::{Beside, apart},
    queue::{Failure, Work},
    wording::{Trouble, Writer},
};

/// The draft step.
pub struct Draft {
    context: Context,
    writer: Option<Arc<Writer>>,
}

impl Draft {
    /// On this database, in the rules' own words.
    #[must_use]
    pub const fn new(context: Context) -> Self {
        Self { context, writer: None }
    }

    /// The same with a model that phrases parts of each draft.
    #[must_use]
    pub fn worded_by(self, writer: Option<Arc<Writer>>) -> Self {
        Self { writer, ..self }
    }
}

/// What is made of a case.
pub struct Made {
    body: String,
    facts: String,
    by_model: Option<ByModel>,
}

/// What a draft is made from. Shared with the thread that computes.
struct Desks {
    mails: Vec<ReadMail>,
    kinds: Vec<Asked>,
    /// The codes that a reviewer accepted.
    accepted: Vec<(CodeSystem, Code)>,
    shelf: Shelf,
    desk: Desk,
    house: House,
}

/// What the database holds for several cases.
pub struct Ground {
    messages: HashMap<CaseId, Vec<Message>>,
    readings: HashMap<CaseId, Vec<StoredReading>>,
    accepted: HashMap<CaseId, Vec<(CodeSystem, Code)>>,
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
    type Made = Made;

    fn together(&self) -> usize {
        if self.writer.is_some() { 1 } else { Self::TOGETHER }
    }

    async fn prepare(&self, cases: &[Case]) -> Result<Ground, Failure> {
        let db = &self.context.db;
        let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
        let messages = cases::messages_of_each(db, &ids).await?;
        let readings = readings::of_each(db, &ids).await?;
        let accepted = accepted::of_each(db, &ids).await?;
        Ok(Ground { messages, readings, accepted })
    }

    async fn make(&self, case: &Case, ground: &Ground) -> Result<Made, Failure> {
        let mails = ground.mails(case)?;
        let told = Told::of(&briefed(&mails));
        self.hold_unasked(case, told.nothing).await?;
        let accepted = ground.accepted.get(&case.id).cloned().unwrap_or_default();
        let mut shelf = self.shelf(&mails, &accepted).await?;
        let wanted = Wanted::for_mails(&briefed(&mails), &told.kinds).and_codes(&accepted);
        catalogue::add_children(&self.context.db, &mut shelf, &wanted.days).await?;
        let desk = catalogue::desk(&self.context.db, &wanted.tables, &wanted.keys, &wanted.days).await?;
        let Context { templates, house, clock, .. } = &self.context;
        let house = House { book: house.clone(), today: clock.now().date() };
        let desks = Arc::new(Desks { mails, kinds: told.kinds, accepted, shelf, desk, house });
        let (tag, templates, on) = (case.tag.clone(), templates.clone(), desks.clone());
        let (body, facts) = apart(move || compose(&tag, &on, &templates)).await??;
        let stored = json(&facts)?;
        let by_model = match &self.writer {
            Some(writer) => self.by_model(writer, &body, facts, desks).await?,
            None => None,
        };
        Ok(Made { body, facts: stored, by_model })
    }

    async fn commit(&self, made: Vec<(Case, Made)>) -> Vec<Result<(), StoreError>> {
        let Context { db, clock, .. } = &self.context;
        crash::point("draft.before_commit");
        let results = if self.writer.is_some() {
            self.one_by_one(&made).await
        } else {
            let plain = made.into_iter().map(|(case, Made { body, facts, .. })| (case, (body, facts)));
            let plain: Vec<_> = plain.collect();
            match drafts::finish_drafts(db, clock, &plain).await {
                Ok(results) => results,
                // So that one case's trouble stays its own.
                Err(_) => {
                    let alone =
                        plain.into_iter().map(|(case, (body, facts))| (case, Made { body, facts, by_model: None }));
                    self.one_by_one(&alone.collect::<Vec<_>>()).await
                }
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
    async fn one_by_one(&self, made: &[(Case, Made)]) -> Vec<Result<(), StoreError>> {
        let Context { db, clock, .. } = &self.context;
        let mut results = Vec::with_capacity(made.len());
        for (case, Made { body, facts, by_model }) in made {
            let done = drafts::finish_worded(db, clock, case, body, facts, by_model.as_ref()).await;
            results.push(done.map(|_| ()));
        }
        results
    }

    /// Holds a case in which nobody asks about coding, so that a person looks at it; and never twice, since whoever
    /// releases it wants it drafted.
    async fn hold_unasked(&self, case: &Case, nothing: Option<Sort>) -> Result<(), Failure> {
        let Some(sort) = nothing else { return Ok(()) };
        let events = events::of_case(&self.context.db, case.id).await?;
        if events.iter().any(|event| event.what == "released") {
            return Ok(());
        }
        Err(Failure::Never(HoldReason::NoCodingQuestion { what: sort.words().to_owned() }))
    }

    /// The draft in a model's wording, or why there is none; nothing when there is nothing to phrase.
    async fn by_model(
        &self,
        writer: &Writer,
        ruled: &str,
        facts: Facts,
        desks: Arc<Desks>,
    ) -> Result<Option<ByModel>, Failure> {
        let Some(statements) = Statements::of(&facts) else { return Ok(None) };
        let (templates, ruled) = (self.context.templates.clone(), ruled.to_owned());
        let made = match writer.wording(&statements, self.context.clock.now()).await {
            Ok(wording) => {
                let put_in = move || wording::worded(&templates, &facts, &ruled, wording, &desks.shelf, &desks.desk);
                apart(put_in).await?.map_err(Trouble::from)
            }
            Err(trouble) => Err(trouble),
        };
        Ok(Some(match made {
            Ok(Worded { body, facts }) => {
                let dropped = facts.wording.as_ref().map_or(0, |wording| wording.dropped.len());
                let kept = facts.wording.as_ref().map_or(0, |wording| wording.kept);
                ByModel::Taken { body, facts: json(&facts)?, model: writer.model().to_owned(), kept, dropped }
            }
            Err(trouble) => {
                tracing::warn!(reason = %trouble, "draft.wording_not_taken");
                ByModel::NotTaken { model: writer.model().to_owned(), reason: trouble.to_string() }
            }
        }))
    }

    /// What the catalogue says of the codes mentioned and accepted, and of those that it names as their successors.
    async fn shelf(&self, mails: &[ReadMail], accepted: &[(CodeSystem, Code)]) -> Result<Shelf, Failure> {
        let mentioned: HashSet<(CodeSystem, Code)> = mails
            .iter()
            .flat_map(|mail| &mail.reading.mentions)
            .map(|mention| (mention.system, mention.code.clone()))
            .chain(accepted.iter().cloned())
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

fn compose(tag: &CaseTag, desks: &Desks, templates: &Templates) -> Result<(String, Facts), Failure> {
    let mails = briefed(&desks.mails);
    let facts = draft::facts(&Brief {
        tag,
        mails: &mails,
        kinds: &desks.kinds,
        shelf: &desks.shelf,
        accepted: &desks.accepted,
        desk: &desks.desk,
        house: desks.house.book.valid_on(desks.house.today),
    });
    let body = draft::compose(templates, &facts).map_err(|error| Failure::Later(Cause::new(error.to_string())))?;
    Ok((body, facts))
}

fn json(facts: &Facts) -> Result<String, Failure> {
    serde_json::to_string(facts)
        .map_err(|_| Failure::Later(Cause::new("a defect of the program: the facts are not JSON")))
}
