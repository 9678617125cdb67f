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
//!
//! | module | holds |
//! |---|---|
//! | `state` | where a case is |
//! | `reason` | why one is parked |
//! | `event` | what may happen to it |
//! | `life` | the one function, and the table of every pair |
//! | `step` | the work that a machine owes it |

mod event;
mod life;
mod reason;
mod state;
mod step;

pub use event::CaseEvent;
pub use life::{NotAllowed, apply};
pub use reason::{HoldReason, IgnoredKind};
pub use state::CaseState;
pub use step::Step;
