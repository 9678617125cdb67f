//! What a mail says around its codes: typed values, each with the words that state it.
//!
//! [`Reading`](super::Reading) keeps them; drafts, gaps and the case page read them. Nothing here decides what a code is.
//!
//! | file | knows |
//! |---|---|
//! | [`said`] | all of it together, as it is stored and printed |
//! | [`stated`] | a value with its words |
//! | [`denial`], `denial_forms`, [`reason`] | reason and remark codes of denials; what the most seen mean and what answers them, in our own words |
//! | [`payer`], `payer_names`, [`contractor`], [`state`] | who pays, Medicare's contractors, US states |
//! | [`place`], `place_names` | places of service, and whose claim it is |
//! | [`side`], `side_words` | right, left, both, and the modifiers of fingers, toes, eyelids and coronary arteries |
//! | [`sameness`] | same session, separate incision |
//! | [`role`], [`patient`] | assistants and co-surgeons; new and established patients |
//! | [`measure`] | minutes, and quantities given or thrown away |
//! | [`item`], `asks` | the questions of a mail that asks several; sentences that ask |
//! | `phrase` | words of a text, and phrases met among them |

pub(crate) mod asks;
pub mod contractor;
pub mod denial;
mod denial_forms;
pub mod item;
pub mod measure;
pub mod patient;
pub mod payer;
mod payer_names;
mod phrase;
pub mod place;
mod place_names;
pub mod reason;
pub mod role;
#[expect(clippy::module_inception, reason = "the folder and the noun in it have one name")]
pub mod said;
pub mod sameness;
pub mod side;
mod side_words;
pub mod state;
pub mod stated;

pub use said::Said;
pub use stated::Stated;
