//! The figures that the README states, measured on real servers. Run with `scripts/bench`; names of figures may be
//! given to measure only those: `scripts/bench intake flow`.
//!
//! Nothing here passes or fails: machines differ. Each figure stands beside a baseline of the same run where there
//! is one, so that ratios can be compared across machines.
//!
//! | figure | what is measured |
//! |---|---|
//! | `intake` | 5,000 mails of 8 KB from Dovecot over TLS to committed ledger rows, beside mbsync with fsync and a bare FETCH |
//! | `big` | what one 50 MB mail adds to the poller's memory |
//! | `flow` | 1,000 case mails from the mailbox to drafts in the queue |
//! | `latency` | one mail at a time: LMTP delivery to draft |
//! | `catalogue` | two tables of NCCI edits taken in, and pairs asked for |
//! | `reading` | codes read on one core, beside one alternation of their shapes; a mail from bytes to mentions |
//! | `drafting` | facts to the text of a draft; the guard over a long reply |
//! | `search` | the search index made, and questions in words asked |
//! | `precedents` | what was answered before looked for among 100,000 replies |
//! | `start` | `serve` to ready on a database with cases |
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run should say so and end")]

mod bare_fetch;
mod big;
mod catalogue;
mod drafting;
mod flow;
mod intake;
mod latency;
mod mails;
mod precedents;
mod program;
mod reading;
mod search;
mod start;
#[path = "../../tests/support/mod.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod support;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let figures: [(&str, fn()); 10] = [
        ("start", start::measure),
        ("intake", intake::measure),
        ("big", big::measure),
        ("flow", flow::measure),
        ("latency", latency::measure),
        ("catalogue", catalogue::measure),
        ("reading", reading::measure),
        ("drafting", drafting::measure),
        ("search", search::measure),
        ("precedents", precedents::measure),
    ];
    for (name, measure) in figures {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            measure();
        }
    }
}
