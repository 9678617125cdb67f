//! The apalis side of the work: who hears a bell, and what happens until the case is put down again.
//!
//! apalis 1.0 is used as an at-least-once doorbell. Its defaults lose or repeat work in a dozen ways (prefetched
//! jobs, equal worker names, its own retry, timeout and panic layers), so none of them is used: cases are leased
//! from the case table, every failure is caught and written down here, and apalis always hears `Ok`.
//!
//! | module | one sentence |
//! |---|---|
//! | [`work`] | what a step must say of itself: make something of a case, then commit it |
//! | [`payload`] | a job's bytes, decoded so that none can end a worker |
//! | [`bell`] | wakes a worker: when rung, and every so often without |
//! | [`answer`] | one bell: lease, make under a time limit, commit, or note the failure |
//! | [`failure`] | when a failed step is tried again, and when no more |
//! | [`verdict`] | the one place that turns our outcomes into what apalis is told |
//! | [`worker`] | an apalis worker for one step, on either database |
//! | [`run`](mod@run) | all workers of a process, until told to stop or until nothing is owed |

mod answer;
mod bell;
mod failure;
mod payload;
mod run;
mod verdict;
mod work;
mod worker;

pub use failure::Failure;
pub use run::{QueueError, Steps, run, until_idle};
pub use work::Work;
