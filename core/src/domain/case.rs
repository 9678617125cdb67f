//! The life of a case: its states, what may happen to it, and the one function that says what follows.
//!
//! ```text
//! Received → Extracted → Drafted → InReview → Approved → Sending → Sent → Closed
//!    ├→ Held ─release→ Received      │  ▲          ├→ Uncertain ─resolve→ Sent | Approved
//!    ├→ Ignored ─release→ Received   │  └─ return  └→ Undeliverable ─fix→ InReview
//!    │                               └→ AwaitingAsker ─follow-up→ Received
//!    └ follow-up: a machine's draft is made again; a person's is marked stale; an approval is withdrawn
//! ```
//!
//! [`apply`] never looks at a clock or a row. `store` calls it inside the transaction that writes the result.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ids::{AttemptId, ReplyId, UserId},
    outcome::Cause,
};

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
    /// The mail server refused the reply for good.
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

/// Why a case is parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum HoldReason {
    /// The mail has no text that could be read: empty, no headers, or damaged beyond reading.
    Unreadable {
        /// What was found.
        what: String,
    },
    /// Larger than the configured limit; only its head is kept.
    Oversize {
        /// Its size in bytes, as the server said.
        bytes: u64,
    },
    /// A step failed as often as it may.
    GivenUp {
        /// The last failure.
        cause: Cause,
    },
    /// It carries a case's token, but its sender is no participant of that case.
    StrangerWithToken,
    /// A person parked it.
    ByReviewer {
        /// In the person's words.
        note: String,
    },
}

impl fmt::Display for HoldReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { what } => write!(f, "The mail cannot be read: {what}"),
            Self::Oversize { bytes } => {
                write!(f, "The mail is too large ({} MiB); only its head was kept", bytes >> 20)
            }
            Self::GivenUp { cause } => write!(f, "A step failed too often: {cause}"),
            Self::StrangerWithToken => {
                f.write_str("It claims to belong to a case whose participants do not include its sender")
            }
            Self::ByReviewer { note } => f.write_str(note),
        }
    }
}

/// Mails that want no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IgnoredKind {
    /// An automatic answer, such as a vacation notice (RFC 3834).
    AutoReply,
    /// A report that a mail could not be delivered (RFC 3464).
    Bounce,
    /// Sent to a mailing list or in bulk.
    Bulk,
    /// A mail that this program sent.
    Own,
}

impl fmt::Display for IgnoredKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AutoReply => "automatic reply",
            Self::Bounce => "delivery report",
            Self::Bulk => "mailing list or bulk mail",
            Self::Own => "our own mail",
        })
    }
}

/// What can happen to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CaseEvent {
    /// Its codes were found.
    Extracted,
    /// A draft was made.
    Drafted,
    /// A reviewer took it, or took it over from one whose claim had lapsed.
    Claimed {
        /// Who.
        by: UserId,
    },
    /// The reviewer gave it back to the queue.
    Returned {
        /// Who.
        by: UserId,
    },
    /// The reviewer asks for a new draft, from all mails of the case.
    RedraftWanted {
        /// Who.
        by: UserId,
    },
    /// The reviewer approved these bytes.
    Approved {
        /// Who.
        by: UserId,
        /// The bytes.
        reply: ReplyId,
    },
    /// The approval was taken back before a try to send began.
    ApprovalWithdrawn {
        /// Who.
        by: UserId,
    },
    /// A try to send begins.
    SendingStarted {
        /// The try.
        attempt: AttemptId,
    },
    /// The server took it.
    SendAccepted,
    /// Nothing was handed over; a later try follows.
    SendDeferred,
    /// The server refused it for good.
    SendRefused,
    /// Nobody knows whether the server took it.
    SendInDoubt,
    /// A person found proof that it arrived.
    FoundSent {
        /// Who.
        by: UserId,
    },
    /// A person decided that it be sent again, the same bytes with the same Message-ID.
    SendAgain {
        /// Who.
        by: UserId,
    },
    /// The reply asked for facts and the reviewer waits for them.
    AskerAwaited {
        /// Who.
        by: UserId,
    },
    /// A participant wrote again.
    FollowedUp,
    /// Parked.
    Held {
        /// Why.
        reason: HoldReason,
    },
    /// Let out of Held or Ignored.
    Released {
        /// Who.
        by: UserId,
    },
    /// Ended.
    Closed {
        /// Who.
        by: UserId,
    },
}

/// An event that cannot happen in the state the case is in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {state} cannot be {event}")]
pub struct NotAllowed {
    /// The state's name.
    pub state: &'static str,
    /// The event's name.
    pub event: &'static str,
}

