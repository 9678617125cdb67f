//! What a reviewer may do to a case. The pages, the JSON API and the command line all come through here, so that
//! none of them can send what another would refuse.
//!
//! | module | what it does |
//! |---|---|
//! | [`desk`] | what every action is given: the database, the clock, and whose mail it is |
//! | [`error`] | why an action was refused, in words a reviewer acts on |
//! | [`claim`](mod@claim) | taking a case, keeping it while typing |
//! | [`check`] | what the guard finds in a text that is about to leave |
//! | [`accept`](mod@accept) | taking a code from the candidates, or putting it back |
//! | [`approve`](mod@approve) | the reviewer's text becomes the bytes that are sent |
//! | [`reveal`](mod@reveal) | showing what is masked in a mail, with a line in its history |
//! | [`steps`] | return, hold, close, release, redraft, and the rest of a case's way |
//! | [`wording`] | whose words a draft is in: the rules' or a model's |
//! | [`doubt`] | what a person decides when a mail server left it open whether a reply arrived |

pub mod accept;
pub mod approve;
pub mod check;
pub mod claim;
pub mod desk;
pub mod doubt;
pub mod error;
pub mod reveal;
pub mod steps;
pub mod wording;

pub use accept::{accept, put_back};
pub use approve::{approve, subject};
pub use check::findings;
pub use claim::{claim, keep};
pub use desk::Desk;
pub use error::ReviewError;
