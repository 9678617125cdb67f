//! Where a case is. The variants carry what is true only there; nothing here changes a state.

use serde::{Deserialize, Serialize};

use super::{
    reason::{HoldReason, IgnoredKind},
    step::Step,
};
use crate::domain::ids::{AttemptId, ReplyId, UserId};

/// Where a case is, with what is true only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CaseState {
    /// Taken in; its codes are still to be found.
    Received,
    /// Codes found; the draft is still to be made.
    Extracted,
    /// A draft waits for a reviewer.
    Drafted,
    /// A reviewer works on it. Who may write is decided by the claim's lease, which can lapse.
    InReview {
        /// Who claimed it last.
        reviewer: UserId,
    },
    /// Approved bytes wait to be sent.
    Approved {
        /// The reply that was approved.
        reply: ReplyId,
    },
    /// A try to send is under way, or a process died in the middle of one.
    Sending {
        /// The reply.
        reply: ReplyId,
        /// The try.
        attempt: AttemptId,
    },
    /// The mail server took the reply.
    Sent {
        /// The reply.
        reply: ReplyId,
    },
    /// The mail server may or may not have taken the reply. Only a person decides what follows.
    Uncertain {
        /// The reply.
        reply: ReplyId,
    },
    /// The mail server refused the reply for good, or a delivery report returned it.
    Undeliverable {
        /// The reply.
        reply: ReplyId,
    },
    /// The asker was asked for facts; the next mail in the thread resumes the case.
    AwaitingAsker,
    /// Parked with a reason; a person releases it.
    Held {
        /// Why.
        reason: HoldReason,
    },
    /// No answer is owed: the mail is not from a person with a question. Parked visibly, releasable.
    Ignored {
        /// What it is instead.
        kind: IgnoredKind,
        /// The rule that fired, e.g. `Auto-Submitted: auto-replied`.
        rule: String,
    },
    /// Done.
    Closed,
}

impl CaseState {
    /// The stored name of the state, without its data.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Extracted => "extracted",
            Self::Drafted => "drafted",
            Self::InReview { .. } => "in_review",
            Self::Approved { .. } => "approved",
            Self::Sending { .. } => "sending",
            Self::Sent { .. } => "sent",
            Self::Uncertain { .. } => "uncertain",
            Self::Undeliverable { .. } => "undeliverable",
            Self::AwaitingAsker => "awaiting_asker",
            Self::Held { .. } => "held",
            Self::Ignored { .. } => "ignored",
            Self::Closed => "closed",
        }
    }

    /// All names, in the order of the story, for lists and filters.
    pub const NAMES: [&'static str; 13] = [
        "received",
        "extracted",
        "drafted",
        "in_review",
        "approved",
        "sending",
        "sent",
        "uncertain",
        "undeliverable",
        "awaiting_asker",
        "held",
        "ignored",
        "closed",
    ];

    /// The reply that this state speaks of.
    #[must_use]
    pub const fn reply(&self) -> Option<ReplyId> {
        match self {
            Self::Approved { reply }
            | Self::Sending { reply, .. }
            | Self::Sent { reply }
            | Self::Uncertain { reply }
            | Self::Undeliverable { reply } => Some(*reply),
            _ => None,
        }
    }

    /// The step that a worker owes this case, if any.
    #[must_use]
    pub const fn step(&self) -> Option<Step> {
        match self {
            Self::Received => Some(Step::Extract),
            Self::Extracted => Some(Step::Draft),
            Self::Approved { .. } | Self::Sending { .. } => Some(Step::Deliver),
            _ => None,
        }
    }
}
