//! The posted forms of the case page. Each does one thing through [`crate::review`] and leads back to the page; a
//! refusal shows the page again in words, with the typed text still in the editor.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use caseconsult_core::domain::code::{Code, CodeSystem};
use caseconsult_store::{drafts, users};

use super::{CaseFile, editor_view::Typed, file::find, page};
use crate::{
    review::{self, Desk, ReviewError, doubt, steps, wording},
    web::{
        failure::{Failure, sentence},
        form::SignedForm,
        queue,
        router::Shared,
        session::SignedIn,
        words::span,
    },
};

type Answer = Result<Response, Failure>;

/// `POST /cases/{tag}/claim`, with `take_over` to take it from a colleague.
pub(in crate::web) async fn claim(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let case = find(&shared.context.desk, &tag).await?;
    let take_over = form.fields.has("take_over");
    let done = review::claim(&shared.context.desk, case.id, form.who.user.id, take_over).await;
    answer(&shared, &form, &tag, done.map(|_| "claimed"), None).await
}

/// `POST /cases/{tag}/save`: keeps the text; what the script does by itself.
pub(in crate::web) async fn save(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let case = find(&shared.context.desk, &tag).await?;
    let typed = Typed::from(&form.fields);
    let done = review::keep(&shared.context.desk, &case, form.who.user.id, &typed.body).await;
    answer(&shared, &form, &tag, done.map(|()| "saved"), Some(typed)).await
}

/// `POST /cases/{tag}/approve`: the text as typed becomes the reply, unless something speaks against it.
/// `then=next` goes on to the next waiting case.
pub(in crate::web) async fn approve(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let (typed, by) = (Typed::from(&form.fields), form.who.user.id);
    if let Err(refusal @ ReviewError::Store(_)) = review::keep(desk, &case, by, &typed.body).await {
        return show_refusal(&shared, &form.who, &tag, &refusal, Some(typed)).await;
    }
    let approved = if typed.version == Some(case.version) {
        review::approve(desk, &case, by, &typed.body, &typed.overrides).await
    } else {
        Err(ReviewError::Changed)
    };
    shared.context.bell.ring();
    match approved {
        Err(refusal) => show_refusal(&shared, &form.who, &tag, &refusal, Some(typed)).await,
        Ok(_) if form.fields.line("then") == "next" => {
            let path = match queue::claim_next(&shared.context, by).await? {
                Some(next) => format!("/cases/{}?done=approved-next", next.tag),
                None => "/?done=approved-last".to_owned(),
            };
            Ok(Redirect::to(&path).into_response())
        }
        Ok(_) => Ok(back_to(&tag, "approved")),
    }
}

/// `POST /cases/{tag}/step`: `step` names it. A text that came with it is kept first.
pub(in crate::web) async fn step(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let typed = form.fields.has("body").then(|| Typed::from(&form.fields));
    if let Some(typed) = &typed
        && let Err(ReviewError::Store(error)) = review::keep(desk, &case, form.who.user.id, &typed.body).await
    {
        return Err(error.into());
    }
    let (step, done) = match form.fields.line("step") {
        "return" => (steps::Step::Return, "returned"),
        "hold" => (steps::Step::Hold { note: form.fields.line("note").to_owned() }, "held"),
        "release" => (steps::Step::Release, "released"),
        "redraft" => (steps::Step::Redraft, "redraft"),
        "withdraw" => (steps::Step::Withdraw, "withdrawn"),
        "await" => (steps::Step::AwaitAsker, "awaiting"),
        "close" => (steps::Step::Close, "closed"),
        _ => return Err(Failure::Malformed),
    };
    let taken = steps::take(desk, &case, form.who.user.id, step).await;
    answer(&shared, &form, &tag, taken.map(|_| done), typed).await
}