/// What follows from `event` in `state`. Total: every pair is either here or refused.
///
/// # Errors
/// [`NotAllowed`] when the event has no meaning in that state; nothing has changed then.
pub fn apply(state: &CaseState, event: &CaseEvent) -> Result<CaseState, NotAllowed> {
    use CaseEvent as E;
    use CaseState as S;
    let next = match (state, event) {
        (S::Received, E::Extracted) => S::Extracted,
        (S::Extracted, E::Drafted) => S::Drafted,
        (S::Drafted | S::InReview { .. } | S::Undeliverable { .. }, E::Claimed { by }) => S::InReview { reviewer: *by },
        (S::InReview { .. }, E::Returned { .. }) => S::Drafted,
        (
            S::Drafted | S::InReview { .. } | S::Undeliverable { .. } | S::Sent { .. } | S::Closed,
            E::RedraftWanted { .. },
        ) => S::Received,
        (S::InReview { .. }, E::Approved { reply, .. }) => S::Approved { reply: *reply },
        (S::Approved { .. }, E::ApprovalWithdrawn { by }) => S::InReview { reviewer: *by },
        (S::Approved { reply }, E::SendingStarted { attempt }) => S::Sending { reply: *reply, attempt: *attempt },
        (S::Sending { reply, .. }, E::SendAccepted) => S::Sent { reply: *reply },
        (S::Sending { reply, .. }, E::SendDeferred) => S::Approved { reply: *reply },
        (S::Sending { reply, .. } | S::Approved { reply }, E::SendRefused) => S::Undeliverable { reply: *reply },
        (S::Sending { reply, .. }, E::SendInDoubt) => S::Uncertain { reply: *reply },
        (S::Uncertain { reply }, E::FoundSent { .. }) => S::Sent { reply: *reply },
        (S::Uncertain { reply } | S::Undeliverable { reply }, E::SendAgain { .. }) => S::Approved { reply: *reply },
        (S::InReview { .. } | S::Sent { .. }, E::AskerAwaited { .. }) => S::AwaitingAsker,
        // A machine's work is simply done again with the new mail; so is that of a finished or waiting case.
        (
            S::Received | S::Extracted | S::Drafted | S::AwaitingAsker | S::Sent { .. } | S::Closed | S::Ignored { .. },
            E::FollowedUp,
        ) => S::Received,
        // A person's work stays and is marked stale by the store; what was approved must be looked at again.
        (S::Approved { .. }, E::FollowedUp) => S::Drafted,
        (
            S::InReview { .. } | S::Sending { .. } | S::Uncertain { .. } | S::Undeliverable { .. } | S::Held { .. },
            E::FollowedUp,
        ) => state.clone(),
        (
            S::Received | S::Extracted | S::Drafted | S::InReview { .. } | S::AwaitingAsker | S::Undeliverable { .. },
            E::Held { reason },
        ) => S::Held { reason: reason.clone() },
        (S::Held { .. } | S::Ignored { .. }, E::Released { .. }) => S::Received,
        (
            S::Received
            | S::Extracted
            | S::Drafted
            | S::InReview { .. }
            | S::Sent { .. }
            | S::Undeliverable { .. }
            | S::AwaitingAsker
            | S::Held { .. }
            | S::Ignored { .. },
            E::Closed { .. },
        ) => S::Closed,
        _ => return Err(NotAllowed { state: state.name(), event: event.name() }),
    };
    Ok(next)
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

impl CaseEvent {
    /// The stored name of the event, without its data.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Extracted => "extracted",
            Self::Drafted => "drafted",
            Self::Claimed { .. } => "claimed",
            Self::Returned { .. } => "returned",
            Self::RedraftWanted { .. } => "redraft_wanted",
            Self::Approved { .. } => "approved",
            Self::ApprovalWithdrawn { .. } => "approval_withdrawn",
            Self::SendingStarted { .. } => "sending_started",
            Self::SendAccepted => "send_accepted",
            Self::SendDeferred => "send_deferred",
            Self::SendRefused => "send_refused",
            Self::SendInDoubt => "send_in_doubt",
            Self::FoundSent { .. } => "found_sent",
            Self::SendAgain { .. } => "send_again",
            Self::AskerAwaited { .. } => "asker_awaited",
            Self::FollowedUp => "followed_up",
            Self::Held { .. } => "held",
            Self::Released { .. } => "released",
            Self::Closed { .. } => "closed",
        }
    }

    /// The person who made it happen, when one did.
    #[must_use]
    pub const fn by(&self) -> Option<UserId> {
        match self {
            Self::Claimed { by }
            | Self::Returned { by }
            | Self::RedraftWanted { by }
            | Self::Approved { by, .. }
            | Self::ApprovalWithdrawn { by }
            | Self::FoundSent { by }
            | Self::SendAgain { by }
            | Self::AskerAwaited { by }
            | Self::Released { by }
            | Self::Closed { by } => Some(*by),
            _ => None,
        }
    }
}

