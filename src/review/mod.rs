//! What a reviewer may do to a case. The pages, the JSON API and the command line all come through here, so that
//! none of them can send what another would refuse.
//!
//! | module | what it does |
//! |---|---|
//! | [`desk`] | what every action is given: the database, the clock, and whose mail it is |

pub mod desk;

pub use desk::Desk;
