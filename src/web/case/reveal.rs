//! `POST /cases/{tag}/mails/{mail}/reveal`: one masked detail of a mail is shown, or all of them. The reveal is in the
//! case's history before anything is shown; the address holds ids and never a text.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use caseconsult_core::{domain::span::Span, identifier::Found};

use super::file::{CaseFile, MailFile, find};
use crate::{
    review,
    web::{failure::Failure, form::SignedForm, router::Shared},
};

/// Reveals what the field `span` names: `120-134`, or `all`.
pub(in crate::web) async fn reveal(
    State(shared): State<Arc<Shared>>,
    Path((tag, mail)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let by = form.who.user.id;
    let file = CaseFile::read(desk, find(desk, &tag).await?, by).await?;
    let mail = file.mails.iter().find(|known| known.message.id.to_string() == mail).ok_or(Failure::NotFound)?;
    let found = mail.identifiers();
    let one = match form.fields.line("span") {
        "all" => None,
        span => Some(named(&found, span).ok_or(Failure::Malformed)?),
    };
    review::reveal::reveal(desk, &file.case, by, mail.message.id, one).await?;
    Ok(Redirect::to(&format!("/cases/{}#{}", file.case.tag, anchor(mail, one))).into_response())
}

/// The identifier at that span, as the page names it.
fn named<'f>(found: &'f [Found], span: &str) -> Option<&'f Found> {
    let (start, end) = span.split_once('-')?;
    let span = Span::new(start.parse().ok()?, end.parse().ok()?);
    found.iter().find(|one| one.span == span)
}

/// Where the page goes on.
fn anchor(mail: &MailFile, one: Option<&Found>) -> String {
    one.map_or_else(|| format!("mail-{}", mail.message.id), |one| format!("at-{}-{}", mail.message.id, one.span.start))
}
