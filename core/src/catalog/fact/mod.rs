//! What a sheet says, one type a table.
//!
//! | file | what it says of its key |
//! |---|---|
//! | [`ptp`] | a code: the codes that are not paid beside it, when and with which exception |
//! | [`mue`] | a code: how many units are paid at most |
//! | [`add_on`] | an add-on code: what it may be added to |

pub mod add_on;
pub mod mue;
pub mod ptp;
