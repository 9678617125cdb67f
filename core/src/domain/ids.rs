//! Identifiers, one type each, so that a reply's id is never taken for a case's.
//!
//! All are `UUIDv7` (RFC 9562 §5.7): they sort by creation time, which keeps index pages warm. They are made by
//! the caller's clock and never here.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id made by the clock.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// One consultation and its thread.
    CaseId
);
id!(
    /// One mail, in or out. Not the `Message-ID` header, which is [`crate::mail::head::Head::header_id`].
    MessageId
);
id!(
    /// One row of the intake ledger.
    IntakeId
);
id!(
    /// One mailbox in one UIDVALIDITY epoch.
    MailboxId
);
id!(
    /// One version of a draft.
    DraftId
);
id!(
    /// One approved reply: the bytes to send.
    ReplyId
);
id!(
    /// One try to send a reply.
    AttemptId
);
id!(
    /// One line of a case's history.
    EventId
);
id!(
    /// A person with a sign-in.
    UserId
);
id!(
    /// One release of one code set.
    EditionId
);
