//! The catalogue against the files as CMS and CDC publish them, at full size.
//!
//! | module | what it shows |
//! |---|---|
//! | `bad_input` | bad files, a full disk, a killed process |
//! | `codesets` | finds the published files, which are not in the repository |
//! | `place` | a database and a folder for files, on a fixed day |
//! | `command` | `codes import` into a database: live once, replaced, broken, killed |
//! | `edits_in_drafts` | what an edit table says reaches the draft and the guard |
//! | `hcpcs` | HCPCS Level II: every code, every continuation, both forms the same |
//! | `lists` | the lists around the code sets: what they answer, and what is refused |
//! | `lists_whole` | … as published, every row |
//! | `tables` | tables about codes: licences, parts, ZIPs of several, and what they answer |
//! | `diff` | what changed between editions, and which open cases it touches |
//! | `fee_facts` | what the fee schedule, the MS-DRG tables and the crosswalks answer |
//! | `fees` | the physician fee schedule and the MS-DRG tables |
//! | `coverage` | coverage, crosswalks and places of service |
//! | `ncci` | every pair, unit limit and add-on code of a quarter |
//! | `icd10cm` | ICD-10-CM: every row of two years, and what changed between them |
//! | `icd10_lists` | index, addenda, conversion table, exempt list and ICD-10-PCS: every row |
//! | `other_lists` | HCPCS Level II as re-made tables, and the brand names of drugs |
//! | `words` | `codes search`: by day, switched with the edition, kept beside the file |
//! | `tabular` | the ICD-10-CM tabular list: every note, and every code of the year on its stem |

mod bad_input;
mod codesets;
mod command;
mod coverage;
mod diff;
mod edits_in_drafts;
mod fee_facts;
mod fees;
mod hcpcs;
mod icd10_lists;
mod icd10cm;
mod lists;
mod lists_whole;
mod ncci;
mod other_lists;
mod place;
mod tables;
mod tabular;
mod words;
