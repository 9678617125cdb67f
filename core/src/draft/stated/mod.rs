//! What the mails state besides codes and dates: who pays, where it was done, which side, how long, how much, what was
//! refused. It reads words and decides nothing: a fact that no word tells is missing, and the draft asks for it.
//!
//! | file | holds |
//! |---|---|
//! | `words` | the mails' words, to ask whether something is spoken of |
//! | [`circumstances`] | all that is stated, as one value that is stored with the facts |
//! | [`payer`] | who pays |
//! | [`denial`] | reason and remark codes of refusals, and what they mean in our words |
//! | [`quantity`] | amounts of a drug, minutes |

pub mod circumstances;
pub mod denial;
pub mod payer;
pub mod quantity;
mod words;

pub use circumstances::{Circumstances, Relation};
pub use denial::{Denial, Reason};
pub use payer::Payer;
pub use quantity::{Measure, Quantity};
pub(super) use words::Words;
