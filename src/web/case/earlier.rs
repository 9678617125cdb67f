//! What was answered before, for the case page and the API.

use caseconsult_core::{draft::Facts, extract::Reading};
use caseconsult_store::cases::Message;

use super::file::CaseFile;
use crate::{
    precedent::{self, Answered},
    web::{context::WebContext, failure::Failure},
};

/// Replies that were sent to questions like this case's, the likest first.
pub(in crate::web) async fn earlier(context: &WebContext, file: &CaseFile) -> Result<Vec<Answered>, Failure> {
    let read: Vec<(&Message, &Reading)> =
        file.mails.iter().filter_map(|mail| Some((&mail.message, mail.reading.as_ref()?))).collect();
    if read.is_empty() {
        return Ok(Vec::new());
    }
    let facts: Option<Facts> = file.draft.as_ref().and_then(|draft| serde_json::from_str(&draft.facts).ok());
    let terms = precedent::terms(&read, facts.as_ref());
    Ok(precedent::look(&context.precedents, &context.desk.db, &file.case, &terms, facts.as_ref()).await?)
}
