//! Jobs for apalis. The case table is the truth; a job is a bell that is rung at least once, and a worker that
//! hears it looks at the case.
//!
//! | file | holds |
//! |---|---|
//! | [`job`] | a job's payload and key, and ringing the bell inside our transactions |
//! | [`rings`] | hearing at once that a bell was rung |
//! | [`reconcile`](mod@reconcile) | ringing again where a bell was lost, and sweeping up after apalis |

pub mod job;
pub mod reconcile;
pub mod rings;

pub use job::{CaseJob, enqueue};
pub use reconcile::{Reconciled, owed, reconcile};
pub use rings::Rings;
