//! What can happen to a case. An event says what was done and by whom; [`super::apply`] says what follows.

use serde::{Deserialize, Serialize};

use super::reason::HoldReason;
use crate::domain::{
    enhanced_status::EnhancedStatus,
    ids::{AttemptId, ReplyId, UserId},
};

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
    /// The server took it, and a delivery report says that it reached nobody.
    Bounced {
        /// What came back.
        reply: ReplyId,
        /// Why, when the report says so.
        status: Option<EnhancedStatus>,
    },
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
            Self::Bounced { .. } => "bounced",
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
