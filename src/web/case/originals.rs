//! The raw mail and the approved bytes, to download and to read as plain text. Never rendered.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse as _, Response},
};
use caseconsult_core::domain::ids::ReplyId;
use caseconsult_store::{cases, raw, replies};

use super::file::find;
use crate::{
    review,
    web::{failure::Failure, router::Shared, session::SignedIn},
};

/// The most bytes of a mail that a download holds; the largest mail that intake keeps whole.
const MOST_BYTES: u64 = 64 << 20;
/// The most bytes searched for the end of the header.
const MOST_HEADER: u64 = 256 << 10;

/// Whatever the bytes say they are, the browser is to save them, and not to look inside.
const AS_FILE: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "application/octet-stream"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
];

/// `GET /cases/{tag}/mails/{message}/raw`: the mail, byte for byte.
pub(in crate::web) async fn mail(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Path((tag, message)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let kept = read(&shared, &who, (&tag, &message), MOST_BYTES, "original_downloaded").await?;
    tracing::info!(user = %who.user.id, "a raw mail was downloaded");
    let name = format!("attachment; filename=\"{}.eml\"", file_name(&tag));
    Ok((AS_FILE, [(header::CONTENT_DISPOSITION, name)], kept.bytes).into_response())
}

/// `GET /cases/{tag}/mails/{message}/headers`: its header as plain text.
pub(in crate::web) async fn headers(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Path((tag, message)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let kept = read(&shared, &who, (&tag, &message), MOST_HEADER, "headers_read").await?;
    let text = String::from_utf8_lossy(&kept.bytes).replace("\r\n", "\n");
    let header = text.split_once("\n\n").map_or(text.as_str(), |(header, _)| header).to_owned();
    let sandbox = (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), sandbox], header).into_response())
}

/// `GET /cases/{tag}/replies/{reply}/raw`: the approved bytes, exactly those whose SHA-256 the approval names.
pub(in crate::web) async fn reply(
    State(shared): State<Arc<Shared>>,
    _who: SignedIn,
    Path((tag, reply)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, &tag).await?;
    let id: ReplyId = reply.parse().map_err(|_| Failure::NotFound)?;
    let reply = replies::get(&desk.db, id).await?;
    if reply.case != case.id {
        return Err(Failure::NotFound);
    }
    let name = format!("attachment; filename=\"{}-reply.eml\"", file_name(&tag));
    Ok((AS_FILE, [(header::CONTENT_DISPOSITION, name)], reply.bytes).into_response())
}

/// The raw bytes of a mail. That they were given is in the case's history first: nothing in them is masked.
async fn read(
    shared: &Shared,
    who: &SignedIn,
    (tag, message): (&str, &str),
    limit: u64,
    what: &str,
) -> Result<raw::Kept, Failure> {
    let desk = &shared.context.desk;
    let case = find(desk, tag).await?;
    let messages = cases::messages(&desk.db, case.id).await?;
    let message = messages.iter().find(|known| known.id.to_string() == message).ok_or(Failure::NotFound)?;
    review::reveal::original(desk, &case, who.user.id, what).await?;
    raw::read(&desk.db, &message.sha256, limit).await?.ok_or(Failure::NotFound)
}

/// A tag as a file name; only what a tag may hold.
fn file_name(tag: &str) -> String {
    tag.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(16).collect()
}
