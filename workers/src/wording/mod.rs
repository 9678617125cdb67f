//! Asks a model for the wording of a draft: one request to the endpoint that the operator has named, and to no other.
//!
//! What is asked and what is taken of the answer is decided in `caseconsult_core::draft::wording`; here is only the way there
//! and back. No redirect is followed, no proxy and no environment variable is heeded, and a connection is made only to an
//! address that was looked at first. No transaction is open meanwhile, and nothing of a case is logged. Called by the draft
//! step and by `doctor`.
//!
//! | file | holds |
//! |---|---|
//! | [`endpoint`] | the address as configured |
//! | [`address`] | which addresses may be talked to |
//! | `post` | one request over a connection of its own |
//! | `completion` | the answer of a chat completion, without its wrapping |
//! | [`writer`] | asks for a wording; rests after trouble |
//! | [`trouble`] | why there is none |

pub mod address;
mod completion;
pub mod endpoint;
mod post;
pub mod trouble;
pub mod writer;

pub use endpoint::Endpoint;
pub use trouble::Trouble;
pub use writer::Writer;
