//! The case page.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use caseconsult_core::domain::{
    case::{CaseEvent, CaseState, HoldReason, apply},
    event::Actor,
    ids::UserId,
};
use caseconsult_store::cases::Case;
use serde::{Deserialize, Serialize};

use super::{
    CaseFile,
    candidate_view::Candidates,
    earlier::earlier,
    editor_view::{EditorView, Typed},
    fact_view::FactView,
    file::find,
    mail_view::MailView,
    reply_view::ReplyView,
};
use crate::{
    precedent::Answered,
    review::{
        reveal::{self, Reveal, Visible},
        wording,
    },
    web::{
        failure::Failure,
        frame::Frame,
        pages::View,
        queue::{ClaimLabel, claim_label},
        router::Shared,
        session::SignedIn,
        words::{self, Moment, StateLabel},
    },
};

/// The case page.
#[derive(Serialize)]
pub(super) struct CasePage {
    frame: Frame,
    tag: String,
    version: i64,
    state: StateLabel,
    state_note: Option<String>,
    problem: Option<String>,
    stale: bool,
    received: Moment,
    asker_name: String,
    asker_address: String,
    hint: Option<String>,
    claim: Option<ClaimLabel>,
    may: May,
    mails: Vec<MailView>,
    facts: Option<FactView>,
    candidates: Candidates,
    earlier: Vec<Answered>,
    editor: Option<EditorView>,
    replies: Vec<ReplyView>,
    history: Vec<HistoryLine>,
}

impl View for CasePage {
    const TEMPLATE: &'static str = "pages/case.html";
}

/// What the life of a case allows now. The page offers exactly this; the actions check again.
#[derive(Debug, Serialize)]
struct May {
    claim: bool,
    edit: bool,
    take_over: bool,
    hold: bool,
    close: bool,
    redraft: bool,
    release: bool,
    withdraw: bool,
    await_asker: bool,
    send_again: bool,
    found_sent: bool,
}

#[derive(Debug, Serialize)]
struct HistoryLine {
    at: Moment,
    who: String,
    what: String,
}

