//! Facts that are missing, as questions that do not lead: they name no payment, propose no diagnosis, and always
//! leave room for "not documented" (AHIMA/ACDIS, compliant query practice). Only what the answer hangs on is asked for.
//!
//! | file | holds |
//! |---|---|
//! | [`ask`] | what can be asked for, in words |
//! | `needs` | which kind of question needs what, and what of it the mails do not tell |

pub mod ask;
mod needs;

pub use ask::{Ask, Gap};
pub(super) use needs::Case;

#[cfg(test)]
mod tests;