/// The work that a machine does on a case: one queue each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Find the codes.
    Extract,
    /// Attach what the code sets say, and draft.
    Draft,
    /// Send.
    Deliver,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 3] = [Self::Extract, Self::Draft, Self::Deliver];

    /// The queue's name. Part of stored rows: never renamed.
    #[must_use]
    pub const fn queue(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::Draft => "draft",
            Self::Deliver => "deliver",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.queue())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const USER: UserId = UserId::new(Uuid::from_u128(1));
    const REPLY: ReplyId = ReplyId::new(Uuid::from_u128(2));
    const ATTEMPT: AttemptId = AttemptId::new(Uuid::from_u128(3));

    fn states() -> Vec<CaseState> {
        vec![
            CaseState::Received,
            CaseState::Extracted,
            CaseState::Drafted,
            CaseState::InReview { reviewer: USER },
            CaseState::Approved { reply: REPLY },
            CaseState::Sending { reply: REPLY, attempt: ATTEMPT },
            CaseState::Sent { reply: REPLY },
            CaseState::Uncertain { reply: REPLY },
            CaseState::Undeliverable { reply: REPLY },
            CaseState::AwaitingAsker,
            CaseState::Held { reason: HoldReason::StrangerWithToken },
            CaseState::Ignored { kind: IgnoredKind::Bulk, rule: "List-Id".to_owned() },
            CaseState::Closed,
        ]
    }

    fn events() -> Vec<CaseEvent> {
        vec![
            CaseEvent::Extracted,
            CaseEvent::Drafted,
            CaseEvent::Claimed { by: USER },
            CaseEvent::Returned { by: USER },
            CaseEvent::RedraftWanted { by: USER },
            CaseEvent::Approved { by: USER, reply: REPLY },
            CaseEvent::ApprovalWithdrawn { by: USER },
            CaseEvent::SendingStarted { attempt: ATTEMPT },
            CaseEvent::SendAccepted,
            CaseEvent::SendDeferred,
            CaseEvent::SendRefused,
            CaseEvent::SendInDoubt,
            CaseEvent::FoundSent { by: USER },
            CaseEvent::SendAgain { by: USER },
            CaseEvent::AskerAwaited { by: USER },
            CaseEvent::FollowedUp,
            CaseEvent::Held { reason: HoldReason::StrangerWithToken },
            CaseEvent::Released { by: USER },
            CaseEvent::Closed { by: USER },
        ]
    }

    /// Every pair, one row a state, one column an event in the order of [`events`]; `.` is refused.
    /// Columns: extracted drafted claimed returned redraft approved withdrawn sending accepted deferred refused
    /// doubt found again await follow-up hold release close.
    #[test]
    fn every_pair_of_state_and_event_is_decided() {
        let short = |state: &CaseState| match state {
            CaseState::Received => 'R',
            CaseState::Extracted => 'E',
            CaseState::Drafted => 'D',
            CaseState::InReview { .. } => 'V',
            CaseState::Approved { .. } => 'A',
            CaseState::Sending { .. } => 'S',
            CaseState::Sent { .. } => 'T',
            CaseState::Uncertain { .. } => '?',
            CaseState::Undeliverable { .. } => 'U',
            CaseState::AwaitingAsker => 'W',
            CaseState::Held { .. } => 'H',
            CaseState::Ignored { .. } => 'I',
            CaseState::Closed => 'C',
        };
        let table: Vec<String> = states()
            .iter()
            .map(|state| {
                let row: String =
                    events().iter().map(|event| apply(state, event).map_or('.', |next| short(&next))).collect();
                format!("{} {row}", short(state))
            })
            .collect();
        let expected = [
            "R E..............RH.C",
            "E .D.............RH.C",
            "D ..V.R..........RH.C",
            "V ..VDRA........WVH.C",
            "A ......VS..U....D...",
            "S ........TAU?...S...",
            "T ....R.........WR..C",
            "? ............TA.?...",
            "U ..V.R........A.UH.C",
            "W ...............RH.C",
            "H ...............H.RC",
            "I ...............R.RC",
            "C ....R..........R...",
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn names_are_complete_and_in_order() {
        let names: Vec<_> = states().iter().map(CaseState::name).collect();
        assert_eq!(names, CaseState::NAMES);
    }

    #[test]
    fn a_state_survives_its_row() {
        for state in states() {
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(serde_json::from_str::<CaseState>(&json).unwrap(), state);
        }
    }
}