/// What a redirect carries.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// `GET /cases/{tag}`.
pub(in crate::web) async fn page(
    State(shared): State<Arc<Shared>>,
    Path(tag): Path<String>,
    who: SignedIn,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, Failure> {
    let desk = &shared.context.desk;
    let file = CaseFile::read(desk, find(desk, &tag).await?, who.user.id).await?;
    let mut page = CasePage::new(&shared, &who, file, None, false).await?;
    page.frame = Frame::new(&shared.context, &who, done.as_deref());
    Ok(shared.context.pages.html(&page)?)
}

/// The page with a problem in words, or with the text that was just typed, or with the preview open.
pub(super) async fn view(
    shared: &Shared,
    who: &SignedIn,
    file: CaseFile,
    problem: Option<String>,
    typed: Option<Typed>,
    preview: bool,
) -> Result<Html<String>, Failure> {
    let mut page = CasePage::new(shared, who, file, typed, preview).await?;
    page.problem = problem;
    Ok(shared.context.pages.html(&page)?)
}

impl CasePage {
    async fn new(
        shared: &Shared,
        who: &SignedIn,
        file: CaseFile,
        typed: Option<Typed>,
        preview: bool,
    ) -> Result<Self, Failure> {
        let case = &file.case;
        let claim = claim_label(case, who, &file.names, file.now);
        let may = May::new(&case.state, claim.as_ref(), who.user.id);
        let latest = file.mails.len().saturating_sub(1);
        let visible = Visible::to(who.user.id, &file.events, file.now);
        let mail = |(at, mail)| MailView::new(mail, &visible, at == latest, |at| file.moment(at));
        Ok(Self {
            frame: Frame::new(&shared.context, who, None),
            tag: case.tag.to_string(),
            version: case.version,
            state: StateLabel::of(&case.state),
            state_note: state_note(case),
            problem: None,
            stale: case.stale,
            received: file.moment(case.received_at),
            asker_name: case.asker_name.clone(),
            asker_address: case.asker.as_ref().map_or_else(String::new, |asker| asker.as_str().to_owned()),
            hint: file.hint.as_ref().map(ToString::to_string),
            mails: file.mails.iter().enumerate().rev().map(mail).collect(),
            facts: FactView::of(&file),
            candidates: Candidates::of(&shared.context.search, &shared.context.desk.db, &file).await?,
            earlier: earlier(&shared.context, &file).await?,
            editor: EditorView::new(
                &shared.context.desk,
                &shared.context.house,
                &file,
                typed,
                (may.edit, may.claim),
                preview,
            )
            .await?,
            replies: ReplyView::all(&file),
            history: file.events.iter().map(|event| HistoryLine::new(&file, event)).collect(),
            claim,
            may,
        })
    }
}

impl May {
    fn new(state: &CaseState, claim: Option<&ClaimLabel>, by: UserId) -> Self {
        let is_free = claim.is_none_or(|claim| claim.is_mine);
        let allows = |event: CaseEvent| apply(state, &event).is_ok();
        let may = |event: CaseEvent| is_free && allows(event);
        let edit = matches!(state, CaseState::InReview { .. }) && claim.is_some_and(|claim| claim.is_mine);
        Self {
            claim: !edit && may(CaseEvent::Claimed { by }),
            edit,
            take_over: !is_free && allows(CaseEvent::Claimed { by }),
            hold: may(CaseEvent::Held { reason: HoldReason::ByReviewer { note: String::new() } }),
            close: may(CaseEvent::Closed { by }),
            redraft: may(CaseEvent::RedraftWanted { by }),
            release: may(CaseEvent::Released { by }),
            withdraw: may(CaseEvent::ApprovalWithdrawn { by }),
            // An unsent draft has asked nobody anything.
            await_asker: matches!(state, CaseState::Sent { .. }) && may(CaseEvent::AskerAwaited { by }),
            send_again: may(CaseEvent::SendAgain { by }),
            found_sent: may(CaseEvent::FoundSent { by }),
        }
    }
}

impl HistoryLine {
    fn new(file: &CaseFile, event: &caseconsult_store::events::Event) -> Self {
        Self {
            at: file.moment(event.at),
            who: match event.who {
                Actor::Machine => "the machine".to_owned(),
                Actor::User(user) => file.name(user).to_owned(),
            },
            what: match reveal::of_event(event) {
                Some(Reveal { one: Some((_, kind)), .. }) => format!("Revealed {} in a mail", kind.words()),
                Some(Reveal { one: None, .. }) => "Revealed all of a mail".to_owned(),
                None => {
                    let what = words::event(&event.what, &event.detail);
                    match wording::reason(event) {
                        Some(reason) => format!("{what}: {reason}"),
                        None => what,
                    }
                }
            },
        }
    }
}

/// Why the case is where it is, when the state's name alone does not say it.
fn state_note(case: &Case) -> Option<String> {
    match &case.state {
        CaseState::Held { reason } => Some(reason.to_string()),
        CaseState::Ignored { kind, rule } => Some(format!("Taken for {kind} because of: {rule}")),
        CaseState::Uncertain { .. } => Some(
            "The mail server may or may not have taken the reply. It is never sent again by itself: look into the \
             asker's thread or ask the server's operator, then say what you found."
                .to_owned(),
        ),
        CaseState::Undeliverable { .. } => Some(match &case.last_cause {
            Some(cause) => format!("Not delivered: {cause}."),
            None => "The mail server refused the reply for good. Its words are under “Replies”.".to_owned(),
        }),
        CaseState::AwaitingAsker => Some("The next mail in the thread brings the case back.".to_owned()),
        _ => case.last_cause.as_ref().map(|cause| format!("The last try failed: {cause}")),
    }
}
