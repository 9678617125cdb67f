//! What a sheet says, one type a table.
//!
//! | file | what it says of its key |
//! |---|---|
//! | [`ptp`] | a code: the codes that are not paid beside it, when and with which exception |
//! | [`mue`] | a code: how many units are paid at most |
//! | [`add_on`] | an add-on code: what it may be added to |
//! | [`anesthesia`] | an anesthesia code: its base units; a locality: its conversion factor |
//! | [`tabular`] | an entry of the ICD-10-CM tabular list: its notes, and what is above it |
//! | [`conversion`] | a diagnosis: what was reported before it, and what came in its place |
//! | [`revision`] | a code: what a release of ICD-10 changed at it |
//! | [`exempt`] | a diagnosis: that it is exempt from the present-on-admission indicator |
//! | [`cpt_words`] | a CPT code: licensed descriptors, and its history |
//! | [`lab_ncd`] | a code: the laboratory NCDs it is in, and what it means there |
//! | [`mcd`] | a coverage document, or the groups of articles that a code is in |
//! | [`place`] | a place of service |
//! | [`brand`] | a brand name: the substances in the drug |
//! | [`index_terms`] | a diagnosis: the lines of the alphabetic index that lead to it |
//! | [`relative_value`] | a code: what the fee schedule says of it, alone and with each modifier |
//! | [`cost_index`] | a locality: its cost indices |
//! | [`fee_amount`] | a code: its published amounts in every locality |
//! | [`drg_weight`] | an MS-DRG: its weight |
//! | [`complication`] | a diagnosis: CC or MCC, and when it does not count |
//! | [`equivalent`] | a diagnosis: what it is in the other revision of the ICD |

pub mod add_on;
pub mod anesthesia;
pub mod brand;
pub mod complication;
pub mod conversion;
pub mod cost_index;
pub mod cpt_words;
pub mod drg_weight;
pub mod equivalent;
pub mod exempt;
pub mod fee_amount;
pub mod index_terms;
pub mod lab_ncd;
pub mod mcd;
pub mod mue;
pub mod place;
pub mod ptp;
pub mod relative_value;
pub mod revision;
pub mod tabular;
