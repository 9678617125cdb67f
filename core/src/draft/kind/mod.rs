//! What kind of question a mail asks, from its words and from what its codes are.
//!
//! ```text
//! text + mentions ─ words ─► sentences ─ cue ─► hits ─┬─ no_question ─► K0 with its sort
//!                                                     └─ told_apart ──► K1 … K15, each with its reasons
//! ```
//!
//! Every cue is a line of `cues.txt` or `not_coding.txt`: some words, the kind that they speak for, and their points.
//! Nothing is learned by a machine, and no mail is known by name: a reviewer can add up why a kind was named. It
//! never decides what happens to a mail, reads no clock and asks no catalogue. `facts` calls it for each draft.
//!
//! | file | holds |
//! |---|---|
//! | [`name`] | the kinds and the sorts of K0, in stable names and in plain words |
//! | `role` | what a code is by its block: a visit, a drug, a supply … |
//! | `words` | a text as words in sentences, and which sentences ask |
//! | `cue` | the lists of cues, read once, and where a cue is met |
//! | `hits` | what speaks for each kind, added up |
//! | `told_apart` | which kinds are named: what one kind explains is not counted for another |
//! | `no_question` | K0, before all others |
//! | [`asked`] | the kinds of a mail, and of a case |

pub mod asked;
mod cue;
mod hits;
pub mod name;
mod no_question;
mod role;
mod told_apart;
mod words;

pub use asked::{Asked, Reason, Told, of_mail};
pub use name::{Kind, Sort};
