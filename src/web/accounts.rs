//! The accounts, for administrators: see, add, disable, enable.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use caseconsult_core::domain::{ids::UserId, user::Role};
use caseconsult_store::{StoreError, users};
use serde::{Deserialize, Serialize};

use super::{
    failure::{Failure, sentence},
    form::SignedForm,
    frame::Frame,
    pages::View,
    password,
    router::Shared,
    session::{Administrator, SignedIn},
};

/// The accounts page.
#[derive(Serialize)]
pub(super) struct AccountsPage {
    frame: Frame,
    problem: Option<String>,
    typed: Typed,
    accounts: Vec<Account>,
}

impl View for AccountsPage {
    const TEMPLATE: &'static str = "pages/accounts.html";
}

/// What was typed into the form, but for the password.
#[derive(Default, Serialize)]
struct Typed {
    name: String,
    role: String,
    credential: String,
}

#[derive(Serialize)]
struct Account {
    id: String,
    name: String,
    role: &'static str,
    credential: String,
    disabled: bool,
    is_me: bool,
}

/// What a redirect carries.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /accounts`.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Administrator(who): Administrator,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, Failure> {
    show(&shared, &who, done.as_deref(), None, Typed::default()).await
}

/// `POST /accounts/add`.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    Administrator(who): Administrator,
    form: SignedForm,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let fields = &form.fields;
    let typed = Typed {
        name: fields.line("name").to_owned(),
        role: fields.line("role").to_owned(),
        credential: fields.line("credential").to_owned(),
    };
    let role = Role::read(&typed.role).ok_or(Failure::Malformed)?;
    let problem = if typed.name.is_empty() || typed.name.chars().any(char::is_control) {
        "An account needs a name.".to_owned()
    } else {
        match password::hash_in_background(fields.text("password")).await {
            Err(error) => sentence(&error),
            Ok(hash) => match users::add(&desk.db, &desk.clock, &typed.name, role, &typed.credential, &hash).await {
                Ok(user) => {
                    tracing::info!(by = %who.user.id, user = %user.id, role = role.as_str(), "an account was added");
                    return Ok(Redirect::to("/accounts?done=account-added").into_response());
                }
                Err(error @ StoreError::Taken(_)) => sentence(&error),
                Err(error) => return Err(error.into()),
            },
        }
    };
    let page = show(&shared, &who, None, Some(problem), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /accounts/switch`: `to` is `disabled` or `enabled`. Nobody can disable the account they are signed in with,
/// so an administrator is always left.
pub(super) async fn switch(
    State(shared): State<Arc<Shared>>,
    Administrator(who): Administrator,
    form: SignedForm,
) -> Result<Response, Failure> {
    let id: UserId = form.fields.line("id").parse().map_err(|_| Failure::Malformed)?;
    let (disabled, done) = match form.fields.line("to") {
        "disabled" => (true, "account-disabled"),
        "enabled" => (false, "account-enabled"),
        _ => return Err(Failure::Malformed),
    };
    if id == who.user.id {
        return Err(Failure::Forbidden("You cannot disable the account that you are signed in with."));
    }
    users::set_disabled(&shared.context.desk.db, id, disabled).await?;
    tracing::info!(by = %who.user.id, user = %id, disabled, "an account was switched");
    Ok(Redirect::to(&format!("/accounts?done={done}")).into_response())
}

async fn show(
    shared: &Shared,
    who: &SignedIn,
    done: Option<&str>,
    problem: Option<String>,
    typed: Typed,
) -> Result<Html<String>, Failure> {
    let accounts = users::list(&shared.context.desk.db)
        .await?
        .into_iter()
        .map(|user| Account {
            id: user.id.to_string(),
            is_me: user.id == who.user.id,
            name: user.name,
            role: match user.role {
                Role::Reviewer => "Reviewer",
                Role::Admin => "Administrator",
            },
            credential: user.credential,
            disabled: user.disabled,
        })
        .collect();
    let frame = Frame::new(&shared.context, who, done);
    Ok(shared.context.pages.html(&AccountsPage { frame, problem, typed, accounts })?)
}
