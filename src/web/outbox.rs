//! The demo's outbox: replies that left into a folder instead of a mail server.

use std::{path::Path, sync::Arc};

use axum::{extract::State, response::Html};
use serde::Serialize;
use tokio::fs;

use super::{failure::Failure, frame::Frame, pages::View, router::Shared, session::SignedIn};

/// Files shown, newest first.
const MOST_FILES: usize = 100;
/// Characters shown of each.
const MOST_SHOWN: usize = 100_000;

/// The outbox page.
#[derive(Serialize)]
pub(super) struct OutboxPage {
    frame: Frame,
    folder: String,
    mails: Vec<OutboxMail>,
}

impl View for OutboxPage {
    const TEMPLATE: &'static str = "pages/outbox.html";
}

#[derive(Serialize)]
struct OutboxMail {
    name: String,
    size: usize,
    text: String,
}

/// `GET /outbox`; not found unless replies go into a folder.
pub(super) async fn page(State(shared): State<Arc<Shared>>, who: SignedIn) -> Result<Html<String>, Failure> {
    let folder = shared.context.outbox_folder.as_deref().ok_or(Failure::NotFound)?;
    let mails = read(folder).await.map_err(|error| Failure::Internal(format!("the outbox folder: {error}")))?;
    let frame = Frame::new(&shared.context, &who, None);
    Ok(shared.context.pages.html(&OutboxPage { frame, folder: folder.display().to_string(), mails })?)
}

async fn read(folder: &Path) -> std::io::Result<Vec<OutboxMail>> {
    let mut entries = match fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            files.push((entry.metadata().await?.modified()?, path));
        }
    }
    files.sort();
    let mut mails = Vec::new();
    for (_, path) in files.into_iter().rev().take(MOST_FILES) {
        let bytes = fs::read(&path).await?;
        mails.push(OutboxMail {
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            size: bytes.len(),
            text: String::from_utf8_lossy(&bytes).chars().take(MOST_SHOWN).collect(),
        });
    }
    Ok(mails)
}
