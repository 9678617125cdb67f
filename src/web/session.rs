//! Who is signed in: the cookie, the stored session, and the extractors that demand one.
//!
//! The cookie holds 256 random bits. The database holds their HMAC-SHA-256 under the session secret, so that
//! neither a copy of the database nor a row written into it signs anybody in.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use caseconsult_core::domain::user::Role;
use caseconsult_store::users::{self, User};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret as _;
use sha2::Sha256;

use super::{context::WebContext, failure::Failure, router::Shared};

/// A signed-in person. As an extractor it sends everybody else to the sign-in page.
#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    pub(super) user: User,
    /// Goes into every form of this session.
    pub(super) form_token: String,
}

/// A signed-in administrator; other people get a 403.
#[derive(Clone, Debug)]
pub(super) struct Administrator(pub(super) SignedIn);

impl FromRequestParts<Arc<Shared>> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Failure> {
        let cookies = CookieJar::from_headers(&parts.headers);
        match find(&shared.context, &cookies).await? {
            Some(signed_in) => Ok(signed_in),
            // Only a page that was merely looked at is worth coming back to.
            None => {
                Err(Failure::SignInNeeded { next: (parts.method == Method::GET).then(|| parts.uri.path().to_owned()) })
            }
        }
    }
}

impl FromRequestParts<Arc<Shared>> for Administrator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Failure> {
        let signed_in = SignedIn::from_request_parts(parts, shared).await?;
        match signed_in.user.role {
            Role::Admin => Ok(Self(signed_in)),
            Role::Reviewer => Err(Failure::Forbidden("This page is for administrators.")),
        }
    }
}

/// The session that the cookie names, if it still holds.
pub(super) async fn find(context: &WebContext, cookies: &CookieJar) -> Result<Option<SignedIn>, Failure> {
    let Some(cookie) = cookies.get(cookie_name(context)) else { return Ok(None) };
    let session = users::session(&context.desk.db, &context.desk.clock, &stored_form(context, cookie.value())).await?;
    Ok(session.map(|session| SignedIn { user: session.user, form_token: session.form_token }))
}

/// Opens a session for `user` and returns its cookie. The one that the browser had before is ended, so that a
/// cookie planted before sign-in is worth nothing after it.
pub(super) async fn open(context: &WebContext, cookies: CookieJar, user: &User) -> Result<CookieJar, Failure> {
    let cookies = close(context, cookies).await?;
    let token = random_token();
    let expires_at = context.desk.clock.now().plus(context.session_length);
    let (db, clock) = (&context.desk.db, &context.desk.clock);
    users::open_session(db, clock, user.id, &stored_form(context, &token), &random_token(), expires_at).await?;
    Ok(cookies.add(cookie(context, token)))
}

/// Ends the browser's session, in the database as well as in the browser.
pub(super) async fn close(context: &WebContext, cookies: CookieJar) -> Result<CookieJar, Failure> {
    let Some(old) = cookies.get(cookie_name(context)) else { return Ok(cookies) };
    users::close_session(&context.desk.db, &stored_form(context, old.value())).await?;
    Ok(cookies.remove(cookie(context, String::new())))
}

/// 256 random bits as 43 characters.
fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

fn stored_form(context: &WebContext, token: &str) -> String {
    let secret = context.session_secret.expose_secret().as_bytes();
    // A key of any length is accepted, so this never fails; a failure would find no session.
    Hmac::<Sha256>::new_from_slice(secret)
        .map(|mac| URL_SAFE_NO_PAD.encode(mac.chain_update(token).finalize().into_bytes()))
        .unwrap_or_default()
}

/// `__Host-` makes the browser refuse the cookie from a subdomain or without HTTPS (RFC 6265bis §4.1.3.2).
const fn cookie_name(context: &WebContext) -> &'static str {
    if context.secure_cookies { "__Host-caseconsult" } else { "caseconsult" }
}

fn cookie(context: &WebContext, token: String) -> Cookie<'static> {
    Cookie::build((cookie_name(context), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(context.secure_cookies)
        .build()
}
