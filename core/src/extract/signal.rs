//! What a word or a phrase says of a code beside it: ruled out, deleted, denied, billed, of another time.
//!
//! [`super::status`] asks here and decides which code is spoken of. Nothing here looks at codes.

use std::sync::LazyLock;

use crate::domain::mention::Status;

/// A phrase that tells a status: which words of the gap it is, and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    pub(super) first: usize,
    /// One past its last word.
    pub(super) end: usize,
    pub(super) says: Status,
    /// It says that money came, or did not: "not paid" is a denial, "not billed" is none.
    pub(super) pays: bool,
}

const NEGATED: [&str; 18] = [
    "instead of",
    "rather than",
    "not",
    "never",
    "no",
    "without",
    "isn't",
    "don't",
    "nor",
    "didn't",
    "doesn't",
    "shouldn't",
    "wasn't",
    "can't",
    "cannot",
    "except",
    "drop",
    "avoid",
];
const DELETED: [&str; 30] = [
    "no longer exists",
    "no longer exist",
    "no longer valid",
    "no longer active",
    "no longer in use",
    "no longer there",
    "doesn't exist",
    "does not exist",
    "been deleted",
    "deleted",
    "discontinued",
    "retired",
    "obsolete",
    "terminated",
    "gone",
    "replaces",
    "replaced",
    "expired",
    "inactivated",
    "sunset",
    "sunsetted",
    "invalid",
    "became",
    "turned into",
    "went away",
    "termed",
    "end dated",
    "renumbered",
    "superseded",
    "inactive",
];
const DENIED: [&str; 71] = [
    "not medically necessary",
    "medically unnecessary",
    "fell off",
    "fell out",
    "bounce",
    "kicked",
    "turned down",
    "will not pay",
    "won't pay",
    "would not pay",
    "wouldn't pay",
    "did not pay",
    "didn't pay",
    "does not pay",
    "doesn't pay",
    "do not pay",
    "don't pay",
    "not paid",
    "never paid",
    "not paying",
    "not get paid",
    "never got paid",
    "not been paid",
    "won't cover",
    "does not cover",
    "doesn't cover",
    "not covered",
    "not reimbursed",
    "not payable",
    "refused to pay",
    "refuses to pay",
    "refusing to pay",
    "took back",
    "taken back",
    "taking back",
    "clawed back",
    "kicked back",
    "kicked out",
    "kicks out",
    "thrown out",
    "threw out",
    "sent back",
    "zero paid",
    "paid zero",
    "paid at zero",
    "written off",
    "denied",
    "denies",
    "deny",
    "denying",
    "denial of",
    "denial for",
    "rejected",
    "rejects",
    "reject",
    "rejecting",
    "bundled",
    "bundles",
    "bundling",
    "unpaid",
    "refused",
    "refuse",
    "refuses",
    "recouped",
    "recoup",
    "disallowed",
    "bounced",
    "bounces",
    "nonpayment",
    "downcoded",
    "rejection of",
];
const BILLED: [&str; 32] = [
    "on the claim",
    "on the same claim",
    "went out",
    "got paid",
    "billed",
    "bill",
    "bills",
    "billing",
    "submitted",
    "submit",
    "charged",
    "charge",
    "reported",
    "report",
    "coded",
    "code",
    "sent",
    "filed",
    "posted",
    "rebilled",
    "resubmitted",
    "appended",
    "entered",
    "keyed",
    "claimed",
    "dropped",
    "paid",
    "pays",
    "reimbursed",
    "allowed",
    "accepted",
    "claim had",
];
/// Those of them by which money came.
const PAID: [&str; 6] = ["got paid", "paid", "pays", "reimbursed", "allowed", "accepted"];
/// Verbs that speak of a bill only when nothing is planned or asked.
const PLAIN: [&str; 7] = ["bill", "submit", "report", "code", "charge", "allowed", "accepted"];
const HISTORICAL: [&str; 19] = [
    "previously",
    "formerly",
    "historically",
    "earlier",
    "archived",
    "old",
    "prior",
    "last year",
    "years ago",
    "used to",
    "back then",
    "back in",
    "in the past",
    "once upon",
    "at one time",
    "originally",
    "before 20",
    "until 20",
    "prior year",
];

/// The phrases of a status in these words, in order; of two that begin at one word the longer.
pub(super) fn signals(words: &[&str]) -> Vec<Signal> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match signal(words, at) {
            Some(signal) => {
                at = signal.end;
                found.push(signal);
            }
            None => at += 1,
        }
    }
    found
}

/// All phrases by their first letter: most words begin none.
static BY_LETTER: LazyLock<[Vec<(&'static str, Status)>; 26]> = LazyLock::new(|| {
    let lists: [(&[&'static str], Status); 5] = [
        (&DENIED, Status::Denied),
        (&DELETED, Status::Deleted),
        (&HISTORICAL, Status::Historical),
        (&BILLED, Status::Billed),
        (&NEGATED, Status::Negated),
    ];
    let mut letters: [Vec<(&'static str, Status)>; 26] = Default::default();
    for (list, says) in lists {
        for phrase in list {
            if let Some(bucket) = letter(phrase).and_then(|at| letters.get_mut(at)) {
                bucket.push((phrase, says));
            }
        }
    }
    letters
});

fn letter(word: &str) -> Option<usize> {
    word.bytes().next().map(|byte| usize::from(byte.to_ascii_lowercase().wrapping_sub(b'a')))
}

fn signal(words: &[&str], first: usize) -> Option<Signal> {
    let rest = words.get(first..)?;
    let bucket = letter(rest.first()?).and_then(|at| BY_LETTER.get(at))?;
    let met = bucket.iter().filter_map(|(phrase, says)| Some((length(rest, phrase)?, *phrase, *says)));
    let (length, phrase, says) = met.max_by_key(|(length, ..)| *length)?;
    Some(Signal { first, end: first + length, says, pays: PAID.contains(&phrase) })
}

/// How many words a phrase has, when the words begin with it. `20` stands for a year.
fn length(words: &[&str], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for part in phrase.split(' ') {
        let word = words.get(count)?;
        let year = part == "20" && word.len() == 4 && (word.starts_with("20") || word.starts_with("19"));
        if !(word.eq_ignore_ascii_case(part) || year) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Whether a verb as it stands may be of a plan as well: "can we bill", "how do I report".
pub(super) fn is_plain(word: &str) -> bool {
    is_in(&PLAIN, word)
}

pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|one| word.eq_ignore_ascii_case(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_phrase_is_met() {
        let said = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            signals(&words).into_iter().map(|one| one.says).collect::<Vec<_>>()
        };
        assert_eq!(said("was not paid"), [Status::Denied]);
        assert_eq!(said("we did not bill"), [Status::Negated, Status::Billed]);
        assert_eq!(said("it no longer exists"), [Status::Deleted]);
        assert_eq!(said("before 2023 we used"), [Status::Historical]);
        assert_eq!(said("before noon"), []);
    }
}
