//! A word that nobody knows → the known words that it may be a slip of.

use super::lexicon::{self, Lexicon};

/// The most that are tried.
const TRIED: usize = 3;

/// The known words that `word` may be, by their numbers, each with how far it is believed (0 to 1). Short words and
/// numbers are taken as they are.
#[must_use]
pub fn meant(lexicon: &Lexicon, word: &str) -> Vec<(u32, f32)> {
    let bare = word.strip_prefix('!').unwrap_or(word);
    let length = bare.chars().count();
    if length < 4 || bare.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
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