/// `POST /cases/{tag}/wording`: `words` is `rules` or `model`. A text that was changed is kept first, and stands below the draft
/// afterwards.
pub(in crate::web) async fn words(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let by = form.who.user.id;
    let (words, done) = match form.fields.line("words") {
        "rules" => (wording::Words::Rules, "rules-words"),
        "model" => (wording::Words::Model, "models-words"),
        _ => return Err(Failure::Malformed),
    };
    let typed = form.fields.has("body").then(|| Typed::from(&form.fields));
    let newest = drafts::latest(&desk.db, case.id).await?;
    if let Some(typed) = &typed
        && newest.is_none_or(|newest| newest.body.trim_end() != typed.body.trim_end())
        && let Err(ReviewError::Store(error)) = review::keep(desk, &case, by, &typed.body).await
    {
        return Err(error.into());
    }
    let chosen = wording::choose(desk, &case, by, words).await;
    answer(&shared, &form, &tag, chosen.map(|()| done), typed).await
}

/// `POST /cases/{tag}/resolve`: `finding` is `sent` or `again`, `typed` the case's tag.
pub(in crate::web) async fn resolve(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let (finding, done) = match form.fields.line("finding") {
        "sent" => (doubt::Finding::Sent, "found"),
        "again" => (doubt::Finding::NotSent, "again"),
        _ => return Err(Failure::Malformed),
    };
    let resolved = doubt::resolve(desk, &case, form.who.user.id, finding, form.fields.line("typed")).await;
    answer(&shared, &form, &tag, resolved.map(|_| done), None).await
}

/// `POST /cases/{tag}/read`: "I have read the new mail".
pub(in crate::web) async fn read(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let case = find(&shared.context.desk, &tag).await?;
    let typed = form.fields.has("body").then(|| Typed::from(&form.fields));
    let done = steps::follow_up_read(&shared.context.desk, &case, form.who.user.id).await;
    answer(&shared, &form, &tag, done.map(|()| "read"), typed).await
}

/// `POST /cases/{tag}/candidates`: `system` and `code` name one; `then` is `accept` or `put-back`.
pub(in crate::web) async fn candidate(shared: State<Arc<Shared>>, tag: Path<String>, form: SignedForm) -> Answer {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let by = form.who.user.id;
    let system = CodeSystem::read(form.fields.line("system")).ok_or(Failure::Malformed)?;
    let code = Code::normal(system, form.fields.line("code"));
    let (taken, done) = match form.fields.line("then") {
        "accept" => (review::accept(desk, &case, by, system, &code).await, "accepted"),
        "put-back" => (review::put_back(desk, &case, by, system, &code).await, "put-back"),
        _ => return Err(Failure::Malformed),
    };
    answer(&shared, &form, &tag, taken.map(|_| done), None).await
}

/// Rings the bell and leads back to the page; or shows it with what went wrong.
async fn answer(
    shared: &Shared,
    form: &SignedForm,
    tag: &str,
    done: Result<&'static str, ReviewError>,
    typed: Option<Typed>,
) -> Answer {
    shared.context.bell.ring();
    match done {
        Ok(done) => Ok(back_to(tag, done)),
        Err(refusal) => show_refusal(shared, &form.who, tag, &refusal, typed).await,
    }
}

fn back_to(tag: &str, done: &str) -> Response {
    Redirect::to(&format!("/cases/{tag}?done={done}")).into_response()
}

/// The page as it is now, with the refusal in words and the typed text in the editor.
pub(super) async fn show_refusal(
    shared: &Shared,
    who: &SignedIn,
    tag: &str,
    refusal: &ReviewError,
    typed: Option<Typed>,
) -> Answer {
    let desk = &shared.context.desk;
    if let ReviewError::Store(error) = refusal {
        return Err(error.into());
    }
    let status = match refusal {
        ReviewError::Findings(_) | ReviewError::NotSaid(_) | ReviewError::Unsendable(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::CONFLICT,
    };
    let file = CaseFile::read(desk, find(desk, tag).await?, who.user.id).await?;
    let words = words_for(desk, refusal).await;
    let page = page::view(shared, who, file, Some(words), typed, false).await?;
    Ok((status, page).into_response())
}

/// A refusal as a sentence; a colleague by name.
pub(in crate::web) async fn words_for(desk: &Desk, refusal: &ReviewError) -> String {
    let ReviewError::Taken { by, until } = refusal else { return sentence(refusal) };
    let name = users::get(&desk.db, *by).await.map_or_else(|_| "A colleague".to_owned(), |user| user.name);
    let left = span(until.since(desk.clock.now()));
    format!("{name} has claimed this case ({left} left unless they go on). Take it over, or leave it to them.")
}
