//! Attachments that were not read, for the asker: how many of which kind. Never their names, which name patients.

use serde::{Deserialize, Serialize};

use crate::mail::attachment::Remark;

/// Some files of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadKind {
    /// How many.
    pub count: usize,
    /// `a picture or scan without text`.
    pub words: String,
}

impl UnreadKind {
    /// The kinds of these files, the most frequent first.
    pub(super) fn all(remarks: &[&Remark]) -> Vec<Self> {
        let mut kinds: Vec<Self> = Vec::new();
        for remark in remarks {
            let words = remark.for_asker();
            match kinds.iter_mut().find(|kind| kind.words == words) {
                Some(kind) => kind.count += 1,
                None => kinds.push(Self { count: 1, words: words.to_owned() }),
            }
        }
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        kinds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_and_the_most_frequent_comes_first() {
        let kinds = UnreadKind::all(&[&Remark::Encrypted, &Remark::NoText, &Remark::NoText]);
        let counts: Vec<_> = kinds.iter().map(|kind| (kind.count, kind.words.as_str())).collect();
        assert_eq!(
            counts,
            [(2, "a picture or scan without text"), (1, "a file that is encrypted or needs a password")]
        );
    }
}
