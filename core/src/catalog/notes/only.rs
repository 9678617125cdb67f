//! Words that narrow a reference: "E08-E13 with .42", "V01-V09 with 5th character 1".

use super::reference::Falls;

/// What narrows a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    /// `.42`, `.51-.52`: after the category the code goes on with one of these, from … to.
    After(Vec<(String, String)>),
    /// `5th character 1`, `fifth or sixth character 1-4`: such a character stands at the last of these places (counted
    /// from 1) that the code fills with more than an X.
    At {
        /// The places.
        places: Vec<usize>,
        /// The characters, from … to.
        characters: Vec<(char, char)>,
    },
    /// `fifth to sixth characters 51`: these characters stand from that place on.
    From {
        /// The place, from 1.
        place: usize,
        /// The characters.
        characters: String,
    },
    /// `final characters -93`: the code ends so.
    Ending(Vec<String>),
    /// Words that a program cannot decide.
    Words,
}

impl Only {
    /// Reads what stands after "with".
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::known(text).unwrap_or(Self::Words)
    }

    fn known(text: &str) -> Option<Self> {
        let text = text.replace("-character", " character");
        let mut words = text.split([' ', ',']).filter(|word| !word.is_empty() && !matches!(*word, "or" | "and"));
        let first = words.next()?;
        if first.starts_with('.') {
            return [first].into_iter().chain(words).map(suffixes).collect::<Option<Vec<_>>>().map(Self::After);
        }
        if first == "final" {
            words.next().filter(|word| word.starts_with("character"))?;
            let values: Vec<&str> = words.collect();
            if values.iter().all(|value| value.starts_with('.')) {
                return values.into_iter().map(suffixes).collect::<Option<Vec<_>>>().map(Self::After);
            }
            let endings = values.into_iter().map(|value| characters(value.trim_start_matches('-')));
            return endings.collect::<Option<Vec<_>>>().map(Self::Ending);
        }
        let mut places = vec![place(first)?];
        let mut run = false;
        let mut word = words.next()?;
        while !word.starts_with("character") {
            if word == "to" {
                run = true;
            } else {
                places.push(place(word)?);
            }
            word = words.next()?;
        }
        let values: Vec<&str> = words.map(|word| word.trim_start_matches('.')).collect();
        match (run, places.as_slice(), values.as_slice()) {
            (_, _, []) => None,
            (true, [place, _], [value]) => Some(Self::From { place: *place, characters: characters(value)? }),
            (true, ..) => None,
            (false, ..) => {
                let characters = values.into_iter().map(characters_between).collect::<Option<Vec<_>>>()?;
                Some(Self::At { places, characters })
            }
        }
    }

    /// Whether a code, without its dot, fits.
    #[must_use]
    pub fn fits(&self, bare: &str) -> Falls {
        let at = |place: usize| bare.chars().nth(place.saturating_sub(1));
        let fits = match self {
            Self::After(suffixes) => suffixes.iter().any(|(from, to)| {
                let rest = bare.get(3..3 + from.len()).unwrap_or_default();
                !rest.is_empty() && (from.as_str()..=to.as_str()).contains(&rest)
            }),
            Self::At { places, characters } => {
                let mut filled = places.iter().rev().filter_map(|place| at(*place));
                let told = if places.len() == 1 { filled.next() } else { filled.find(|found| *found != 'X') };
                told.is_some_and(|found| characters.iter().any(|(from, to)| (*from..=*to).contains(&found)))
            }
            Self::From { place, characters } => {
                bare.get(place.saturating_sub(1)..).is_some_and(|rest| rest.starts_with(characters.as_str()))
            }
            Self::Ending(endings) => endings.iter().any(|ending| bare.ends_with(ending.as_str())),
            Self::Words => return Falls::Perhaps,
        };
        if fits { Falls::Under } else { Falls::Outside }
    }
}

/// `.42`, `.62-`, `.51-.52`. One full stop too many at the end is a comma mistyped.
fn suffixes(word: &str) -> Option<(String, String)> {
    let word = word.strip_prefix('.')?.trim_end_matches('.');
    let word = word.strip_suffix('-').unwrap_or(word);
    let (from, to) = word.split_once('-').unwrap_or((word, word));
    let pair = (characters(from)?, characters(to.trim_start_matches('.'))?);
    (pair.0.len() == pair.1.len() && pair.0 <= pair.1).then_some(pair)
}

fn characters(word: &str) -> Option<String> {
    let fitting = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    ((1..=4).contains(&word.len()) && word.chars().all(fitting)).then(|| word.to_owned())
}

/// `1`, `1-4`.
fn characters_between(word: &str) -> Option<(char, char)> {
    let (from, to) = word.split_once('-').unwrap_or((word, word));
    let one = |text: &str| characters(text).filter(|text| text.len() == 1).and_then(|text| text.chars().next());
    Some((one(from)?, one(to)?))
}

fn place(word: &str) -> Option<usize> {
    match word {
        "4th" | "fourth" => Some(4),
        "5th" | "fifth" => Some(5),
        "6th" | "sixth" | "six" => Some(6),
        "7th" | "seventh" => Some(7),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowing_words_are_decided_by_the_characters() {
        for (text, under, outside) in [
            (".42", &["E1142"][..], &["E114", "E1140", "E11"][..]),
            (".62-", &["E11620"], &["E1161"]),
            (".51-.52", &["E1151", "E1152"], &["E1153", "E1159"]),
            (".151, .251, .951", &["F10151", "F19951"], &["F10150"]),
            (".15. .25, .95", &["F1115", "F11951"], &["F1114"]),
            ("5th character 1", &["V0111", "V0111XA"], &["V0110XA", "V011"]),
            ("fifth-character 1", &["A3701"], &["A3700"]),
            ("5th character .6", &["F1026"], &["F1027"]),
            ("7th character B or C", &["S42001B", "S42001C"], &["S42001A", "S42001"]),
            // Of T39.015A the sixth character tells the intent, of T36.91XA the fifth.
            ("fifth or sixth character 1-4", &["T39011A", "T3691XA"], &["T39015A", "T3695XA", "T369"]),
            ("fifth or six character 5", &["T39015A"], &["T39011A"]),
            ("fifth or sixth character 1-4 or 6", &["T39016A"], &["T39015A"]),
            ("fifth to sixth characters 51", &["F11151"], &["F11150", "F1115"]),
            ("final characters -93", &["I69093"], &["I69092", "I69933X"]),
            ("final characters .00 or .01", &["E1100", "E1101"], &["E1110"]),
            ("final character 6", &["T39016"], &["T39015"]),
        ] {
            let only = Only::read(text);
            for bare in under {
                assert_eq!(only.fits(bare), Falls::Under, "{bare} fits {text}: {only:?}");
            }
            for bare in outside {
                assert_eq!(only.fits(bare), Falls::Outside, "{bare} does not fit {text}: {only:?}");
            }
        }
    }

    #[test]
    fn other_words_stay_open() {
        for text in [
            "ketoacidosis",
            "open fracture 7th character",
            "fifth or sixth character to indicate intent",
            "5th character",
            ".",
            "final characters é",
            "",
        ] {
            assert_eq!(Only::read(text), Only::Words, "{text}");
            assert_eq!(Only::read(text).fits("S52001B"), Falls::Perhaps);
        }
    }
}
