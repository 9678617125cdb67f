//! A posted form of a signed-in person, accepted only with the token that our own pages carry.

use std::sync::Arc;

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
};
use subtle::ConstantTimeEq as _;

use super::{failure::Failure, router::Shared, session::SignedIn};

/// The most bytes that a posted form may have: a long reply, percent-encoded.
pub(super) const MOST_BYTES: usize = 2 << 20;

/// A form whose token matches the session.
#[derive(Debug)]
pub(super) struct SignedForm {
    pub(super) who: SignedIn,
    pub(super) fields: Fields,
}

/// The fields of a form, in the order in which the browser sent them.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The field's text without surrounding blanks; empty when there is none.
    pub(super) fn line(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A text area's text, with the line ends that browsers send (RFC 7578 §4.3: CRLF) made plain.
    pub(super) fn text(&self, name: &str) -> String {
        self.raw(name).replace("\r\n", "\n")
    }

    /// Whether the field was sent at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All fields whose names start with `prefix`, without it.
    pub(super) fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.trim())))
    }

    fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest<Arc<Shared>> for SignedForm {
    type Rejection = Failure;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let who = SignedIn::from_request_parts(&mut parts, shared).await?;
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), shared)
            .await
            .map_err(|rejection| Failure::from_status(rejection.status()))?;
        let fields = Fields(fields);
        check_token(&who, fields.raw("form_token"))?;
        Ok(Self { who, fields })
    }
}

/// Compares the token of a form or header with the session's, in constant time.
pub(super) fn check_token(who: &SignedIn, token: &str) -> Result<(), Failure> {
    if bool::from(who.form_token.as_bytes().ct_eq(token.as_bytes())) {
        Ok(())
    } else {
        Err(Failure::Forbidden("This form is not from this session. Go back, reload the page, and try again."))
    }
}
