//! Streets, boxes, towns and ZIP codes. The state stays visible: it may be told, and it decides which contractor's
//! policies apply.
//!
//! | file | knows |
//! |---|---|
//! | `search` | which form is tried first |
//! | `street` | house numbers, streets, roads |
//! | `room` | post office boxes, suites, lots |
//! | `town` | towns, and how they follow a street |
//! | `zip` | ZIP codes |

mod room;
mod search;
mod street;
mod town;
mod zip;

pub(super) use search::{cues, find};
