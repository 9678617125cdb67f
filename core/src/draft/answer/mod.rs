//! Facts → the answer: what can be said with which certainty, why, which codes were considered and rejected, and what
//! answers a refusal. By rule alone: each sentence follows from facts of the catalogue or from words of the mail, and
//! names its source. Where no rule answers, the place for the reviewer stays. Called by `reply`.
//!
//! | file | holds |
//! |---|---|
//! | [`certainty`] | supported, supported under an assumption, not answerable yet |
//! | [`part`] | what the rule of one kind of question says |
//! | [`whole`] | the parts put together: at most three sentences, the rest under "Why" |
//! | `together` | K2, and what a modifier would need (K3): two codes of one day |
//! | `modifier` | K3: sides, components, a second operation |
//! | `refusal` | K4: reason codes, and which fact of ours explains them |
//! | `units` | K5: units against limits, and what an amount makes |
//! | `necessity` | K6: diagnoses and coverage lists |
//! | `package` | K7: global days against dates |
//! | `standing` | K8: ended, replaced, in force |
//! | `level` | K9: new or established; the level itself hangs on the note |
//! | `surgeons` | K10: assistant, second surgeon, team |
//! | `afar` | K11: place of service and modifier of telehealth |
//! | `prevention` | K15: a screening in which something was found |
//! | `others` | the kinds that the tables answer in part: K1, K12 to K14 |

mod afar;
pub mod certainty;
mod level;
mod modifier;
mod necessity;
mod others;
mod package;
pub mod part;
mod prevention;
mod refusal;
pub(super) mod standing;
mod surgeons;
mod together;
mod units;
pub mod whole;

#[cfg(test)]
mod tests;

pub use certainty::Certainty;
pub use whole::Answer;
