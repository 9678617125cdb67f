//! How states, moments and events are said to people.

use std::time::Duration;

use caseconsult_core::domain::{case::CaseState, instant::Instant};
use caseconsult_store::accepted;
use serde::Serialize;

/// A state as a label: its name for people, and the tone of its colour. The colour never stands alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct StateLabel {
    pub(super) words: &'static str,
    pub(super) tone: &'static str,
}

impl StateLabel {
    /// The label of this state.
    pub(super) const fn of(state: &CaseState) -> Self {
        let (words, tone) = match state {
            CaseState::Received => ("New", "machine"),
            CaseState::Extracted => ("Being drafted", "machine"),
            CaseState::Drafted => ("Waiting", "waiting"),
            CaseState::InReview { .. } => ("In review", "active"),
            CaseState::Approved { .. } => ("Approved", "moving"),
            CaseState::Sending { .. } => ("Sending", "moving"),
            CaseState::Sent { .. } => ("Sent", "done"),
            CaseState::Uncertain { .. } => ("Uncertain", "alarm"),
            CaseState::Undeliverable { .. } => ("Undeliverable", "alarm"),
            CaseState::AwaitingAsker => ("Awaiting asker", "done"),
            CaseState::Held { .. } => ("Held", "parked"),
            CaseState::Ignored { .. } => ("Ignored", "parked"),
            CaseState::Closed => ("Closed", "done"),
        };
        Self { words, tone }
    }
}

/// A moment for a page: machine-readable, in full, and as an age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Moment {
    pub(super) iso: String,
    pub(super) full: String,
    pub(super) age: String,
}

impl Moment {
    /// `at`, as seen at `now`.
    pub(super) fn new(at: Instant, now: Instant) -> Self {
        Self {
            iso: at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            full: at.to_string(),
            age: age(now.since(at)),
        }
    }
}

/// `just now`, `5 min ago`, `3 h ago`.
fn age(length: Duration) -> String {
    if length < Duration::from_secs(60) { "just now".to_owned() } else { format!("{} ago", span(length)) }
}

/// `less than a minute`, `5 min`, `3 h`, `12 d`.
pub(super) fn span(length: Duration) -> String {
    match length.as_secs() {
        0..60 => "less than a minute".to_owned(),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

/// A stored event's name, for the history; of a code that was chosen with the code.
pub(super) fn event(what: &str, detail: &str) -> String {
    let words = match what {
        accepted::ACCEPTED | accepted::PUT_BACK => {
            let verb = if what == accepted::ACCEPTED { "Candidate accepted" } else { "Candidate put back" };
            let choice: Option<accepted::Choice> = serde_json::from_str(detail).ok();
            return choice.map_or_else(|| verb.to_owned(), |(system, code)| format!("{verb}: {system} {code}"));
        }
        "received" | "case" => "Mail received",
        "extracted" => "Codes found",
        "drafted" => "Draft made",
        "claimed" => "Claimed",
        "returned" => "Returned to the queue",
        "redraft_wanted" => "New draft asked for",
        "approved" => "Approved",
        "approval_withdrawn" => "Approval withdrawn",
        "sending_started" => "Sending started",
        "send_accepted" => "Taken by the mail server",
        "send_deferred" => "Sending deferred",
        "send_refused" => "Refused by the mail server",
        "send_in_doubt" => "Delivery uncertain",
        "bounced" => "Came back undelivered",
        "found_sent" => "Found to have been sent",
        "send_again" => "To be sent again",
        "asker_awaited" => "Waiting for the asker",
        "followed_up" => "A further mail arrived",
        "follow_up_read" => "Further mail read",
        "original_downloaded" => "Original of a mail downloaded",
        "headers_read" => "Header of a mail read",
        "worded" => "Phrased by a model too",
        "wording_not_taken" => "A model’s wording was not taken",
        "rules_wording_chosen" => "Went back to the rules’ words",
        "models_wording_chosen" => "Took the model’s words",
        "held" => "Held",
        "released" => "Released",
        "closed" => "Closed",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_one_unit() {
        for (seconds, words) in [
            (0, "just now"),
            (59, "just now"),
            (60, "1 min ago"),
            (3599, "59 min ago"),
            (7200, "2 h ago"),
            (172_800, "2 d ago"),
        ] {
            assert_eq!(age(Duration::from_secs(seconds)), words);
        }
    }
}
