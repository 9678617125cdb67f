//! What a number is when it is not a code. Each file knows one kind of thing and says so with a reason.
//!
//! | file | knows |
//! |---|---|
//! | [`identifier`] | numbers of accounts, claims, orders, rooms |
//! | [`denial`] | remark codes of denials, which look like diagnoses |
//! | [`zip`] | ZIP codes, with or without a state |
//! | [`phone`] | parts of phone numbers, extensions |
//! | [`money`] | amounts |
//! | [`address`] | street numbers |
//! | [`citation`] | sections, pages, versions |
//! | [`goods`] | articles by the box or the roll |
//! | [`measure`] | counts, doses, times |
//! | [`longer`] | parts of longer numbers and names |

pub(super) mod address;
pub(super) mod citation;
pub(super) mod denial;
pub(super) mod goods;
pub(super) mod identifier;
pub(super) mod longer;
pub(super) mod measure;
pub(super) mod money;
pub(super) mod phone;
pub(super) mod suspect;
pub(super) mod zip;

pub(super) use suspect::Suspect;
