//! A word that nobody knows → the known words that it may be.
//!
//! It may be a known word with another ending ("gastroparetic"), two known words that were written as one ("earwax"),
//! or a slip of the keys; tried in this order, since the first two are seldom wrong.

use super::{
    lexicon::{self, Lexicon},
    word::stem,
};

/// The most that are tried.
const TRIED: usize = 3;

/// Endings that make other words of one root.
const ENDINGS: [&str; 34] = [
    "", "a", "al", "ally", "ar", "ary", "at", "ative", "ation", "er", "es", "ia", "iac", "ial", "ic", "ical", "is",
    "ism", "ist", "itis", "ity", "iv", "ly", "ment", "ness", "or", "ory", "osis", "otic", "ous", "tic", "us", "y",
    "um",
];
/// The shortest root that words are told to share.
const SHORTEST_ROOT: usize = 5;
/// How far a word of the same root is believed.
const SAME_ROOT: f32 = 0.8;

/// The known words that `word` may be, by their numbers, each with how far it is believed (0 to 1). Short words and
/// numbers are taken as they are.
#[must_use]
pub fn meant(lexicon: &Lexicon, word: &str) -> Vec<(u32, f32)> {
    let bare = word.strip_prefix('!').unwrap_or(word);
    if bare.len() < 4 || bare.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let same_root = of_the_same_root(lexicon, word);
    if same_root.is_empty() { slips(lexicon, word) } else { same_root }
}

/// The commonest words that differ in nothing but their ending.
fn of_the_same_root(lexicon: &Lexicon, word: &str) -> Vec<(u32, f32)> {
    let mut found: Vec<(std::cmp::Reverse<usize>, u32, u32)> = Vec::new();
    for root in ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)) {
        if root.trim_start_matches('!').len() < SHORTEST_ROOT {
            continue;
        }
        for (number, known) in lexicon.starting_with(root) {
            if known.strip_prefix(root).is_some_and(|ending| ENDINGS.contains(&ending)) {
                found.push((std::cmp::Reverse(root.len()), lexicon.rarity(number), number));
            }
        }
    }
    found.sort_unstable();
    let Some(longest) = found.first().map(|(root, ..)| *root) else { return Vec::new() };
    let of_longest = found.into_iter().take_while(|(root, ..)| *root == longest);
    of_longest.take(TRIED).map(|(_, _, number)| (number, SAME_ROOT)).collect()
}

/// The two known words that a word was put together from: the pair of which the rarer part is longest.
#[must_use]
pub fn halves(lexicon: &Lexicon, word: &str) -> Option<[u32; 2]> {
    const SHORTEST_HALF: usize = 3;
    if word.len() < 2 * SHORTEST_HALF + 1 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let cuts = SHORTEST_HALF..=word.len() - SHORTEST_HALF;
    let pairs = cuts.filter_map(|cut| {
        let (first, second) = word.split_at_checked(cut)?;
        let pair = [lexicon.number(&stem(first))?, lexicon.number(&stem(second))?];
        Some((first.len().min(second.len()), pair))
    });
    pairs.max_by_key(|(shorter, _)| *shorter).map(|(_, pair)| pair)
}

fn slips(lexicon: &Lexicon, word: &str) -> Vec<(u32, f32)> {
    let bare = word.strip_prefix('!').unwrap_or(word);
    let length = bare.chars().count();
    let most = if length < 6 { 1 } else { 2 };
    let bits = lexicon::letters(bare);
    let differ = u32::try_from(2 * most).unwrap_or(0);
    let letters: Vec<char> = bare.chars().collect();
    let mut near: Vec<(usize, u32)> = Vec::new();
    for (number, known) in lexicon.words() {
        if (lexicon.letters(number) ^ bits).count_ones() > differ || known.starts_with('!') != word.starts_with('!') {
            continue;
        }
        let known = known.strip_prefix('!').unwrap_or(known);
        if known.len().abs_diff(length) > most || known.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let Some(far) = distance(&letters, known, most) {
            // A slip is seldom in the first letter.
            let far = 2 * far + usize::from(!known.starts_with(letters.first().copied().unwrap_or(' ')));
            near.push((far, number));
        }
    }
    near.sort_by_key(|&(far, number)| (far, lexicon.rarity(number)));
    let Some(&(least, _)) = near.first() else { return Vec::new() };
    let believed = |far: usize| if far <= 2 { 0.9 } else { 0.75 };
    near.into_iter()
        .take_while(|(far, _)| *far == least)
        .take(TRIED)
        .map(|(far, number)| (number, believed(far)))
        .collect()
}

/// How many letters are changed, left out, put in or swapped with their neighbours, up to `most`.
fn distance(one: &[char], other: &str, most: usize) -> Option<usize> {
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, j) + usize::from(a != b)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|far| *far <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(one: &str, other: &str) -> Option<usize> {
        distance(&one.chars().collect::<Vec<_>>(), other, 2)
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(far("same", "same"), Some(0));
        assert_eq!(far("pnuemonia", "pneumonia"), Some(1));
        assert_eq!(far("diabetis", "diabetes"), Some(1));
        assert_eq!(far("hernea", "hernia"), Some(1));
        assert_eq!(far("asma", "asthma"), Some(2));
        assert_eq!(far("knee", "wrist"), None);
        assert_eq!(far("", "ab"), Some(2));
    }
}
