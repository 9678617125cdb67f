//! What mails describe in words where a code is wanted: the words for a search of the catalogue, masked, and the code
//! systems in which it makes sense to look. The case page shows what is found as candidates; nothing of it enters a draft
//! before a reviewer accepts it.

use serde::{Deserialize, Serialize};

use super::{brief::Mail, kind::Kind};
use crate::{
    domain::{code::CodeSystem, mention::Place, span::Span},
    extract::{
        Reading,
        said::asks::{asks, ends_sentence, is_courtesy, is_salutation},
    },
    identifier::Bare,
};

/// Of several questions more than these are not searched.
const MOST: usize = 4;
/// Of a mail more than these bytes are not searched.
const SEARCHED: usize = 4 * 1024;
/// Words of one search, the ones nearest to the question.
const MOST_WORDS: usize = 30;

/// Something described.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The asker's words for it, without identifiers, codes and words of asking.
    pub words: String,
    /// Where to look, the likeliest first.
    pub systems: Vec<CodeSystem>,
}

impl Described {
    /// What these mails describe; nothing when they ask for no code. `names` are those of the mails' headers.
    #[must_use]
    pub fn all(mails: &[Mail<'_>], kinds: &[Kind], names: &[&str]) -> Vec<Self> {
        if kinds == [Kind::K0] || !wants_codes(mails, kinds) {
            return Vec::new();
        }
        let mut all: Vec<Self> = Vec::new();
        for mail in mails {
            for text in told(mail.reading, names) {
                let systems = systems(&text, kinds, mails);
                let words = searchable(&text);
                if !words.is_empty() && !systems.is_empty() && all.iter().all(|known| known.words != words) {
                    all.push(Self { words, systems });
                }
            }
        }
        all.truncate(MOST);
        all
    }
}

/// Whether a code is asked for: by the kind of question, or because the mails name none.
fn wants_codes(mails: &[Mail<'_>], kinds: &[Kind]) -> bool {
    kinds.contains(&Kind::K1) || !names(mails, |system| !matches!(system, CodeSystem::Modifier | CodeSystem::Revenue))
}

fn names(mails: &[Mail<'_>], which: impl Fn(CodeSystem) -> bool) -> bool {
    let mentions = mails.iter().flat_map(|mail| &mail.reading.mentions);
    mentions.filter(|mention| mention.place != Place::Signature).any(|mention| which(mention.system))
}

/// Where to look: by the kinds of question, and by what the text calls the thing that it asks for.
fn systems(text: &str, kinds: &[Kind], mails: &[Mail<'_>]) -> Vec<CodeSystem> {
    use CodeSystem::{Cpt, Hcpcs, Icd10Cm, Icd10Pcs};
    const DIAGNOSIS: [&str; 7] = ["diagnosis", "diagnoses", " dx", "icd-10", "icd10", "icd 10", "z code"];
    const SUPPLY: [&str; 12] = [
        "hcpcs",
        "supply",
        "supplies",
        "drug",
        "vial",
        "injectable",
        "j code",
        "j-code",
        "l code",
        "brace",
        "equipment",
        "dme",
    ];
    const INPATIENT: [&str; 3] = ["icd-10-pcs", "pcs", "inpatient"];
    let lower = format!(" {}", text.to_lowercase());
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let asks = |kind: Kind| kinds.contains(&kind);
    let mut systems = Vec::new();
    let mut add = |wanted: bool, system: CodeSystem| {
        if wanted && !systems.contains(&system) {
            systems.push(system);
        }
    };
    add(says(&DIAGNOSIS) || asks(Kind::K6), Icd10Cm);
    add(says(&SUPPLY) || asks(Kind::K13), Hcpcs);
    add(asks(Kind::K1), Cpt);
    add(asks(Kind::K1), Hcpcs);
    add(says(&INPATIENT) || asks(Kind::K14), Icd10Pcs);
    add(asks(Kind::K14) || asks(Kind::K15), Icd10Cm);
    add(asks(Kind::K15), Hcpcs);
    // A mail that names nothing at all may mean anything.
    let named = names(mails, |_| true);
    for system in [Cpt, Hcpcs, Icd10Cm] {
        add(!named && !asks(Kind::K6) && !asks(Kind::K13) && !asks(Kind::K14), system);
    }
    systems
}

/// Each of several questions; else all that the sender wrote now, or passes on.
fn told(reading: &Reading, names: &[&str]) -> Vec<String> {
    let bare = Bare::of(reading, names);
    let left = |within: Span| bare.stretch(within, SEARCHED, ", ");
    let items: Vec<Span> = reading.said.items.iter().filter(|item| item.value.asks).map(|item| item.span).collect();
    if items.len() > 1 {
        return items.into_iter().map(left).collect();
    }
    let of = |place: Place| {
        let parts = reading.parts.iter().filter(|part| part.place == place);
        parts.map(|part| left(part.span)).collect::<Vec<_>>().join("\n")
    };
    let own = [Place::New, Place::Forwarded].into_iter().map(of).find(|text| !text.trim().is_empty());
    // A subject that only says "question" brings no word that a code has.
    vec![[of(Place::Subject), own.unwrap_or_default()].join("\n")]
}

/// The words on one line, so that the search reads them as one thing: sentences that describe before those that ask, since
/// the question itself seldom says more than "which code".
fn searchable(text: &str) -> String {
    let sentences = sentences(text);
    let (asking, telling): (Vec<&String>, Vec<&String>) = sentences.iter().partition(|sentence| asks(sentence));
    let mut words: Vec<String> = Vec::new();
    // Of long stories the end is nearest to the question.
    for sentence in asking.iter().chain(telling.iter().rev()) {
        // What a mark parted ("knee;hip") is two words now, and counts as two.
        let told: Vec<String> = sentence.split_whitespace().filter(|word| !is_of_asking(word)).map(plain).collect();
        let told = told.iter().flat_map(|words| words.split_whitespace());
        let told: Vec<String> =
            told.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect();
        if told.is_empty() || words.len() + told.len() > MOST_WORDS {
            continue;
        }
        words.extend(told);
        if let Some(last) = words.last_mut().filter(|last| !last.ends_with(',')) {
            last.push(',');
        }
    }
    words.join(" ").trim_end_matches(',').to_owned()
}

/// A word without what the search reads as the end of a thing.
fn plain(word: &str) -> String {
    let unparted = |c: char| if matches!(c, ';' | '+' | '?' | '!' | '"' | '“' | '”') { ' ' } else { c };
    word.chars().map(unparted).collect::<String>().trim().trim_end_matches('.').to_owned()
}

/// Words of asking and of offices. They are no part of what is described, and some would meet a code's title.
fn is_of_asking(word: &str) -> bool {
    const OF_ASKING: &str = " code codes coding coded cpt hcpcs icd bill billing billed billable claim claims charge charged \
        report reported reporting which what whats how should would could can do does did we i you our my us me is are \
        there this these that it its please advise help need use used using pick choose correct right one or and also \
        if so dr doctor doctors provider providers surgeon surgeons physician patient pt she he her his they them \
        medicare medicaid payer insurance plan office clinic hospital asc practice note notes op chart record says say \
        said think know want wants looked find found anyone question number section index encoder dos date modifier \
        team hello hi dear thanks thank you for with the a an as to in of on at by was were be been has have had not \
        sure between both ";
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // "right" of a side and "with" of a title are lost to single words only: a phrase keeps its others.
    const KEPT: [&str; 8] = ["right", "with", "of", "in", "not", "both", "the", "and"];
    !KEPT.contains(&bare.as_str()) && OF_ASKING.contains(&format!(" {bare} ")) || bare.is_empty()
}

fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    let mut end = |current: &mut String| {
        let sentence = std::mem::take(current);
        if sentence.chars().any(char::is_alphanumeric) && !is_courtesy(&sentence) {
            found.push(sentence);
        }
    };
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || is_salutation(line) {
            end(&mut current);
            continue;
        }
        for word in line.split_whitespace() {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
            if ends_sentence(word) {
                end(&mut current);
            }
        }
    }
    end(&mut current);
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::{catalog::starter, mail::search_text::SearchText};

    fn described(text: &str, kinds: &[Kind]) -> Vec<Described> {
        let reading = Reading::of(&SearchText::plain(text), starter(), None);
        let mail = Mail { received: date(2026, 3, 2), reading: &reading, unread_attachments: &[] };
        Described::all(&[mail], kinds, &["Dana Ruiz"])
    }

    #[test]
    fn what_was_done_is_searched_and_nobody_it_was_done_to() {
        let found = described(
            "Hello team,\nEleanor Whitlock, DOB 04/17/1958, had a fatty lump cut from the back. Which code?\nThanks, Dana Ruiz",
            &[Kind::K1],
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].words.contains("fatty lump cut from the back"), "{found:?}");
        for private in ["Eleanor", "Whitlock", "1958", "Dana", "Ruiz", "code"] {
            assert!(!found[0].words.contains(private), "{private} in {found:?}");
        }
        assert_eq!(found[0].systems, [CodeSystem::Cpt, CodeSystem::Hcpcs, CodeSystem::Icd10Cm]);
    }

    #[test]
    fn the_question_says_where_to_look() {
        let first = |text: &str, kind| described(text, &[kind]).first().map(|found| found.systems.clone());
        use CodeSystem::{Cpt, Hcpcs, Icd10Cm};
        assert_eq!(first("Which diagnosis for broken wrist?", Kind::K6), Some(vec![Icd10Cm]));
        assert_eq!(first("What is the J code for ketorolac?", Kind::K13), Some(vec![Hcpcs]));
        assert_eq!(first("20610 or what for a toe joint drained?", Kind::K1), Some(vec![Cpt, Hcpcs]));
    }

    #[test]
    fn each_of_several_questions_is_searched_by_itself() {
        let found = described("1. Which code for a knee brace?\n2. Which code for crutches?", &[Kind::K13]);
        let words: Vec<&str> = found.iter().map(|found| found.words.as_str()).collect();
        assert_eq!(words.len(), 2, "{words:?}");
        assert!(words[0].contains("knee brace") && words[1].contains("crutches"), "{words:?}");
    }

    #[test]
    fn who_names_codes_and_asks_for_none_gets_no_candidates() {
        assert_eq!(described("Can we bill 20610 with 99213?", &[Kind::K2]), []);
        assert_eq!(described("I want a refund for my account.", &[Kind::K0]), []);
        assert_eq!(described("", &[Kind::K1]), []);
    }

    #[test]
    fn what_a_mark_parts_counts_as_several_words() {
        let long = "cut;".repeat(2 * MOST_WORDS);
        assert!(described(&long, &[Kind::K1]).iter().all(|one| one.words.split_whitespace().count() <= MOST_WORDS));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn every_text_is_described_in_few_words(text in "\\PC{0,400}") {
            for found in described(&text, &[Kind::K1, Kind::K6]) {
                prop_assert!(found.words.split_whitespace().count() <= MOST_WORDS + 2);
                prop_assert!(!found.words.contains(';') && !found.words.contains('\n'));
            }
        }
    }
}
