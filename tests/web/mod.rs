//! The pages, in a browser and without. Signing in, the queue, its live updates, claims and approval run on both
//! databases, the rest on SQLite.
//!
//! | module | what it shows |
//! |---|---|
//! | `house` | a served site with its own database, and visitors to it |
//! | `work` | what the workers do between intake and review, done at once |
//! | `sign_in` | who gets in, who does not, and how long it lasts |
//! | `forgery` | requests that another site made the browser send |
//! | `queue` | the list of cases, and what it never shows |
//! | `live` | what an open queue is told, and when that ends |
//! | `claims` | two reviewers and one case |
//! | `approval` | what is approved is what was seen, and nothing the guard blocks |
//! | `steps` | hold, release, return, close, doubt |
//! | `snippets` | texts of the house, inserted with and without script |
//! | `hostile` | mails that want to be more than text |
//! | `accounts` | what administrators do |
//! | `precedents` | what was answered before, and nobody in it |
//! | `candidates` | codes for what is described, to accept |
//! | `codes` | one code on a date of service, and codes from words |
//! | `api` | the same as JSON |
//! | `wording` | drafts that a model phrases: obedient, failing, and as the page shows them |
//! | `in_browser` | a real Chromium, with script and without |

mod accounts;
mod api;
mod approval;
mod candidates;
mod claims;
mod codes;
mod forgery;
mod hostile;
mod house;
mod in_browser;
mod live;
mod precedents;
mod private;
mod queue;
mod sign_in;
mod snippets;
mod steps;
mod wording;
mod work;
