//! What kind of question a mail asks, from its words and from what its codes are.
//!
//! ```text
//! text + mentions ─ words ─► sentences ─ cue ─► hits, sorts ─ sign ─► signs ─ weighed ─► K0 with its sort, or K1 … K15
//! ```
//!
//! What is looked for is written by hand: every cue is a line of `cues.txt` or `not_coding.txt`, some words with the kind
//! that they speak for. How much each sign counts is learned from the labelled mails of `tests/kinds`, and stands in
//! `weights.txt`, a line a sign: a reviewer can add up why a kind was named, and no mail is known by name. It
//! never decides what happens to a mail, reads no clock and asks no catalogue. `facts` calls it for each draft.
//!
//! | file | holds |
//! |---|---|
//! | [`name`] | the kinds and the sorts of K0, in stable names and in plain words |
//! | `role` | what a code is by its block: a visit, a drug, a supply … |
//! | `words` | a text as words in sentences, and which sentences ask |
//! | `cue` | the lists of cues, read once, and where a cue is met |
//! | `hits`, `sorts` | what speaks for each kind, and for each sort of K0 |
//! | [`sign`] | all that is seen in a text, with its amount |
//! | [`weights`] | what was learned for each sign |
//! | `weighed` | the points of a text added up: which kinds are named, and why |
//! | [`asked`] | the kinds of a mail, and of a case |

pub mod asked;
mod cue;
mod hits;
pub mod name;
mod role;
pub mod sign;
mod sorts;
mod weighed;
pub mod weights;
mod words;

pub use asked::{Asked, Reason, Told, of_mail, signs_of_mail};
pub use name::{Kind, Sort};
