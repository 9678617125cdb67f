//! Approved replies and the tries to send them.

use caseconsult_core::{domain::case::CaseState, draft::guard::Override};
use caseconsult_store::replies::{Attempt, Reply};
use serde::Serialize;

use super::{super::words::Moment, file::CaseFile};

/// The most characters of a reply's bytes shown on the page; all of them can be downloaded.
const MOST_SHOWN: usize = 100_000;

/// One approved reply.
#[derive(Debug, Serialize)]
pub(super) struct ReplyView {
    id: String,
    standing: &'static str,
    approved_by: String,
    approved: Moment,
    sent: Option<Moment>,
    recipient: String,
    header_id: String,
    sha256: String,
    size: usize,
    overrides: Vec<Override>,
    bytes: String,
    attempts: Vec<AttemptView>,
}

#[derive(Debug, Serialize)]
struct AttemptView {
    number: i64,
    started: Moment,
    ended: Option<Moment>,
    outcome: &'static str,
    reply_text: String,
}

impl ReplyView {
    /// All replies of the case, newest first.
    pub(super) fn all(file: &CaseFile) -> Vec<Self> {
        file.replies.iter().map(|(reply, attempts)| Self::new(file, reply, attempts)).collect()
    }

    fn new(file: &CaseFile, reply: &Reply, attempts: &[Attempt]) -> Self {
        let is_current = file.case.state.reply() == Some(reply.id);
        Self {
            id: reply.id.to_string(),
            standing: match (&file.case.state, is_current, reply.sent_at) {
                (CaseState::Undeliverable { .. }, true, Some(_)) => "Came back undelivered",
                (_, _, Some(_)) => "Sent",
                (CaseState::Approved { .. }, true, None) => "Waiting to be sent",
                (CaseState::Sending { .. }, true, None) => "Being sent",
                (CaseState::Uncertain { .. }, true, None) => "Uncertain whether it arrived",
                (CaseState::Undeliverable { .. }, true, None) => "Undeliverable",
                _ => "Not sent",
            },
            approved_by: file.name(reply.approved_by).to_owned(),
            approved: file.moment(reply.approved_at),
            sent: reply.sent_at.map(|at| file.moment(at)),
            recipient: reply.recipient.as_str().to_owned(),
            header_id: reply.header_id.clone(),
            sha256: reply.sha256.to_string(),
            size: reply.bytes.len(),
            overrides: serde_json::from_str(&reply.overrides).unwrap_or_default(),
            bytes: String::from_utf8_lossy(&reply.bytes).chars().take(MOST_SHOWN).collect(),
            attempts: attempts.iter().map(|attempt| AttemptView::new(file, attempt)).collect(),
        }
    }
}

impl AttemptView {
    fn new(file: &CaseFile, attempt: &Attempt) -> Self {
        Self {
            number: attempt.number,
            started: file.moment(attempt.started_at),
            ended: attempt.ended_at.map(|at| file.moment(at)),
            outcome: match attempt.outcome.as_deref() {
                None => "Under way, or its process died",
                Some("sent") => "Taken by the server",
                Some("later") => "To be tried later",
                Some("refused") => "Refused for good",
                Some("bounced") => "Taken by the server, then returned undelivered",
                Some("stopped") => "Stopped: an operator must act",
                Some(_) => "Uncertain",
            },
            reply_text: attempt.reply_text.clone().unwrap_or_default(),
        }
    }
}
