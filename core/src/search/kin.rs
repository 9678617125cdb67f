//! Words that say the same in other roots: "kidney" and "renal", "heart" and "cardiac".
//!
//! The code sets use both, often in the wordings of one code, and askers do as they please; neither replaces the other.
//! Called by [`super::question`].

use std::{collections::HashMap, sync::OnceLock};

use super::word::stem;

/// A line a set of words; lines that start with `#` are remarks.
const LIST: &str = include_str!("kin.tsv");

fn sets() -> &'static HashMap<String, Vec<String>> {
    static SETS: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut sets: HashMap<String, Vec<String>> = HashMap::new();
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<String> = line.split_whitespace().map(stem).collect();
            for word in &words {
                let kin = sets.entry(word.clone()).or_default();
                let others = words.iter().filter(|other| *other != word && !kin.contains(other));
                let others: Vec<String> = others.cloned().collect();
                kin.extend(others);
            }
        }
        sets
    })
}

/// The words, in compared form, that say what this one says. What is absent has kin that is absent.
pub fn akin(word: &str) -> impl Iterator<Item = String> {
    let (absent, bare) = word.strip_prefix('!').map_or(("", word), |bare| ("!", bare));
    sets().get(bare).into_iter().flatten().map(move |kin| format!("{absent}{kin}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_is_mutual_and_never_the_word_itself() {
        for (word, kin) in sets() {
            for other in kin {
                assert_ne!(other, word);
                assert!(akin(other).any(|back| back == *word), "{other} does not lead back to {word}");
            }
        }
        assert!(akin(&stem("kidneys")).any(|word| word == stem("renal")));
        assert!(akin("!kidney").any(|word| word == format!("!{}", stem("renal"))));
    }
}
