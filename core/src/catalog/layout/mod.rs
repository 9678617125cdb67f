//! The published files, one reader a layout: bytes → typed rows, and a report of the lines refused.
//!
//! A reader streams, knows nothing of editions or stores, and never stops at a line that it cannot read: it hands
//! out a [`Rejected`](rejected::Rejected) with its number and goes on. Called by [`super::import`].
//!
//! | file | holds |
//! |---|---|
//! | `lines` | a file of fixed columns, line by line |
//! | [`table`] | tables whose columns are bound by name, put together from |
//! | `table_header` | … their header, |
//! | `table_row` | … their rows, |
//! | `delimited` | … comma- or tab-delimited records, and |
//! | `worksheet` | … rows of a worksheet |
//! | [`day`] | days as the tables write them |
//! | `squeeze` | white space made one space |
//! | [`rejected`] | a refused line, with its number and the reason |
//! | [`ncci_ptp`] | pairs of codes that are not paid together, |
//! | [`ptp_rationale`] | … and why not |
//! | [`ncci_mue`] | how many units of a code are paid |
//! | [`ncci_add_on`] | which codes an add-on code goes with |
//! | `icd10_code`, `icd9_code` | the shape of ICD codes |
//! | [`xml`] | an XML file, element by element |
//! | `icd10cm_entry` | an entry of the tabular list, read by |
//! | [`icd10cm_tabular`] | the ICD-10-CM tabular list with its notes |
//! | `icd10cm_term` | a term of the alphabetic index, read by |
//! | [`icd10cm_index`] | … as XML, diseases, external causes, neoplasms and drugs, and |
//! | [`icd10cm_index_csv`] | … as a table |
//! | [`pfs_relative_value`] | the physician fee schedule: relative values, |
//! | [`pfs_indicator`] | … what its indicators mean, |
//! | [`pfs_gpci`] | … cost indices of localities, and |
//! | [`pfs_amount`] | … amounts by locality |
//! | [`drg_weights`] | MS-DRGs with their weights |
//! | [`drg_severity`] | complications and comorbidities, and |
//! | [`drg_exclusion`] | … when they do not count |
//! | [`gem`] | equivalents between ICD-9-CM and ICD-10-CM |
//! | [`lab_ncd`] | laboratory tests and the diagnoses that support them |
//! | [`anesthesia`] | conversion factors and base units of anesthesia |
//! | [`mcd_document`] | local coverage: articles and determinations, and |
//! | [`mcd_code`] | … the code groups of articles, and |
//! | [`mcd_contractor`] | … where articles hold |
//! | [`place_of_service`] | places of service |
//! | [`icd10_order`] | the ICD-10-CM and ICD-10-PCS order files |
//! | [`icd10_range`] | ranges of diagnosis codes, as lists write them |
//! | [`icd10_addenda`] | what a release of ICD-10 changed |
//! | [`icd10cm_conversion`] | new diagnoses, and what was reported before them |
//! | [`poa_exempt`] | diagnoses exempt from the present-on-admission indicator |
//! | [`cpt_text`] | the operator's CPT files: one text a code, and the modifiers |
//! | [`cpt_descriptors`] | … descriptors for patients and clinicians |
//! | [`cpt_history`] | … deleted and changed codes |
//! | [`plain_csv`] | a list of codes that the operator made |
//! | [`unii_brands`] | brand names of drugs and their substances |
//! | [`hcpcs`] | HCPCS Level II records, put together from |
//! | [`hcpcs_text`] | … the text file, and |
//! | [`hcpcs_xlsx`] | … the spreadsheet, and |
//! | [`hcpcs_csv`] | … the spreadsheet's columns as text |

pub mod anesthesia;
pub mod cpt_descriptors;
pub mod cpt_history;
pub mod cpt_text;
pub mod day;
mod delimited;
pub mod drg_exclusion;
pub mod drg_severity;
pub mod drg_weights;
pub mod gem;
pub mod hcpcs;
pub mod hcpcs_csv;
pub mod hcpcs_text;
pub mod hcpcs_xlsx;
pub mod icd10_addenda;
pub(super) mod icd10_code;
pub mod icd10_order;
pub mod icd10_range;
pub mod icd10cm_conversion;
mod icd10cm_entry;
pub mod icd10cm_index;
pub mod icd10cm_index_csv;
pub mod icd10cm_tabular;
mod icd10cm_term;
pub(super) mod icd9_code;
pub mod lab_ncd;
pub(super) mod lines;
pub mod mcd_code;
pub mod mcd_contractor;
pub mod mcd_document;
pub mod ncci_add_on;
pub mod ncci_mue;
pub mod ncci_ptp;
pub mod pfs_amount;
pub mod pfs_gpci;
pub mod pfs_indicator;
pub mod pfs_relative_value;
pub mod place_of_service;
pub mod plain_csv;
pub mod poa_exempt;
pub mod ptp_rationale;
pub mod rejected;
mod squeeze;
pub mod table;
mod table_header;
mod table_row;
pub mod unii_brands;
pub(super) mod worksheet;
pub mod xml;
