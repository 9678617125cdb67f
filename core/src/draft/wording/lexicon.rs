//! Words that decide something, words that limit what is said, and the stems by which two forms of a word are one.
//!
//! A model may say "because" for "since"; it may not say "may be billed" where no rule did. So the words that decide are
//! listed, generously, and have to stand in the statements that a sentence rests on; all other words are free.

use std::{collections::HashSet, sync::LazyLock};

/// Words that recommend, permit, forbid, promise, order, count or judge.
const DECIDE: &str = "bill report submit charge append choose select recommend advise suggest use enter add attach put go goes \
    send forward reply answer call contact email mail click open approve confirm certify verify check close cancel delete remove \
    ignore skip waive override change replace swap list cite quote \
    pay paid payable payment reimburse cover coverage allow permit accept grant deny denial reject refuse \
    valid invalid correct right wrong proper appropriate best fine okay ok yes sure certain guarantee promise safe legal \
    separate separately together both always never any all every each either neither must may might can could should shall would \
    will need require mandatory optional within over under above below beyond exceed more less fewer most least \
    support unsupported effective ended active current inactive bundle unbundle include exclude distinct different \
    same left bilateral unlimited free exempt appeal appealable enough sufficient specific unspecified medically necessary \
    primary secondary first second third before after later until \
    zero one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety hundred \
    thousand half double twice triple thrice once dozen \
    known unknown existing existed exist available published legally official urgent immediately today tomorrow yesterday now \
    supervisor reviewer operator instruction system prompt password secret guideline";

/// Words that limit: what is said with one of them must not be said without.
const LIMIT: &str = "not no never none nor neither cannot can't don't doesn't isn't aren't won't wasn't without unless only except \
    until whether if denied bundled over beyond ended excluded rejected refused unpaid unsupported unlisted lacks missing \
    alone hangs depends";

/// Words with which any sentence may begin, whatever its statements are.
const OPENERS: &str = "the a an this that these those there here it its they their you your we our as at by for from if in into of on \
    per since so to with without when where which while because although though but and or beside besides unless under also \
    however therefore thus no not only according given considering regarding whether what";

static DECIDING: LazyLock<HashSet<String>> = LazyLock::new(|| DECIDE.split_whitespace().map(stem).collect());
static LIMITING: LazyLock<HashSet<&str>> = LazyLock::new(|| LIMIT.split_whitespace().collect());
static OPENING: LazyLock<HashSet<&str>> = LazyLock::new(|| OPENERS.split_whitespace().collect());

/// The words of a text in lower case, with straight apostrophes.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|word| word.trim_matches(['\'', '’']).to_lowercase().replace('’', "'"))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a word, by its stem, decides something.
pub(super) fn decides(stem: &str) -> bool {
    DECIDING.contains(stem)
}

/// Whether a word limits what is said.
pub(super) fn limits(word: &str) -> bool {
    LIMITING.contains(word) || word.ends_with("n't")
}

/// Whether any sentence may begin with this word.
pub(super) fn opens(word: &str) -> bool {
    OPENING.contains(word)
}

/// `billing`, `billed`, `bills` → `bill`; `denies` → `deny`. Rough, and the same for both sides of a comparison.
pub(super) fn stem(word: &str) -> String {
    let base = word.strip_suffix("'s").unwrap_or(word);
    if let Some(head) = ["ies", "ied"].into_iter().find_map(|end| base.strip_suffix(end)).filter(|head| head.len() >= 2)
    {
        return format!("{head}y");
    }
    let cut = ["ing", "ed", "es", "ly", "s", "d"]
        .into_iter()
        .find_map(|end| base.strip_suffix(end).filter(|head| head.len() >= 3 && !head.ends_with('s')));
    let cut = cut.unwrap_or(base);
    let silent = cut.strip_suffix('e').filter(|head| head.len() >= 3);
    silent.unwrap_or(cut).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("billed", "bill"),
            ("billing", "bills"),
            ("denied", "deny"),
            ("denies", "deny"),
            ("includes", "included"),
            ("used", "uses"),
            ("separately", "separate"),
            ("charges", "charging"),
            ("approved", "approve"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert!(decides(&stem("billing")) && decides(&stem("approves")) && !decides(&stem("because")));
        assert!(limits("isn't") && limits("unless") && !limits("because"));
    }
}
