//! The nouns that every other part speaks of. See the design's list of names.

pub mod address;
pub mod case;
pub mod code;
pub mod digest;
pub mod enhanced_status;
pub mod event;
pub mod ids;
pub mod instant;
pub mod intake;
pub mod mention;
pub mod outcome;
pub mod span;
pub mod tag;
pub mod user;
