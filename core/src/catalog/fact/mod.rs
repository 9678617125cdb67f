//! What a sheet says, one type a table.
//!
//! | file | what it says of its key |
//! |---|---|
//! | [`ptp`] | a code: the codes that are not paid beside it, when and with which exception |
//! | [`mue`] | a code: how many units are paid at most |
//! | [`add_on`] | an add-on code: what it may be added to |
//! | [`tabular`] | an entry of the ICD-10-CM tabular list: its notes, and what is above it |
//! | [`conversion`] | a diagnosis: what was reported before it, and what came in its place |
//! | [`revision`] | a code: what a release of ICD-10 changed at it |
//! | [`exempt`] | a diagnosis: that it is exempt from the present-on-admission indicator |
//! | [`cpt_words`] | a CPT code: licensed descriptors, and its history |
//! | [`brand`] | a brand name: the substances in the drug |
//! | [`index_terms`] | a diagnosis: the lines of the alphabetic index that lead to it |

pub mod add_on;
pub mod brand;
pub mod conversion;
pub mod cpt_words;
pub mod exempt;
pub mod index_terms;
pub mod mue;
pub mod ptp;
pub mod revision;
pub mod tabular;
