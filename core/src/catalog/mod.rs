//! What the code sets say, by date of service.
//!
//! | file | holds |
//! |---|---|
//! | [`interval`] | days from … to, both inclusive |
//! | [`edition`] | one release of one code set |
//! | [`entry`] | what an edition says of one code, with the source and licence of each text |
//! | [`shelf`] | editions and entries at hand, and the answer to "what was this code on that day?" |
//! | [`starter`](mod@starter) | the built-in catalogue: public titles, and CPT numbers in plain words of our own |
//! | [`release`] | a published file → which code sets, which layout, which days |
//! | [`import`] | its rows → entries, with a report of the lines refused |
//! | [`recognise`] | the layout by the first bytes, the days by the name |
//! | [`layout`] | the published files, one reader a layout |
//! | [`release_zip`] | the member of a published ZIP that holds the code set |

pub mod edition;
pub mod entry;
pub mod import;
pub mod interval;
pub mod layout;
pub mod recognise;
pub mod release;
pub mod release_zip;
pub mod shelf;
pub mod starter;

pub use edition::Edition;
pub use entry::{Descriptor, Entry, TextSource};
pub use interval::Interval;
pub use shelf::{Shelf, Standing};
pub use starter::starter;
