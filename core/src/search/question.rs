//! What was typed → the things asked, each with its wanted words.

use super::{lexicon::Lexicon, phrase, spelling, word::words};

/// The most words of one thing asked that are looked for: a set of them is kept in a `u32`.
pub const MOST_WORDS: usize = 32;
/// The most things asked at once.
pub const MOST_PARTS: usize = 8;

/// Words of asking, not of what is asked for.
const ASKING: [&str; 62] = [
    "what", "what's", "whats", "code", "coding", "coded", "icd", "icd10", "icd9", "cm", "pcs", "cpt", "hcpcs", "need",
    "please", "pls", "thanks", "thank", "looking", "find", "bill", "billing", "billed", "dx", "pt", "patient", "how",
    "do", "does", "did", "i", "we", "my", "our", "his", "her", "he", "she", "they", "was", "were", "has", "have",
    "had", "can", "you", "me", "which", "use", "used", "should", "would", "there", "this", "it", "its", "who", "been",
    "when", "while", "came", "want",
];

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// As compared.
    pub text: String,
    /// The known words that meet it, by number, each with how far it counts: itself, or what it may be a slip of.
    pub any: Vec<(u32, f32)>,
    /// How much of a word's worth meeting it brings.
    pub factor: f32,
}

/// One thing asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As typed.
    pub text: String,
    /// Its words; the ones that nobody knows are left out.
    pub wanted: Vec<Wanted>,
    /// Those.
    pub unknown: Vec<String>,
}

/// Reads what was typed. Things are told apart by semicolons, lines, and words such as "also".
#[must_use]
pub fn read(lexicon: &Lexicon, text: &str) -> Vec<Part> {
    split(text)
        .into_iter()
        .take(MOST_PARTS)
        .map(|part| read_part(lexicon, part))
        .filter(|part| !part.text.is_empty())
        .collect()
}

fn split(text: &str) -> Vec<&str> {
    const BETWEEN: [&str; 6] = [" and also ", " as well as ", " plus ", " also ", " & also ", " + "];
    let mut parts: Vec<&str> = text.split([';', '\n']).collect();
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}

fn read_part(lexicon: &Lexicon, text: &str) -> Part {
    let text = text.trim();
    let mut part = Part { text: text.to_owned(), wanted: Vec::new(), unknown: Vec::new() };
    let said = phrase::in_the_words_of_the_code_sets(&without_asking(text));
    let mut seen: Vec<String> = Vec::new();
    for word in words(&said) {
        if seen.contains(&word.text) || part.wanted.len() == MOST_WORDS {
            continue;
        }
        seen.push(word.text.clone());
        let mut any: Vec<(u32, f32)> = lexicon.number(&word.text).map(|number| (number, 1.0)).into_iter().collect();
        if any.is_empty() {
            any = spelling::meant(lexicon, &word.text);
        }
        if any.is_empty() {
            part.unknown.push(word.span.of(&said).to_owned());
        } else {
            part.wanted.push(Wanted { text: word.text, any, factor: 1.0 });
        }
    }
    part
}

fn without_asking(text: &str) -> String {
    let kept = text.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        !ASKING.contains(&bare.as_str())
    });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::lexicon::Counting;

    fn lexicon(text: &str) -> Lexicon {
        let mut counting = Counting::default();
        for (family, word) in (0..).zip(words(text)) {
            counting.count(family, &word.text);
        }
        counting.finish().0
    }

    #[test]
    fn several_things_are_read_apart() {
        let lexicon = lexicon("asthma fracture wrist");
        let parts = read(&lexicon, "what is the code for asthma; wrist fracture\n and also asthmma");
        let texts: Vec<Vec<&str>> =
            parts.iter().map(|part| part.wanted.iter().map(|wanted| wanted.text.as_str()).collect()).collect();
        assert_eq!(texts.len(), 3);
        assert_eq!(texts.first().map(Vec::as_slice), Some(&["asthma"][..]));
        assert_eq!(parts.last().map(|part| part.wanted.iter().flat_map(|w| &w.any).count()), Some(1), "a slip is met");
    }

    #[test]
    fn nothing_readable_is_no_question() {
        assert!(read(&lexicon("asthma"), " ;;; \n").is_empty());
        let parts = read(&lexicon("asthma"), "qqqqqqqqqqqq");
        assert!(parts.iter().all(|part| part.wanted.is_empty() && part.unknown.len() == 1));
    }
}
