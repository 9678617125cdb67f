//! Signing in and out.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Extension, Form,
    extract::{ConnectInfo, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use caseconsult_store::users;
use serde::{Deserialize, Serialize};

use super::{failure::Failure, form::SignedForm, pages::View, password, router::Shared, session};

/// The peer's address, when the server knows it.
type Peer = Option<Extension<ConnectInfo<std::net::SocketAddr>>>;

/// The sign-in page.
#[derive(Serialize)]
pub(super) struct SignInPage {
    name: String,
    next: String,
    problem: Option<&'static str>,
    demo: Option<DemoSignIn>,
}

#[derive(Serialize)]
struct DemoSignIn {
    name: String,
    password: String,
    mailbox: String,
}

impl View for SignInPage {
    const TEMPLATE: &'static str = "pages/sign_in.html";
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// What is typed.
#[derive(Deserialize)]
pub(super) struct Credentials {
    name: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`.
pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    Query(Next { next }): Query<Next>,
    cookies: CookieJar,
) -> Result<Response, Failure> {
    match session::find(&shared.context, &cookies).await? {
        Some(_) => Ok(Redirect::to(local_path(&next)).into_response()),
        None => Ok(show(&shared, String::new(), &next, None)?.into_response()),
    }
}

/// `POST /sign-in`. A wrong name and a wrong password get the same answer after the same time.
pub(super) async fn submit(
    State(shared): State<Arc<Shared>>,
    peer: Peer,
    cookies: CookieJar,
    form: Result<Form<Credentials>, axum::extract::rejection::FormRejection>,
) -> Result<Response, Failure> {
    let Form(Credentials { name, password, next }) = form.map_err(|error| Failure::from_status(error.status()))?;
    let peer: Option<IpAddr> = peer.map(|Extension(ConnectInfo(address))| address.ip());
    let name = name.trim().to_owned();
    let refuse = |status, problem| -> Result<Response, Failure> {
        Ok((status, show(&shared, name.clone(), &next, Some(problem))?).into_response())
    };

    let context = &shared.context;
    if !shared.throttle.admit(&name, peer, context.desk.clock.now()) {
        tracing::warn!("sign-in slowed down: too many tries");
        return refuse(StatusCode::TOO_MANY_REQUESTS, "Too many tries. Wait half a minute, then try again.");
    }
    let user = users::by_name(&context.desk.db, &name).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = password::verify_in_background(stored, password).await;
    match user {
        Some(user) if is_right && user.disabled => {
            refuse(StatusCode::FORBIDDEN, "This account is disabled. Ask an administrator.")
        }
        Some(user) if is_right => {
            shared.throttle.forgive(&name, peer);
            tracing::info!(user = %user.id, "signed in");
            let cookies = session::open(context, cookies, &user).await?;
            Ok((cookies, Redirect::to(local_path(&next))).into_response())
        }
        _ => refuse(StatusCode::UNAUTHORIZED, "The name or the password is wrong."),
    }
}

/// `POST /sign-out`.
pub(super) async fn sign_out(
    State(shared): State<Arc<Shared>>,
    cookies: CookieJar,
    form: SignedForm,
) -> Result<Response, Failure> {
    tracing::info!(user = %form.who.user.id, "signed out");
    let cookies = session::close(&shared.context, cookies).await?;
    Ok((cookies, Redirect::to("/sign-in")).into_response())
}

fn show(shared: &Shared, name: String, next: &str, problem: Option<&'static str>) -> Result<Html<String>, Failure> {
    let demo = shared.context.demo.as_ref().map(|demo| DemoSignIn {
        name: demo.name.clone(),
        password: demo.password.clone(),
        mailbox: demo.mailbox.display().to_string(),
    });
    let next = local_path(next).to_owned();
    Ok(shared.context.pages.html(&SignInPage { name, next, problem, demo })?)
}

/// `next` when it is a path of this site, else the queue: a sign-in never leads to another site.
fn local_path(next: &str) -> &str {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && next.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    if is_local { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for (next, path) in [
            ("/cases/CC-7F3K2QAB", "/cases/CC-7F3K2QAB"),
            ("", "/"),
            ("//evil.example.test", "/"),
            ("/\\evil.example.test", "/"),
            ("https://evil.example.test", "/"),
            ("/cases\r\nSet-Cookie: a=b", "/"),
        ] {
            assert_eq!(local_path(next), path);
        }
    }
}
