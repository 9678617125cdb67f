//! An attached file as the case page lists it: what it is, and what was read of it or why not. Its content is among the
//! mail's parts; its name is masked like any text.

use caseconsult_core::{
    domain::mention::Place,
    extract::Reading,
    identifier,
    mail::{
        attachment::{Kind, Remark},
        message::Attachment,
        search_text::Part,
    },
};
use serde::Serialize;

use super::mail_view::mentions_in;

/// One attached file; what was read of it is among the parts.
#[derive(Debug, Serialize)]
pub(super) struct AttachmentView {
    name: String,
    kind: String,
    kib: u64,
    /// What was read of it: `searched, 3 codes`. None when nothing was.
    read: Option<String>,
    note: Option<String>,
}

impl AttachmentView {
    pub(super) fn new(attachment: &Attachment, reading: Option<&Reading>) -> Self {
        let is_unread = attachment.note.as_ref().is_some_and(Remark::is_unread);
        let kind = match attachment.kind {
            Kind::Other if !attachment.content_type.is_empty() => attachment.content_type.clone(),
            kind => kind.to_string(),
        };
        Self {
            name: identifier::mask(&attachment.name).0,
            kind,
            kib: attachment.size.div_ceil(1024),
            read: reading.filter(|_| !is_unread).map(|reading| searched(&attachment.name, reading)),
            note: attachment.note.as_ref().map(ToString::to_string),
        }
    }
}

/// How many codes a file mentions. Its parts are named after it, with the mail that it is attached to before, and a page
/// or a sheet behind.
fn searched(file: &str, reading: &Reading) -> String {
    let is_of_file = |part: &&Part| {
        let around = part.label.split_once(file).filter(|_| part.place == Place::Attachment);
        around.is_some_and(|(before, after)| {
            (before.is_empty() || before.ends_with(", ")) && (after.is_empty() || after.starts_with(", "))
        })
    };
    match reading.parts.iter().filter(is_of_file).flat_map(|part| mentions_in(reading, part)).count() {
        0 => "searched, no codes".to_owned(),
        1 => "searched, 1 code".to_owned(),
        count => format!("searched, {count} codes"),
    }
}
