//! What the code sets say, by date of service.
//!
//! | file | holds |
//! |---|---|
//! | [`interval`] | days from … to, both inclusive |
//! | [`dataset`] | the published tables by name: which lists codes, how often it comes, under whose terms |
//! | [`locality`] | where a fee is paid |
//! | [`setting`] | whose claims an edit binds |
//! | [`terms`] | the terms that an operator accepts before licensed files are taken in |
//! | [`calendar`] | from when a release answers, until when, and when the next one is due |
//! | [`edition`] | one release of one table |
//! | [`entry`] | what an edition says of one code, with the source and licence of each text |
//! | [`children`] | the billable codes below a header |
//! | [`sheet`] | what an edition of a table says under one key, as bytes |
//! | [`fact`] | what those bytes say, one type a table |
//! | [`shelf`] | editions and entries at hand, and the answer to "what was this code on that day?" |
//! | [`answer`] | … and to what the tables about codes say of it |
//! | [`starter`](mod@starter) | the built-in catalogue: public titles, and CPT numbers in plain words of our own |
//! | [`release`] | a published file → which code sets, which layout, which days |
//! | [`import`] | its rows → entries and sheets, with a report of the lines refused |
//! | `gather` | … one gatherer a layout |
//! | [`change`] | what differs between two editions of a table |
//! | [`check`] | what must hold in a table, whoever published it |
//! | [`recognise`] | the layout by the first bytes |
//! | [`recognise_coverage`] | … of the coverage lists |
//! | [`recognise_list`] | … of the lists around the code sets |
//! | [`layout`] | the published files, one reader a layout |
//! | [`decimal`] | exact amounts, values and weights |
//! | [`gzip`] | a file that was packed with gzip, wherever a plain one is read |
//! | [`procedure_code`] | a CPT or HCPCS code in five bytes |
//! | [`notes`] | the notes of the ICD-10-CM tabular list: which bind a code, and which codes exclude each other |
//! | [`release_zip`] | the member of a published ZIP that holds the code set |

pub mod answer;
pub mod calendar;
pub mod change;
pub mod check;
pub mod children;
pub mod dataset;
pub mod decimal;
pub mod edition;
pub mod entry;
pub mod fact;
mod gather;
pub mod gzip;
pub mod import;
pub mod interval;
pub mod layout;
pub mod locality;
pub mod notes;
pub mod procedure_code;
pub mod recognise;
pub mod recognise_coverage;
pub mod recognise_list;
pub mod release;
pub mod release_zip;
pub mod setting;
pub mod sheet;
pub mod shelf;
pub mod starter;
pub mod terms;

pub use children::{Child, Children};
pub use dataset::Dataset;
pub use edition::Edition;
pub use entry::{Descriptor, Entry, TextSource};
pub use interval::Interval;
pub use setting::Setting;
pub use sheet::Sheet;
pub use shelf::{Shelf, Standing};
pub use starter::starter;
pub use terms::Terms;
